"""Signing up: on the website and in the app, nobody without a name."""

from typing import Any

import pytest
from django.test import Client

from network.models import OutgoingMail, Person

pytestmark = pytest.mark.django_db
APP = "/_allauth/app/v1/auth/signup"
NEW = {"email": "duyen@khach.example", "password": "cau-tau-so-bay"}


def test_the_app_signs_up_with_a_name(client: Client) -> None:
    answer = client.post(APP, {**NEW, "full_name": " Ngô  Mỹ Duyên "}, content_type="application/json")
    assert answer.status_code == 401  # allauth's "go on": the address is still to be verified
    assert Person.objects.get(email=NEW["email"]).full_name == "Ngô Mỹ Duyên"


@pytest.mark.parametrize("name", [{}, {"full_name": ""}, {"full_name": "=?utf-8?q?x?="}])
def test_the_app_signs_nobody_up_without_a_name(client: Client, name: dict[str, str]) -> None:
    answer = client.post(APP, {**NEW, **name}, content_type="application/json")
    assert answer.status_code == 400
    assert {error["param"] for error in answer.json()["errors"]} == {"full_name"}
    assert not Person.objects.exists()


def test_a_long_name_that_grows_when_folded_is_kept(client: Client) -> None:
    client.post("/tai-khoan/signup/", {"full_name": "ß" * 120, "email": NEW["email"], "password1": NEW["password"]})
    assert Person.objects.get().full_name == "ß" * 120


def test_a_vietnamese_domain_gets_its_letter(client: Client) -> None:
    answer = client.post(
        "/tai-khoan/signup/", {"full_name": "Ngô Mỹ Duyên", "email": "a@hảiphòng.vn", "password1": NEW["password"]}
    )
    assert answer.status_code == 302
    assert OutgoingMail.objects.get().recipient == "a@hảiphòng.vn"


def test_known_and_unknown_addresses_get_the_same_answer(client: Client, django_user_model: Any) -> None:
    django_user_model.objects.create_user("known@khach.example", "cau-tau-so-bay", full_name="Lê Thị Cúc")
    answers = [
        client.post("/tai-khoan/signup/", {"full_name": "Ai Đó", "email": email, "password1": "cau-tau-so-chin"})
        for email in ("known@khach.example", "unknown@khach.example")
    ]
    assert [(answer.status_code, answer.headers.get("Location")) for answer in answers] == [
        (302, "/tai-khoan/confirm-email/")
    ] * 2

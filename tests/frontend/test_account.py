"""The account's pages: what they show, to whom, in how many statements, in which language."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import Client

from frontend.templatetags.devices import device
from network.models import Person
from tests.factories import PersonFactory
from tests.house.test_translations import is_translated
from tests.house.wording import in_template

pytestmark = pytest.mark.django_db
ALLAUTH = Path(__import__("allauth").__file__).parent / "templates"
ANDROID = "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36"
OWN = [
    "/tai-khoan/", "/tai-khoan/email/", "/tai-khoan/password/set/", "/tai-khoan/2fa/webauthn/",
    "/tai-khoan/sessions/", "/tai-khoan/3rdparty/",
]  # fmt: skip


@pytest.fixture
def person() -> Person:
    made = PersonFactory.create(full_name="Đỗ Hải Nam", email="nam@khach.example")
    made.set_unusable_password()
    made.save()
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    return made


def passkey(person: Person, name: str) -> Authenticator:
    return Authenticator.objects.create(user=person, type="webauthn", data={"name": name, "credential": {}})


def test_the_overview_shows_every_way_in(person: Person, signed_in: Callable[..., Client]) -> None:
    EmailAddress.objects.create(user=person, email="khac@khach.example")
    passkey(person, "Điện thoại của Nam")
    body = signed_in(person).get("/tai-khoan/").content.decode()
    for shown in ("nam@khach.example", "khac@khach.example", "Chưa xác nhận", "Điện thoại của Nam", "Đặt mật khẩu"):
        assert shown in body
    # No service is on, so none is spoken of.
    assert "Tài khoản liên kết" not in body


def test_the_overview_is_reached_from_the_menu(person: Person, signed_in: Callable[..., Client]) -> None:
    assert 'href="/tai-khoan/"' in signed_in(person).get("/ve/").content.decode()
    assert 'href="/en/tai-khoan/"' in signed_in(person).get("/en/ve/").content.decode()


@pytest.mark.parametrize("path", OWN)
def test_strangers_are_sent_to_the_login(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/tai-khoan/login/?next=")


@pytest.mark.parametrize("path", OWN)
def test_own_pages_are_in_our_look_and_in_both_languages(
    person: Person, signed_in: Callable[..., Client], path: str
) -> None:
    client = signed_in(person)
    for language, word in (("", "Tài khoản"), ("/en", "Account")):
        answer = client.get(f"{language}{path}")
        assert answer.status_code == 200
        assert word in answer.content.decode()
        assert "style=" not in answer.content.decode()
        assert not re.search(r"<script(?![^>]*(src=|application/json))", answer.content.decode())


def test_the_overview_asks_few_questions(person: Person, signed_in: Callable[..., Client], statements: Any) -> None:
    client = signed_in(person)
    with_none = statements(client, "/tai-khoan/")
    for number in range(3):
        passkey(person, f"Khoá {number}")
        EmailAddress.objects.create(user=person, email=f"them{number}@khach.example")
    assert statements(client, "/tai-khoan/") == with_none


def test_another_s_passkey_cannot_be_touched(person: Person, signed_in: Callable[..., Client]) -> None:
    other = passkey(PersonFactory.create(), "Của người khác")
    client = signed_in(person)
    for act in ("edit", "remove"):
        assert client.post(f"/tai-khoan/2fa/webauthn/keys/{other.pk}/{act}/", {"name": "Của tôi"}).status_code == 404
    assert Authenticator.objects.get().data["name"] == "Của người khác"


def test_a_passkey_is_renamed(person: Person, signed_in: Callable[..., Client]) -> None:
    Person.objects.filter(pk=person.pk).update(password="")
    key = passkey(person, "Khoá truy cập 1")
    client = signed_in(person)
    path = f"/tai-khoan/2fa/webauthn/keys/{key.pk}/edit/"
    assert client.post(path, {"name": "Điện thoại"}).headers["Location"].startswith("/tai-khoan/")
    assert Authenticator.objects.get().data["name"] == "Khoá truy cập 1"  # asked first whether it is the owner


def test_passkeys_are_bound_to_our_address(person: Person, signed_in: Callable[..., Client]) -> None:
    page = signed_in(person).get("/tai-khoan/2fa/webauthn/add/", HTTP_HOST="127.0.0.1").content.decode()
    assert '"rp": {"name": "Startup H\\u1ea3i Ph\\u00f2ng", "id": "localhost"}' in page
    assert '"userVerification": "required"' in page
    assert '"residentKey": "required"' in page


def test_logging_out_everywhere_ends_every_session(person: Person) -> None:
    person.set_password("cau-tau-so-bay")
    person.save()
    here, there = Client(), Client()
    for client in (here, there):
        client.post("/tai-khoan/login/", {"login": person.email, "password": "cau-tau-so-bay"})
        assert client.get("/tai-khoan/").status_code == 200
    assert UserSession.objects.count() == 2
    assert here.get("/tai-khoan/sessions/everywhere/").status_code == 405
    here.post("/tai-khoan/sessions/everywhere/")
    assert [client.get("/tai-khoan/").status_code for client in (here, there)] == [302, 302]
    assert not UserSession.objects.exists()


def test_logging_out_elsewhere_leaves_this_one(person: Person) -> None:
    person.set_password("cau-tau-so-bay")
    person.save()
    here, there = Client(), Client()
    for client in (here, there):
        client.post("/tai-khoan/login/", {"login": person.email, "password": "cau-tau-so-bay"})
    here.post("/tai-khoan/sessions/")
    assert [client.get("/tai-khoan/").status_code for client in (here, there)] == [200, 302]


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (ANDROID, "Chrome trên Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1", "Safari trên iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/129.0 coc_coc_browser/130", "Cốc Cốc trên Windows"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/129.0 Safari/537.36 Edg/129.0", "Edge trên Windows"),
        ("python-requests/2.32", "Một trình duyệt"),
    ],
)  # fmt: skip
def test_devices_have_names(user_agent: str, name: str) -> None:
    assert device(user_agent) == name


NEVER_SHOWN = re.compile(
    r"phone|totp|recovery|trust|signup_by_passkey|signup_form|signup_closed|email_change|verification_code|reset_code"
    r"|mfa/(index|authenticate|reauthenticate)|webauthn/base|login_redirect|warn_no_email|snippets/login\.html"
    r"|password_reset_key_message|idp/|openid/"
)
"""allauth's pages for what is off here: telephone numbers, authenticator apps, codes instead of links."""


def test_allauth_s_own_texts_are_vietnamese() -> None:
    ours = {
        str(path.relative_to(folder))
        for folder in (Path("frontend/templates"), Path("network/templates"))
        for path in folder.rglob("*.*")
    }
    missing = {
        text: name
        for path in sorted(ALLAUTH.rglob("*.*"))
        if (name := str(path.relative_to(ALLAUTH))) not in ours and not NEVER_SHOWN.search(name)
        for text in in_template(path.read_text())
        if not is_translated(text)
    }
    assert missing == {}

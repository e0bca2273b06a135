"""Nobody can fish for addresses: a known and an unknown one get the same answer, after the same work."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.test import Client

from network.models import OutgoingMail, Person

pytestmark = pytest.mark.django_db
KNOWN, UNKNOWN = "quen@khach.example", "chua@khach.example"
PASSWORD = "cau-tau-so-bay"
APP = "/_allauth/app/v1/auth"
VARIABLE = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|"session_token": "\w+"')

WAYS: dict[str, tuple[str, dict[str, str]]] = {
    "sign-up": ("/tai-khoan/signup/", {"full_name": "Ai Đó", "password1": "cau-tau-so-chin"}),
    "sign-up, refused": ("/tai-khoan/signup/", {"full_name": "Ai Đó", "password1": "ngan"}),
    "reset": ("/tai-khoan/password/reset/", {}),
    "reset, on the way": ("/tai-khoan/password/reset/", {"next": "/su-kien/"}),
    "code": ("/tai-khoan/login/code/", {}),
    "password": ("/tai-khoan/login/", {"password": "khong-phai"}),
}
APP_WAYS: dict[str, tuple[str, dict[str, str]]] = {
    "sign-up": (f"{APP}/signup", {"full_name": "Ai Đó", "password": "cau-tau-so-chin"}),
    "reset": (f"{APP}/password/request", {}),
    "code": (f"{APP}/code/request", {}),
    "password": (f"{APP}/login", {"password": "khong-phai"}),
}


@pytest.fixture(autouse=True)
def _fresh_counts() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def acquaintance() -> Person:
    return Person.objects.create_user(KNOWN, PASSWORD, full_name="Lê Thị Cúc")


@pytest.fixture
def hashes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every hashing of a password: the one piece of work that a stopwatch can see."""
    done: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self: Any, password: str, salt: str, *more: Any) -> str:
        done.append(password)
        return encode(self, password, salt, *more)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    return done


def seen(answer: Any, email: str) -> tuple[int, dict[str, str], str]:
    """What a stranger sees of an answer: status, headers, names of cookies, body; tokens and the address left out."""
    kept = {name: value for name, value in answer.headers.items() if name not in {"Date", "Expires", "X-Session-Token"}}
    kept["cookies"] = " ".join(sorted(answer.cookies))
    return answer.status_code, kept, VARIABLE.sub("…", answer.content.decode()).replace(email, "…")


def asked(way: tuple[str, dict[str, str]], email: str, *, app: bool = False) -> list[Any]:
    """Everything that one stranger is answered: the answer, and the page that it leads to."""
    client = Client()
    address, data = way
    field = "login" if address == "/tai-khoan/login/" else "email"
    answer = client.post(address, {**data, field: email}, **({"content_type": "application/json"} if app else {}))
    told = [seen(answer, email)]
    if "Location" in answer.headers:
        told.append(seen(client.get(answer.headers["Location"]), email))
    return told


@pytest.mark.parametrize("way", WAYS.values(), ids=list(WAYS))
def test_the_website_tells_nothing(way: tuple[str, dict[str, str]]) -> None:
    assert asked(way, KNOWN) == asked(way, UNKNOWN)


@pytest.mark.parametrize("way", APP_WAYS.values(), ids=list(APP_WAYS))
def test_the_app_tells_nothing(way: tuple[str, dict[str, str]]) -> None:
    assert asked(way, KNOWN, app=True) == asked(way, UNKNOWN, app=True)


@pytest.mark.parametrize("app", [False, True], ids=["website", "app"])
@pytest.mark.parametrize("way", ["sign-up", "reset", "code", "password"])
def test_both_cost_the_same(way: str, app: bool, hashes: list[str]) -> None:
    costs = []
    for email in (KNOWN, UNKNOWN):
        hashes.clear()
        letters = OutgoingMail.objects.count()
        asked((APP_WAYS if app else WAYS)[way], email, app=app)
        costs.append((len(hashes), OutgoingMail.objects.count() - letters))
    assert costs[0] == costs[1]
    assert costs[0] == {"sign-up": (1, 1), "reset": (0, 1), "code": (0, 1), "password": (1, 0)}[way]


def test_wrong_codes_are_answered_alike_to_the_last() -> None:
    told = []
    for email in (KNOWN, UNKNOWN):
        client = Client()
        client.post("/tai-khoan/login/code/", {"email": email})
        tries = [client.post("/tai-khoan/login/code/confirm/", {"code": "BBBB-BBBB"}) for _ in range(3)]
        told.append([seen(answer, email) for answer in tries])
    assert told[0] == told[1]
    assert [status for status, _headers, _body in told[0]] == [200, 200, 302]


def test_somebody_without_a_password_is_no_quicker_to_refuse(hashes: list[str]) -> None:
    Person.objects.create_user("moi@khach.example", None, full_name="Vũ Minh Tuấn")
    asked(WAYS["password"], "moi@khach.example")
    assert len(hashes) == 1


def test_the_comparison_would_see_a_difference() -> None:
    """The control: an answer that tells is told from one that does not."""
    assert asked(WAYS["code"], KNOWN) != asked(WAYS["reset"], KNOWN)
    client = Client()
    right = client.post("/tai-khoan/login/", {"login": KNOWN, "password": PASSWORD})
    assert seen(right, KNOWN) != asked(WAYS["password"], KNOWN)[0]

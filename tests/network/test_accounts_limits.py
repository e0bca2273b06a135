"""Limits: strict for an account, wide for an address, and the same answer wherever they bite."""

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.account import app_settings as account_settings
from allauth.core.internal.ratelimit import parse_rates
from allauth.mfa import app_settings as mfa_settings
from django.conf import settings
from django.contrib.auth.views import LoginView
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import get_resolver, resolve
from wagtail.admin.views.account import LoginView as WagtailLoginView

from network.accounts.limits import LONGEST_WINDOW
from network.models import Person
from tests.house.test_permissions import addresses

pytestmark = pytest.mark.django_db
LOGIN, PASSWORD = "/tai-khoan/login/", "cau-tau-so-bay"
HALL = 3000
"""People behind one address, who come within five minutes."""


@pytest.fixture(autouse=True)
def _fresh_counts() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def person(email: str = "hoi@khach.example") -> Person:
    made = Person.objects.create_user(email, PASSWORD, full_name="Đỗ Hải Nam")
    made.emailaddress_set.create(email=email, verified=True, primary=True)
    return made


def attempt(email: str, password: str = "khong-phai", **headers: str) -> Any:
    return Client().post(LOGIN, {"login": email, "password": password}, **headers)  # type: ignore[arg-type]


def test_an_account_is_closed_after_five_wrong_passwords() -> None:
    person()
    assert [attempt("hoi@khach.example").status_code for _ in range(6)] == [200] * 5 + [429]
    assert attempt("hoi@khach.example", PASSWORD).status_code == 429


def test_other_accounts_at_the_same_address_stay_open() -> None:
    """The control: it is the account that was closed."""
    person()
    person("ban@khach.example")
    assert [attempt("hoi@khach.example").status_code for _ in range(6)][-1] == 429
    assert attempt("ban@khach.example", PASSWORD).status_code == 302


def test_an_account_is_closed_whatever_address_the_tries_come_from() -> None:
    person()
    tries = [attempt("hoi@khach.example", REMOTE_ADDR=f"203.0.113.{n}").status_code for n in range(6)]
    assert tries == [200] * 5 + [429]


def test_right_passwords_are_not_counted() -> None:
    person()
    assert [attempt("hoi@khach.example", PASSWORD).status_code for _ in range(12)] == [302] * 12


@pytest.mark.parametrize(("address", "wait"), [("/tai-khoan/login/code/", 5), ("/tai-khoan/password/reset/", 5)])
def test_letters_to_one_mailbox_are_few(address: str, wait: int) -> None:
    answers = [Client().post(address, {"email": "hoi@khach.example"}).status_code for _ in range(wait + 1)]
    assert answers == [302] * wait + [429]
    assert Client().post(address, {"email": "ban@khach.example"}).status_code == 302


@pytest.mark.parametrize(
    ("action", "address", "data"),
    [
        ("login", LOGIN, {"login": "a{n}@khach.example", "password": "khong-phai"}),
        ("login_failed", LOGIN, {"login": "a{n}@khach.example", "password": "khong-phai"}),
        ("signup", "/tai-khoan/signup/", {"email": "a{n}@khach.example"}),
        ("request_login_code", "/tai-khoan/login/code/", {"email": "a{n}@khach.example"}),
        ("reset_password", "/tai-khoan/password/reset/", {"email": "a{n}@khach.example"}),
    ],
)
def test_an_address_is_limited_too(action: str, address: str, data: dict[str, str]) -> None:
    with override_settings(ACCOUNT_RATE_LIMITS={action: "3/m/ip"}):
        typed = [{name: text.format(n=n) for name, text in data.items()} for n in range(4)]
        answers = [Client().post(address, one, REMOTE_ADDR="203.0.113.9").status_code for one in typed]
        assert 429 not in answers[:3]
        assert answers[3] == 429
        assert Client().post(address, typed[3], REMOTE_ADDR="203.0.113.10").status_code != 429


def test_a_full_hall_gets_in_through_one_address() -> None:
    """Every limit by address lets the whole hall pass within five minutes, and a sample does."""
    actions = ("login", "login_failed", "signup", "request_login_code", "reset_password", "reset_password_from_key")
    limits = {action: account_settings.RATE_LIMITS[action] for action in actions}
    limits["passkey"] = mfa_settings.RATE_LIMITS["webauthn_login"]
    for action, rates in limits.items():
        for rate in parse_rates(rates):
            if rate.per == "ip":
                assert rate.amount * 300 / rate.duration >= HALL, action
    guests = [person(f"khach{n}@khach.example") for n in range(60)]
    assert {attempt(guest.email, PASSWORD).status_code for guest in guests} == {302}


def test_no_window_is_longer_than_we_say() -> None:
    rates = [rate for text in settings.ACCOUNT_RATE_LIMITS.values() for rate in parse_rates(text)]
    assert max(rate.duration for rate in rates) == LONGEST_WINDOW


def closed(path: str = LOGIN, **headers: str) -> Any:
    person()
    for _ in range(5):
        attempt("hoi@khach.example")
    return Client(headers=headers).post(path, {"login": "hoi@khach.example", "password": "khong-phai"})


def test_the_answer_is_a_page_in_vietnamese_that_says_when_to_come_back() -> None:
    answer = closed()
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "300")
    assert "Thử quá nhiều lần" in answer.content.decode()
    assert "429.html" in {template.name for template in answer.templates}


def test_the_answer_is_in_english_below_en() -> None:
    answer = closed("/en/tai-khoan/login/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "300")
    assert "Too many tries at once" in answer.content.decode()


def test_the_app_is_told_when_to_come_back() -> None:
    person()
    sent = {"email": "hoi@khach.example", "password": "khong-phai"}
    url = "/_allauth/app/v1/auth/login"
    answers = [Client().post(url, sent, content_type="application/json") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [400] * 5 + [429]
    assert answers[-1].headers["Retry-After"] == "300"
    assert answers[-1].json() == {"status": 429}


def spoofed(count: int) -> list[int]:
    """Statuses of tries that all come through one proxy from one visitor, who invents addresses before their own."""
    with override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=count, ACCOUNT_RATE_LIMITS={"login": "3/m/ip"}):
        return [
            attempt(f"a{n}@khach.example", HTTP_X_FORWARDED_FOR=f"198.51.100.{n}, 203.0.113.9").status_code
            for n in range(4)
        ]


def test_behind_a_proxy_the_address_that_it_saw_counts() -> None:
    assert spoofed(1) == [200, 200, 200, 429]


def test_one_proxy_too_many_believes_the_visitor() -> None:
    """The control: the count is what keeps invented addresses out."""
    assert spoofed(2) == [200] * 4


def test_visitors_behind_one_proxy_are_told_apart() -> None:
    def tries(count: int) -> list[int]:
        cache.clear()
        with override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=count, ACCOUNT_RATE_LIMITS={"login": "3/m/ip"}):
            return [attempt(f"a{n}@khach.example", HTTP_X_FORWARDED_FOR=f"203.0.113.{n}").status_code for n in range(4)]

    assert tries(1) == [200] * 4
    assert tries(0) == [200, 200, 200, 429]


@pytest.mark.parametrize("path", ["/quan-tri/login/", "/_util/login/", "/en/_util/login/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_wagtail_s_own_logins_lead_to_the_one_door(path: str, method: str) -> None:
    person()
    sent = {"username": "hoi@khach.example", "password": PASSWORD}
    client = Client()
    answer = getattr(client, method)(f"{path}?next=/quan-tri/", sent if method == "post" else None)
    language = "/en" if path.startswith("/en") else ""
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{language}{LOGIN}?next=/quan-tri/")
    assert "_auth_user_id" not in client.session


def test_the_admin_asks_at_the_one_door() -> None:
    answer = Client().get("/quan-tri/")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{LOGIN}?next=/quan-tri/")


def test_no_other_login_page_is_open() -> None:
    """Django's and Wagtail's login views count nothing; whatever address they have, another view answers there."""
    uncounted = [
        f"/{address}"
        for address, view in addresses(get_resolver())
        if issubclass(getattr(view, "view_class", object), LoginView | WagtailLoginView)
    ]
    assert sorted({path.replace("^", "") for path in uncounted}) == ["/_util/login/", "/quan-tri/login/"]
    for path in uncounted:
        assert not issubclass(getattr(resolve(path).func, "view_class", object), LoginView)

"""E-mail addresses: who has proven one gets in with it, and nobody gets into what somebody else proved."""

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.test import Client

from network.models import OutgoingMail, Person
from tests.network import letters

pytestmark = pytest.mark.django_db
EMAIL, PASSWORD = "khach@khach.example", "cau-tau-so-bay"
EVENT = "/su-kien/dem-cang/dang-ky/"


@pytest.fixture(autouse=True)
def _fresh_counts() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def registered_by_an_organiser() -> Person:
    return Person.objects.create_user(EMAIL, None, full_name="Ngô Thị Mỹ Duyên")


def verified(email: str = EMAIL) -> list[bool]:
    return list(EmailAddress.objects.filter(email=email).values_list("verified", flat=True))


def who(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def by_code(email: str = EMAIL, **query: str) -> tuple[Client, Any]:
    client = Client()
    asked = client.post("/tai-khoan/login/code/", {"email": email, **query})
    return client, client.post(asked.headers["Location"], {"code": letters.code(email), **query})


def by_new_password(email: str = EMAIL, client: Client | None = None, **query: str) -> tuple[Client, Any]:
    Client().post("/tai-khoan/password/reset/", {"email": email, **query})
    client = client or Client()
    page = client.get(letters.path(email, "/key/"), follow=True)
    typed = {"password1": "cau-tau-so-chin", "password2": "cau-tau-so-chin", **query}
    return client, client.post(page.redirect_chain[-1][0], typed)


def sign_up(client: Client | None = None, **query: str) -> Any:
    typed = {"full_name": "Ai Đó", "email": EMAIL, "password1": PASSWORD, **query}
    return (client or Client()).post("/tai-khoan/signup/", typed)


def test_somebody_an_organiser_registered_gets_in_by_code() -> None:
    person = registered_by_an_organiser()
    client, answer = by_code()
    assert (answer.status_code, answer.headers["Location"]) == (302, "/ve/")
    assert who(client) == str(person.pk)
    assert verified() == [True]
    assert EmailAddress.objects.get().primary
    assert OutgoingMail.objects.count() == 1


def test_somebody_an_organiser_registered_gets_in_by_a_new_password() -> None:
    person = registered_by_an_organiser()
    client, answer = by_new_password()
    assert (answer.status_code, answer.headers["Location"]) == (302, "/ve/")
    assert who(client) == str(person.pk)
    assert verified() == [True]
    again = Client()
    again.post("/tai-khoan/login/", {"login": EMAIL, "password": "cau-tau-so-chin"})
    assert who(again) == str(person.pk)


def test_somebody_an_organiser_registered_who_signs_up_is_shown_the_way_in() -> None:
    person = registered_by_an_organiser()
    sign_up(next=EVENT)
    assert Person.objects.count() == 1
    client = Client()
    page = client.get(letters.path(EMAIL, "/login/code/"))
    asked = client.post("/tai-khoan/login/code/", {"email": EMAIL, "next": page.context["redirect_field_value"]})
    answer = client.post(asked.headers["Location"], {"code": letters.code(EMAIL), "next": EVENT})
    assert (who(client), answer.headers["Location"]) == (str(person.pk), EVENT)


def test_a_wrong_code_proves_nothing() -> None:
    """The control: neither asking nor guessing verifies an address."""
    registered_by_an_organiser()
    client = Client()
    client.post("/tai-khoan/login/code/", {"email": EMAIL})
    client.post("/tai-khoan/login/code/confirm/", {"code": "BBBB-BBBB"})
    Client().post("/tai-khoan/password/reset/", {"email": EMAIL})
    assert who(client) is None
    assert True not in verified()


def test_a_new_password_proves_nothing_where_the_letter_may_have_gone_elsewhere() -> None:
    person = registered_by_an_organiser()
    EmailAddress.objects.create(user=person, email="khac@khach.example")
    by_new_password()
    assert True not in verified()


@pytest.mark.parametrize("way", [by_code, by_new_password])
def test_a_stranger_who_signed_up_first_is_locked_out(way: Any) -> None:
    """Somebody takes another's address and a password of their own; later the owner of the mailbox comes."""
    sign_up()
    squatter = Person.objects.get()
    SocialAccount.objects.create(user=squatter, provider="zalo", uid="7")
    client, _answer = way()
    assert (who(client), verified()) == (str(squatter.pk), [True])
    intruder = Client()
    answer = intruder.post("/tai-khoan/login/", {"login": EMAIL, "password": PASSWORD})
    assert (answer.status_code, who(intruder)) == (200, None)
    assert not SocialAccount.objects.exists()


def test_who_confirmed_before_keeps_the_password() -> None:
    """The control: a code forgets nothing that came after the address was proven."""
    sign_up()
    EmailAddress.objects.update(verified=True)
    SocialAccount.objects.create(user=Person.objects.get(), provider="zalo", uid="7")
    by_code()
    client = Client()
    client.post("/tai-khoan/login/", {"login": EMAIL, "password": PASSWORD})
    assert who(client) == str(Person.objects.get().pk)
    assert SocialAccount.objects.exists()


@pytest.fixture
def claimant() -> Person:
    """Has an account, and added somebody else's address to it, which nobody ever confirmed."""
    person = Person.objects.create_user("ke-gian@khach.example", PASSWORD, full_name="Kẻ Gian")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    EmailAddress.objects.create(user=person, email=EMAIL)
    return person


def test_a_claimed_address_opens_no_account_by_code(claimant: Person) -> None:
    client, answer = by_code()
    assert (who(client), answer.headers["Location"]) == (None, "/tai-khoan/signup/?email=khach%40khach.example")
    assert verified() == []
    sign_up()
    assert Person.objects.get(email=EMAIL) != claimant


def test_a_claimed_address_opens_no_account_by_a_new_password(claimant: Person) -> None:
    Client().post("/tai-khoan/password/reset/", {"email": EMAIL})
    assert "/password/reset/key/" not in letters.newest(EMAIL)
    assert verified() == []
    claimant.refresh_from_db()
    assert claimant.check_password(PASSWORD)


def test_a_proven_second_address_opens_the_account(claimant: Person) -> None:
    """The control: it is the proof that was missing."""
    EmailAddress.objects.filter(email=EMAIL).update(verified=True)
    client, _answer = by_code()
    assert who(client) == str(claimant.pk)


def test_the_confirmation_link_in_the_same_browser_leads_on() -> None:
    client = Client()
    sign_up(client, next=EVENT)
    link = letters.path(EMAIL, "confirm-email")
    page = client.get(link)
    answer = client.post(link.partition("?")[0], {"next": page.context["redirect_field_value"]})
    assert (answer.headers["Location"], who(client)) == (EVENT, str(Person.objects.get().pk))


def test_the_confirmation_link_in_another_browser_leads_on_past_the_login() -> None:
    sign_up(next=EVENT)
    link = letters.path(EMAIL, "confirm-email")
    other = Client()
    page = other.get(link)
    answer = other.post(link.partition("?")[0], {"next": page.context["redirect_field_value"]})
    assert (answer.headers["Location"], who(other)) == (f"/tai-khoan/login/?next={EVENT.replace('/', '%2F')}", None)
    login = other.get(answer.headers["Location"])
    sent = {"login": EMAIL, "password": PASSWORD, "next": login.context["redirect_field_value"]}
    assert other.post("/tai-khoan/login/", sent).headers["Location"] == EVENT


def test_a_used_link_still_knows_the_way() -> None:
    sign_up(next=EVENT)
    EmailAddress.objects.update(verified=True)
    assert f"/tai-khoan/login/?next={EVENT.replace('/', '%2F')}" in Client().get(letters.path(EMAIL)).content.decode()


def test_a_new_password_in_another_browser_leads_on() -> None:
    registered_by_an_organiser()
    _client, answer = by_new_password(next=EVENT)
    assert answer.headers["Location"] == EVENT


def test_who_asks_for_a_new_password_on_the_way_is_told_that_a_letter_comes() -> None:
    answer = Client().post("/tai-khoan/password/reset/", {"email": EMAIL, "next": EVENT})
    assert answer.headers["Location"] == "/tai-khoan/password/reset/done/"


def test_the_forgotten_password_is_asked_for_on_the_way() -> None:
    page = Client().get(f"/tai-khoan/login/?next={EVENT}").content.decode()
    assert f"/tai-khoan/password/reset/?next={EVENT.replace('/', '%2F')}" in page


@pytest.mark.parametrize("elsewhere", ["https://example.com/", "//example.com/", "javascript:alert(1)"])
def test_links_lead_nowhere_else(elsewhere: str) -> None:
    sign_up(next=elsewhere)
    assert "?" not in letters.path(EMAIL, "confirm-email")


def test_links_are_on_our_own_host_and_in_the_reader_s_language() -> None:
    typed = {"full_name": "Ai Đó", "email": EMAIL, "password1": PASSWORD}
    Client().post("/en/tai-khoan/signup/", typed, HTTP_HOST="localhost")
    text = letters.newest(EMAIL)
    assert "http://localhost:8000/en/tai-khoan/confirm-email/" in text
    Client().post("/tai-khoan/password/reset/", {"email": EMAIL}, HTTP_HOST="127.0.0.1")
    assert "http://localhost:8000/tai-khoan/password/reset/key/" in letters.newest(EMAIL)


def test_the_last_confirmed_address_stays() -> None:
    person = Person.objects.create_user(EMAIL, None, full_name="Vũ Minh Tuấn")
    EmailAddress.objects.create(user=person, email=EMAIL, verified=True)
    EmailAddress.objects.create(user=person, email="moi@khach.example", primary=True)
    client = Client()
    client.force_login(person)
    client.post("/tai-khoan/email/", {"email": EMAIL, "action_remove": ""})
    assert verified() == [True]

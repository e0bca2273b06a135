"""The newsletter on the web: signing up tells nothing, opening a link does nothing, one POST leaves."""

import pytest
from django.test import Client

from network.models import OutgoingMail, Subscription
from network.newsletter import links, subscriptions
from tests.factories import PersonFactory
from tests.network.readers import agreed, bare

pytestmark = pytest.mark.django_db
EMAIL = "doc.gia@example.org"


@pytest.fixture
def browser() -> Client:
    """Without a cookie, as strict as a browser meets us."""
    return Client(enforce_csrf_checks=True)


def test_signing_up_confirming_and_choosing(browser: Client) -> None:
    asked = browser.post("/ban-tin/dang-ky/", {"email": EMAIL})
    assert (asked.status_code, asked.url) == (302, "/ban-tin/da-gui/")
    row = Subscription.objects.get()
    path = f"/ban-tin/xac-nhan/{links.to_confirm(row.pk, row.rounds)}/"
    assert browser.get(path).status_code == 200
    assert not subscriptions.is_standing(Subscription.objects.get())
    client = Client()
    done = client.post(path)
    assert subscriptions.is_standing(Subscription.objects.get())
    assert client.get(done.url).status_code == 200
    client.post(done.url, {"roles": ["STUDENT"], "kinds": ["CAFE"], "language": "en"})
    row.refresh_from_db()
    assert (row.roles, row.kinds, row.language) == (["STUDENT"], ["CAFE"], "en")


@pytest.mark.parametrize("known", [EMAIL, "co-tai-khoan@example.org", "la@example.org"])
def test_signing_up_answers_the_same_whatever_is_known(browser: Client, known: str) -> None:
    bare(EMAIL)
    agreed(PersonFactory.create(email="co-tai-khoan@example.org"))
    answer = browser.post("/ban-tin/dang-ky/", {"email": known})
    assert (answer.status_code, answer.url, answer.content) == (302, "/ban-tin/da-gui/", b"")


@pytest.mark.parametrize("typed", ["", "khong-phai", "a@b", "x@example.org\r\nBcc: y@example.org"])
def test_what_is_no_address_is_refused_at_its_field(browser: Client, typed: str) -> None:
    answer = browser.post("/ban-tin/dang-ky/", {"email": typed})
    assert answer.status_code == 400
    assert "field-error" in answer.content.decode()
    assert Subscription.objects.count() == OutgoingMail.objects.count() == 0


@pytest.mark.parametrize("language", ["", "/en"])
def test_opening_the_link_leaves_nothing_and_one_post_leaves(browser: Client, language: str) -> None:
    """RFC 8058: no cookie, no token against forgery, and the body that mail programs send."""
    row = bare(EMAIL)
    path = f"{language}/ban-tin/huy/{links.own(row.pk)}/"
    for method in (browser.get, browser.head):
        assert method(path).status_code == 200
    assert subscriptions.is_standing(Subscription.objects.get())
    answer = browser.post(path, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert not subscriptions.is_standing(Subscription.objects.get())
    assert browser.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200


@pytest.mark.parametrize("page", ["huy", "lua-chon", "xac-nhan"])
def test_a_link_that_is_not_whole_says_so(client: Client, page: str) -> None:
    row = bare(EMAIL)
    for token in ("xem-thu", links.own(row.pk)[:-2]):
        assert client.get(f"/ban-tin/{page}/{token}/").status_code == 404
        assert client.post(f"/ban-tin/{page}/{token}/").status_code == 404
    assert subscriptions.is_standing(Subscription.objects.get())


def test_somebody_logged_in_is_led_to_their_choices(client: Client) -> None:
    assert client.get("/ban-tin/cua-toi/").status_code == 302
    assert Subscription.objects.count() == 0
    person = PersonFactory.create()
    client.force_login(person)
    answer = client.get("/ban-tin/cua-toi/", follow=True)
    assert answer.redirect_chain[-1][0].startswith("/ban-tin/lua-chon/")
    assert person.email in answer.content.decode()


def test_nothing_is_sent_to_an_address_too_often_from_one_place(browser: Client) -> None:
    answers = [browser.post("/ban-tin/dang-ky/", {"email": f"r{each}@example.org"}).status_code for each in range(101)]
    assert answers == [302] * 100 + [429]
    assert OutgoingMail.objects.count() == 100

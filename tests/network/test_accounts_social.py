"""Logging in through Google, Facebook, Apple and Zalo, before a stand-in on this machine."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from allauth.socialaccount.providers.apple.views import AppleOAuth2Adapter
from allauth.socialaccount.providers.facebook import flows as facebook_flows
from allauth.socialaccount.providers.facebook.views import FacebookOAuth2Adapter
from allauth.socialaccount.providers.google import views as google
from django.core.cache import cache
from django.test import Client, override_settings
from requests import Session

from network.accounts.zalo.views import ZaloOAuth2Adapter
from network.models import Person
from tests.network import letters
from tests.network.stand_in import CLIENT, SECRET, StandIn, apple_key, rsa_key, served

pytestmark = pytest.mark.django_db
NAME, EMAIL, EVENT = "Ngô Thị Mỹ Duyên", "duyen@gmail.com", "/su-kien/dem-cang/dang-ky/"
GOOGLE = {
    "iss": "https://accounts.google.com",
    "id": "g-1",
    "name": "Mỹ Duyên Ngô Thị",
    "given_name": "Mỹ Duyên",
    "family_name": "Ngô Thị",
    "email": EMAIL,
    "email_verified": True,
}
FACEBOOK = {"id": "f-1", "name": NAME, "email": EMAIL}
APPLE = {"iss": "https://appleid.apple.com", "id": "a-1", "email": "duyen@icloud.com", "email_verified": "true"}
ZALO = {"id": "z-1", "name": NAME, "picture": {"data": {"url": "https://example.com/anh.jpg"}}}
PROFILES = {"google": GOOGLE, "facebook": FACEBOOK, "apple": APPLE, "zalo": ZALO}


def configured() -> dict[str, Any]:
    app = {"client_id": CLIENT, "secret": SECRET}
    return {
        "google": {"APP": app, "SCOPE": ["openid", "profile", "email"], "OAUTH_PKCE_ENABLED": True},
        "facebook": {"APP": app, "FIELDS": ["id", "name", "email"]},
        "apple": {"APP": {**app, "key": "TEAM", "settings": {"certificate_key": apple_key()}}},
        "zalo": {"APP": app},
    }


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    cache.clear()
    with served() as standing, override_settings(SOCIALACCOUNT_PROVIDERS=configured()):
        for adapter in (google.GoogleOAuth2Adapter, FacebookOAuth2Adapter, AppleOAuth2Adapter, ZaloOAuth2Adapter):
            monkeypatch.setattr(adapter, "authorize_url", f"{standing.address}/authorize")
            monkeypatch.setattr(adapter, "access_token_url", f"{standing.address}/access_token")
        monkeypatch.setattr(google.GoogleOAuth2Adapter, "identity_url", f"{standing.address}/me")
        monkeypatch.setattr(google, "CERTS_URL", f"{standing.address}/certs")
        monkeypatch.setattr(facebook_flows, "GRAPH_API_URL", standing.address)
        monkeypatch.setattr(AppleOAuth2Adapter, "public_key_url", f"{standing.address}/keys")
        monkeypatch.setattr(ZaloOAuth2Adapter, "profile_url", f"{standing.address}/me")
        yield standing
    cache.clear()


def go(client: Client, service: StandIn, name: str, *, said: dict[str, str] | None = None, **query: str) -> Any:
    """From the button through the service and back, as a browser would; the answer to the way back."""
    service.profile = service.profile or PROFILES[name]
    leaving = client.post(f"/tai-khoan/{name}/login/", query)
    assert leaving.status_code == 302, leaving.content
    with Session() as browser:
        back = browser.get(leaving.headers["Location"], allow_redirects=False).headers["Location"]
    path, told = urlsplit(back).path, {key: values[0] for key, values in parse_qs(urlsplit(back).query).items()}
    if name != "apple":
        return client.get(path, {**told, **(said or {})})
    # Apple's answer is a form that the browser posts.
    posted = client.post(path, {**told, **(said or {})})
    return client.get(posted.headers["Location"])


def who(client: Client) -> Person | None:
    return Person.objects.filter(pk=client.session.get("_auth_user_id")).first()


def addresses() -> list[tuple[str, bool]]:
    return list(EmailAddress.objects.values_list("email", "verified"))


def test_google_makes_a_person(service: StandIn) -> None:
    client = Client()
    answer = go(client, service, "google", next=EVENT)
    person = Person.objects.get()
    assert (answer.headers["Location"], who(client)) == (EVENT, person)
    assert (person.full_name, person.email, person.preferred_language) == (NAME, EMAIL, "vi")
    assert addresses() == [(EMAIL, True)]
    assert not person.has_usable_password()


def test_apple_makes_a_person(service: StandIn) -> None:
    client = Client()
    said = {"user": '{"name": {"firstName": "Mỹ Duyên", "lastName": "Ngô Thị"}}'}
    answer = go(client, service, "apple", said=said, next=EVENT)
    person = Person.objects.get()
    assert (answer.headers["Location"], who(client)) == (EVENT, person)
    assert (person.full_name, person.email) == (NAME, "duyen@icloud.com")
    assert addresses() == [("duyen@icloud.com", True)]


def test_facebook_makes_a_person_who_proves_the_address(service: StandIn) -> None:
    client = Client()
    answer = go(client, service, "facebook", next=EVENT)
    person = Person.objects.get()
    assert (answer.headers["Location"], who(client)) == ("/tai-khoan/confirm-email/", None)
    assert (person.full_name, person.email, addresses()) == (NAME, EMAIL, [(EMAIL, False)])
    answer = client.post(letters.path(EMAIL, "confirm-email"))
    assert (answer.headers["Location"], who(client)) == (EVENT, person)


def test_zalo_asks_for_an_address_and_proves_it(service: StandIn) -> None:
    client = Client()
    answer = go(client, service, "zalo", next=EVENT)
    assert answer.headers["Location"] == "/tai-khoan/3rdparty/signup/"
    page = client.get("/tai-khoan/3rdparty/signup/")
    assert page.context["form"].initial["full_name"] == NAME
    assert "Zalo đã cho biết bạn là ai" in page.content.decode()
    answer = client.post("/tai-khoan/3rdparty/signup/", {"full_name": NAME, "email": "duyen@khach.example"})
    assert (answer.headers["Location"], who(client)) == ("/tai-khoan/confirm-email/", None)
    answer = client.post(letters.path("duyen@khach.example", "confirm-email"))
    person = Person.objects.get()
    assert (answer.headers["Location"], who(client)) == (EVENT, person)
    assert (person.full_name, addresses()) == (NAME, [("duyen@khach.example", True)])


def test_zalo_is_asked_as_it_wants_to_be(service: StandIn) -> None:
    go(Client(), service, "zalo")
    (authorize, asked), (exchange, form), (profile, wanted) = service.asked
    assert (authorize, exchange, profile) == ("/authorize", "/access_token", "/me")
    assert set(asked) == {"app_id", "redirect_uri", "code_challenge", "state"}
    assert set(form) == {"app_id", "code", "grant_type", "code_verifier"}
    assert len(form["code_verifier"]) == 43
    assert wanted == {"fields": "id,name,picture"}


@pytest.mark.parametrize("name", PROFILES)
def test_coming_back_opens_the_same_account(service: StandIn, name: str) -> None:
    service.profile = PROFILES[name]
    person = Person.objects.create_user("khac@khach.example", None, full_name="Vũ Minh Tuấn")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    SocialAccount.objects.create(user=person, provider=name, uid=PROFILES[name]["id"])
    client = Client()
    answer = go(client, service, name)
    assert (answer.headers["Location"], who(client)) == ("/ve/", person)
    assert Person.objects.count() == 1


@pytest.mark.parametrize("name", ["google", "apple"])
def test_little_is_kept(service: StandIn, name: str) -> None:
    go(Client(), service, name, said={"user": '{"name": {"firstName": "Mỹ Duyên", "lastName": "Ngô Thị"}}'})
    assert set(SocialAccount.objects.get().extra_data) <= {"name", "email", "hd"}
    assert not SocialToken.objects.exists()


def known(email: str, password: str | None = "cau-tau-so-bay", *, verified: bool = True) -> Person:
    person = Person.objects.create_user(email, password, full_name="Lê Thị Cúc")
    EmailAddress.objects.create(user=person, email=email, verified=verified, primary=True)
    return person


OPENING = [
    ("google", GOOGLE),
    ("google", {**GOOGLE, "email": "duyen@congty.example", "hd": "congty.example"}),
    ("apple", APPLE),
]
NOT_OPENING = [
    ("google", {**GOOGLE, "email_verified": False}),
    # Google knows that it was proven once; whose mailbox it is today, it cannot know.
    ("google", {**GOOGLE, "email": "duyen@congty.example"}),
    ("google", {**GOOGLE, "email": "duyen@congty.example", "hd": "khac.example"}),
    ("facebook", FACEBOOK),
    ("apple", {**APPLE, "email_verified": "false"}),
    ("apple", {**APPLE, "email": EMAIL}),
]


@pytest.mark.parametrize(("name", "profile"), OPENING)
def test_who_runs_the_mailbox_opens_the_account(service: StandIn, name: str, profile: dict[str, Any]) -> None:
    service.profile, person, client = profile, known(profile["email"]), Client()
    go(client, service, name)
    assert who(client) == person
    assert SocialAccount.objects.get().user == person
    person.refresh_from_db()
    assert person.check_password("cau-tau-so-bay")
    assert person.full_name == "Lê Thị Cúc"


@pytest.mark.parametrize(("name", "profile"), NOT_OPENING)
def test_nobody_else_takes_an_account_over(service: StandIn, name: str, profile: dict[str, Any]) -> None:
    service.profile, client = profile, Client()
    known(profile["email"])
    said = {"user": '{"name": {"firstName": "Mỹ Duyên", "lastName": "Ngô Thị"}}'}
    answer = go(client, service, name, said=said)
    # As at sign-up: it does not tell that there is an account; the letter does.
    assert (answer.headers["Location"], who(client)) == ("/tai-khoan/confirm-email/", None)
    assert not SocialAccount.objects.exists()
    assert "/login/code/" in letters.newest(profile["email"])


def test_an_address_typed_for_zalo_takes_nothing_over(service: StandIn) -> None:
    known(EMAIL)
    client = Client()
    go(client, service, "zalo")
    answer = client.post("/tai-khoan/3rdparty/signup/", {"full_name": NAME, "email": EMAIL})
    assert (answer.headers["Location"], who(client)) == ("/tai-khoan/confirm-email/", None)
    assert not SocialAccount.objects.exists()


def test_a_stranger_s_password_does_not_survive_google(service: StandIn) -> None:
    """Somebody signed up with the address before, and never confirmed it."""
    person = known(EMAIL, verified=False)
    SocialAccount.objects.create(user=person, provider="zalo", uid="ke-gian")
    client = Client()
    go(client, service, "google")
    person.refresh_from_db()
    assert (who(client), person.has_usable_password()) == (person, False)
    assert addresses() == [(EMAIL, True)]
    assert list(SocialAccount.objects.values_list("provider", flat=True)) == ["google"]


def test_google_opens_for_somebody_an_organiser_registered(service: StandIn) -> None:
    person = Person.objects.create_user(EMAIL, None, full_name=NAME)
    client = Client()
    go(client, service, "google")
    assert (who(client), addresses()) == (person, [(EMAIL, True)])


@pytest.mark.parametrize("name", ["🌸", "<b>x</b>", "a@b.example"])
def test_a_name_for_no_ticket_is_asked_for(service: StandIn, name: str) -> None:
    service.profile = {**GOOGLE, "name": name, "given_name": "", "family_name": ""}
    client = Client()
    assert go(client, service, "google").headers["Location"] == "/tai-khoan/3rdparty/signup/"
    client.post("/tai-khoan/3rdparty/signup/", {"full_name": NAME, "email": EMAIL})
    assert (Person.objects.get().full_name, addresses()) == (NAME, [(EMAIL, True)])
    assert who(client) == Person.objects.get()


@pytest.mark.parametrize("name", PROFILES)
def test_who_changes_their_mind_is_met(service: StandIn, name: str) -> None:
    service.refusal = "access_denied"
    client = Client()
    answer = go(client, service, name)
    assert answer.headers["Location"] == "/tai-khoan/3rdparty/login/cancelled/"
    page = client.get(answer.headers["Location"]).content.decode()
    assert "Bạn đã đổi ý" in page
    assert "harbour-office" in page
    assert not Person.objects.exists()


def test_cancelling_is_met_in_english_too(service: StandIn) -> None:
    assert "You changed your mind" in Client().get("/en/tai-khoan/3rdparty/login/cancelled/").content.decode()


@pytest.mark.parametrize("name", PROFILES)
def test_a_service_that_fails_is_told_of(service: StandIn, name: str) -> None:
    service.token_error = True
    answer = go(Client(), service, name)
    body = answer.content.decode()
    assert answer.status_code == 401
    assert f"{name.title()} chưa cho biết bạn là ai" in body
    assert "invalid" not in body.lower().replace("aria-invalid", "")
    assert not Person.objects.exists()


def test_a_token_that_apple_did_not_sign_is_refused(service: StandIn) -> None:
    service.signing_key = rsa_key("a stranger's")
    client = Client()
    assert go(client, service, "apple").status_code == 401
    assert (who(client), Person.objects.count()) == (None, 0)


@pytest.mark.parametrize("changed", [{"aud": "khac"}, {"iss": "https://example.com"}, {"exp": 1}])
@pytest.mark.parametrize("name", ["google", "apple"])
def test_a_token_for_somebody_else_is_refused(service: StandIn, name: str, changed: dict[str, Any]) -> None:
    service.profile = {**PROFILES[name], **changed}
    assert go(Client(), service, name).status_code == 401
    assert not Person.objects.exists()


def test_an_answer_that_nobody_asked_for_is_refused(service: StandIn) -> None:
    client = Client()
    answer = client.get("/tai-khoan/zalo/login/callback/", {"code": "x", "state": "y"})
    assert (answer.status_code, who(client)) == (401, None)
    assert "harbour-office" in answer.content.decode()


def test_a_stranger_s_profile_at_zalo_is_refused(service: StandIn) -> None:
    """Zalo answers with status 200 and an error inside, to servers outside Vietnam for one."""
    service.profile = {"error": -501, "message": "Personal information is limited"}
    assert go(Client(), service, "zalo").status_code == 401


def test_an_account_is_connected_and_disconnected(service: StandIn) -> None:
    person = known("cuc@khach.example")
    client = Client()
    client.post("/tai-khoan/login/", {"login": person.email, "password": "cau-tau-so-bay"})
    answer = go(client, service, "zalo", process="connect")
    assert answer.headers["Location"] == "/tai-khoan/reauthenticate/"
    client.post("/tai-khoan/reauthenticate/", {"password": "cau-tau-so-bay"})
    connected = SocialAccount.objects.get()
    assert (connected.user, connected.provider) == (person, "zalo")
    assert NAME in client.get("/tai-khoan/3rdparty/").content.decode()
    assert "Zalo" in letters.newest(person.email)
    client.post("/tai-khoan/3rdparty/", {"account": connected.pk})
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("name", PROFILES)
def test_a_service_that_is_off_has_no_button_and_no_address(client: Client, name: str) -> None:
    for page in ("/tai-khoan/login/", "/tai-khoan/signup/"):
        assert f"/tai-khoan/{name}/" not in client.get(page).content.decode()
    for method in (client.get, client.post):
        assert method(f"/tai-khoan/{name}/login/").status_code == 404
    assert client.get(f"/tai-khoan/{name}/login/callback/").status_code in {404, 405}


@pytest.mark.parametrize("name", PROFILES)
def test_a_service_that_is_on_has_a_button(service: StandIn, name: str) -> None:
    page = Client().get(f"/tai-khoan/login/?next={EVENT}").content.decode()
    assert f'action="/tai-khoan/{name}/login/?process=login&amp;next={EVENT.replace("/", "%2F")}"' in page


def test_a_link_elsewhere_logs_nobody_in(service: StandIn) -> None:
    answer = Client().get("/tai-khoan/zalo/login/")
    assert answer.status_code == 200
    assert "Tiếp tục với Zalo" in answer.content.decode()

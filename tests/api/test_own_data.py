"""One's own data over GraphQL: taken along whole, and erased once it is certain who asks."""

import pytest
from django.core.cache import cache

from network import outbox
from network.models import Consent, OutgoingMail, Person
from tests.api.attendance import taken
from tests.api.operations import MUTATIONS, PASSWORD, QUERIES, act, world
from tests.factories import PersonFactory, open_event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
BY_CODE = "mutation ($code: String) { deleteMe(input: {code: $code}) { isDeleted errors { code field } } }"


@pytest.fixture(autouse=True)
def _nothing_spent():
    cache.clear()


def ask(post, query, **variables):
    return post(query, variables).json()["data"]


def test_everything_is_taken_along_and_nobody_else_s(client, post):
    made = world()
    client.force_login(made.callers["attendee"])
    answer = post(QUERIES["myData"])
    sections = answer.json()["data"]["myData"]["sections"]
    assert sections["account"][0]["email"] == made.callers["attendee"].email
    assert len(sections["consents"]) == 1
    assert made.owing.person.email not in answer.content.decode()


def test_by_password(client, post):
    made = world()
    person = made.callers["attendee"]
    client.force_login(person)
    wrong = act("deleteMe", 'password: "không phải"', "isDeleted")
    assert ask(post, wrong)["deleteMe"]["errors"][0]["field"] == "password"
    assert Person.objects.filter(email=person.email).exists()
    assert ask(post, MUTATIONS["deleteMe"])["deleteMe"] == {"isDeleted": True, "errors": []}
    assert not Person.objects.filter(email=person.email).exists()
    assert not Consent.objects.filter(person=person, withdrawn_at=None).exists()
    assert ask(post, "{ me { email } }")["me"] is None


def test_by_a_code_that_dies_after_a_few_wrong_ones(client, post):
    person = PersonFactory.create()
    taken(open_event(), person)
    client.force_login(person)
    assert ask(post, BY_CODE, code="12345678")["deleteMe"]["errors"] == [{"code": "INVALID", "field": "code"}]
    assert ask(post, MUTATIONS["sendDeletionCode"])["sendDeletionCode"]["email"] == person.email
    code = _code()
    for _ in range(5):
        assert ask(post, BY_CODE, code="00000000")["deleteMe"]["errors"][0]["field"] == "code"
    assert ask(post, BY_CODE, code=code)["deleteMe"]["isDeleted"] is None
    ask(post, MUTATIONS["sendDeletionCode"])
    assert ask(post, BY_CODE, code=_code())["deleteMe"]["isDeleted"] is True


def test_a_code_is_its_person_s_alone(client, post):
    client.force_login(PersonFactory.create())
    ask(post, MUTATIONS["sendDeletionCode"])
    code = _code()
    client.force_login(PersonFactory.create())
    ask(post, MUTATIONS["sendDeletionCode"])
    assert ask(post, BY_CODE, code=code)["deleteMe"]["errors"][0]["field"] == "code"


def test_with_a_key_too(client, post):
    client.force_login(world().callers["attendee"])
    keyed = act("deleteMe", f'password: "{PASSWORD}", idempotencyKey: "forget-me"', "isDeleted")
    assert ask(post, keyed)["deleteMe"]["isDeleted"] is True


def _code():
    letter = OutgoingMail.objects.latest("pk")
    return outbox.opened(letter)["Subject"].split()[-1]

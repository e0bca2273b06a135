"""Consents are given one by one, provable, and withdrawn as easily as given."""

from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from network import consents
from network.consents import TEXTS, Purpose
from network.models import Consent, Membership, Person
from network.refusals import ConsentRequired
from tests.factories import NOW, OrganisationFactory, PersonFactory, ProfileFactory

pytestmark = pytest.mark.django_db

# What was agreed to is proven by its version. Whoever changes a text raises its version and renews its print here.
PRINTS = {
    (Purpose.REGISTRATION, 1): "cce775850128",
    (Purpose.NEWSLETTER, 1): "021c254f9370",
    (Purpose.PHOTO, 1): "fc61e5313073",
    (Purpose.DIRECTORY, 1): "bde52d381623",
    (Purpose.GREETING, 1): "24d979606148",
}


def _print(purpose: Purpose) -> str:
    text = TEXTS[purpose]
    words = "\n".join([text.title_vi, text.title_en, text.text_vi, text.text_en])
    return sha256(words.encode()).hexdigest()[:12]


@pytest.fixture
def person() -> Person:
    return PersonFactory.create(agrees=False)


def _give(person: Person, *purposes: Purpose, **changes: Any) -> None:
    given: dict[str, Any] = {"language": "vi", "channel": Consent.Channel.SITE, "at": NOW}
    consents.give(person=person, purposes=purposes, **(given | changes))


def _new_version(monkeypatch: pytest.MonkeyPatch, purpose: Purpose) -> None:
    text = TEXTS[purpose]
    newer = type(text)(**{**vars(text), "version": text.version + 1})
    monkeypatch.setattr(consents, "TEXTS", {**TEXTS, purpose: newer})


def test_every_purpose_has_a_text() -> None:
    assert list(TEXTS) == list(Purpose)


def test_a_changed_text_has_another_version() -> None:
    assert {(purpose, TEXTS[purpose].version): _print(purpose) for purpose in Purpose} == PRINTS


def test_a_consent_says_to_what_in_which_language_when_and_by_which_door(person: Person) -> None:
    organiser = PersonFactory.create(agrees=False)
    _give(person, Purpose.PHOTO, language="en", channel=Consent.Channel.ADMIN, recorded_by=organiser)
    given = Consent.objects.get()
    assert (given.person, given.purpose, given.text_version) == (person, Purpose.PHOTO, 1)
    assert (given.language, given.given_at, given.channel) == ("en", NOW, Consent.Channel.ADMIN)
    assert (given.recorded_by, given.withdrawn_at) == (organiser, None)


def test_each_purpose_is_a_row_of_its_own(person: Person) -> None:
    _give(person, Purpose.REGISTRATION, Purpose.NEWSLETTER)
    assert consents.standing(person) == {Purpose.REGISTRATION, Purpose.NEWSLETTER}
    assert consents.to_ask(person) == [Purpose.PHOTO, Purpose.DIRECTORY, Purpose.GREETING]


def test_given_twice_it_is_one_row_that_keeps_its_first_moment(person: Person) -> None:
    _give(person, Purpose.REGISTRATION)
    _give(person, Purpose.REGISTRATION, Purpose.REGISTRATION, Purpose.PHOTO, at=NOW + timedelta(days=1))
    assert list(Consent.objects.order_by("pk").values_list("purpose", "given_at")) == [
        (Purpose.REGISTRATION, NOW),
        (Purpose.PHOTO, NOW + timedelta(days=1)),
    ]


@pytest.mark.parametrize(("purposes", "statements"), [((), 0), (tuple(Purpose), 1)])
def test_giving_takes_one_statement_at_most(person: Person, purposes: tuple[Purpose], statements: int) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        _give(person, *purposes)
    assert len([query for query in queries if "consent" in query["sql"]]) == statements


def test_withdrawn_it_no_longer_stands_but_is_kept(person: Person) -> None:
    _give(person, Purpose.NEWSLETTER)
    consents.withdraw(person=person, purpose=Purpose.NEWSLETTER, at=NOW + timedelta(hours=1))
    assert consents.standing(person) == set()
    assert Consent.objects.get().withdrawn_at == NOW + timedelta(hours=1)
    _give(person, Purpose.NEWSLETTER, at=NOW + timedelta(hours=2))
    assert consents.standing(person) == {Purpose.NEWSLETTER}
    assert Consent.objects.count() == 2


def test_withdrawing_one_leaves_the_others_and_other_people(person: Person) -> None:
    other = PersonFactory.create(agrees=False)
    _give(person, Purpose.NEWSLETTER, Purpose.PHOTO)
    _give(other, Purpose.NEWSLETTER)
    consents.withdraw(person=person, purpose=Purpose.NEWSLETTER, at=NOW)
    assert consents.standing(person) == {Purpose.PHOTO}
    assert consents.standing(other) == {Purpose.NEWSLETTER}


def test_a_new_text_is_asked_again(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    _give(person, Purpose.REGISTRATION)
    _new_version(monkeypatch, Purpose.REGISTRATION)
    assert Purpose.REGISTRATION in consents.to_ask(person)
    with pytest.raises(ConsentRequired):
        consents.refuse_missing(person=person, purposes_given=())
    _give(person, Purpose.REGISTRATION)
    consents.refuse_missing(person=person, purposes_given=())
    assert list(Consent.objects.order_by("pk").values_list("text_version", flat=True)) == [1, 2]


def test_withdrawing_covers_the_consents_to_earlier_texts(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    _give(person, Purpose.NEWSLETTER)
    _new_version(monkeypatch, Purpose.NEWSLETTER)
    consents.withdraw(person=person, purpose=Purpose.NEWSLETTER, at=NOW)
    assert not Consent.objects.filter(withdrawn_at=None).exists()


def test_nobody_is_registered_without_consent(person: Person) -> None:
    _give(person, Purpose.NEWSLETTER, Purpose.PHOTO, Purpose.DIRECTORY)
    with pytest.raises(ConsentRequired) as refused:
        consents.refuse_missing(person=person, purposes_given=(Purpose.PHOTO,))
    assert (refused.value.code, refused.value.field) == ("CONSENT_REQUIRED", "consents")


def test_given_now_or_before_is_enough(person: Person) -> None:
    consents.refuse_missing(person=person, purposes_given=(Purpose.REGISTRATION,))
    _give(person, Purpose.REGISTRATION)
    consents.refuse_missing(person=person, purposes_given=())


def test_who_withdraws_from_the_directory_leaves_it_at_once(person: Person) -> None:
    mentor, other = ProfileFactory.create(person=person), ProfileFactory.create()
    member = Membership.objects.create(person=person, organisation=OrganisationFactory.create(), is_public=True)
    consents.withdraw(person=person, purpose=Purpose.DIRECTORY, at=NOW)
    for row in (mentor, other, member):
        row.refresh_from_db()
    assert (mentor.is_listed, member.is_public, other.is_listed) == (False, False, True)

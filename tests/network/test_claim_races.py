"""Many claims of one entry at once: one wins, the others wait; and the controls without the guards."""

import time
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.db import connection

from network.joining import claim_codes, claims, entries
from network.models import Claim, Membership, Person
from network.refusals import Refusal
from tests.events.crowd import at_once, people
from tests.factories import NOW
from tests.network.joining_scenes import keeper, unowned

pytestmark = [pytest.mark.race, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
CLIENTS = 16


def at_the_domain(number: int) -> list[Person]:
    """People whose confirmed address is at the entry's domain."""
    crowd = people(number)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=person, email=f"p{n}@cangxanh.vn", verified=True, primary=True)
        for n, person in enumerate(crowd)
    )
    return crowd


def claiming(entry) -> Callable[[Person], str]:
    def act(person: Person) -> str:
        try:
            return str(claims.claim(entry=entry, actor=person, at=NOW).status)
        except Refusal as refusal:
            return refusal.code

    return act


def owners(entry) -> int:
    return Membership.objects.filter(organisation=entry, role="OWNER").count()


def test_of_many_claims_at_once_one_wins_and_the_others_wait() -> None:
    entry = unowned()
    assert at_once(claiming(entry), at_the_domain(32), CLIENTS) == {"GRANTED": 1, "WAITING": 31}
    assert owners(entry) == 1


def test_one_person_on_many_devices_claims_once() -> None:
    entry, (person,) = unowned(), at_the_domain(1)
    assert at_once(claiming(entry), [person] * 16, CLIENTS) == {"GRANTED": 1, "ALREADY_YOURS": 15}
    assert Claim.objects.count() == 1


def test_one_code_from_staff_is_used_once() -> None:
    entry = unowned()
    _row, code = claim_codes.hand_out(entry=entry, note="", actor=keeper(), at=NOW)

    def act(person: Person) -> str:
        try:
            return str(claims.confirm(entry=entry, code=code, actor=person, at=NOW).status)
        except Refusal as refusal:
            return str(refusal.facts["reason"])

    assert at_once(act, people(16), CLIENTS) == {"GRANTED": 1, "expired": 15}
    assert owners(entry) == 1


def _look_before(monkeypatch: pytest.MonkeyPatch, entry) -> Callable[[Person], str]:
    """Ask for an owner first and write after, as one would without thinking: the lock guards nothing then."""
    unguarded = claiming(entry)
    monkeypatch.setattr(claims, "has_owner", lambda _entry: False)

    def act(person: Person) -> str:
        is_taken = entries.has_owner(entry)
        time.sleep(0.02)  # what happens between a look and a write on a busy day
        return "WAITING" if is_taken else unguarded(person)

    return act


def test_without_the_lock_the_constraint_still_lets_one_win(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = unowned()
    told = at_once(_look_before(monkeypatch, entry), at_the_domain(32), CLIENTS)
    assert told == {"GRANTED": 1, "WAITING": 31}
    assert owners(entry) == 1


def test_the_control_without_either_guard_has_several_owners(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = unowned()
    (guard,) = [one for one in Claim._meta.constraints if one.name == "claim_granted_once_organisation"]
    crowd = at_the_domain(32)
    with connection.schema_editor() as editor:
        editor.remove_constraint(Claim, guard)
    try:
        told = at_once(_look_before(monkeypatch, entry), crowd, CLIENTS)
        assert told["GRANTED"] > 1
        assert owners(entry) == told["GRANTED"]
    finally:
        Claim.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(Claim, guard)

"""Two reviewers at once: one decides, the other is told so. With a control in which the guard is off."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from network.entries import review
from network.entries.review import Verdict, decide
from network.models import Change, OutgoingMail, Person, Profile
from network.refusals import Refusal
from tests.factories import NOW, ProfileFactory
from tests.network.entries import edited, reviewer

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
REVIEWERS = 6


def at_once(acts: list[Callable[[], object]]) -> list[str]:
    """Do these at once; return the codes of the refusals, "OK" for what was done."""
    start, said = threading.Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        start.wait()
        try:
            act()
            said.append("OK")
        except Refusal as refusal:
            said.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return sorted(said)


def decisions(change: Change, reviewers: list[Person]) -> list[Callable[[], object]]:
    def deciding(actor: Person, *, approves: bool) -> Callable[[], object]:
        verdicts = {"bio": Verdict(approves=approves, note="Không")}
        return lambda: decide(
            change_id=change.pk, verdicts=verdicts, actor=actor, version=1, at=NOW + timedelta(hours=1)
        )

    return [deciding(actor, approves=number % 2 == 0) for number, actor in enumerate(reviewers)]


def waiting() -> Change:
    profile = ProfileFactory.create()
    change = edited(profile, profile.person, bio_vi="Mới").waiting
    assert change is not None
    return change


def test_one_of_several_reviewers_decides() -> None:
    change = waiting()
    said = at_once(decisions(change, [reviewer() for _ in range(REVIEWERS)]))
    assert said == ["CHANGE_NOT_WAITING"] * (REVIEWERS - 1) + ["OK"]
    change.refresh_from_db()
    shown = Profile.objects.get().bio_vi
    assert (change.state, shown or "") in {("APPROVED", "Mới"), ("REJECTED", "")}
    assert OutgoingMail.objects.count() == 1


def test_without_lock_and_second_look_several_decide(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: everybody goes by what they read before."""
    change, reviewers = waiting(), [reviewer() for _ in range(REVIEWERS)]
    rows = Change.objects.select_related("author", "profile")
    read = {actor.pk: rows.get(pk=change.pk) for actor in reviewers}
    monkeypatch.setattr(review, "_locked", lambda key, actor, version: (read[actor.pk].entry, read[actor.pk]))
    assert at_once(decisions(change, reviewers)) == ["OK"] * REVIEWERS
    assert OutgoingMail.objects.count() == REVIEWERS

"""Planning, moving and cancelling an event."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import icalendar
import pytest

from events import planning, registration, schedule
from events.models import Event, Registration, Seats
from events.refusals import AlreadyDecided
from network import outbox
from network.models import OutgoingMail, Person
from network.refusals import Invalid, NotPermitted
from tests.factories import NOW, PersonFactory, facts, open_event, planner

pytestmark = pytest.mark.django_db


def test_a_draft_comes_with_seats_list_and_gate() -> None:
    event = planning.plan_event(facts=facts(capacity=120), actor=planner())
    assert (event.status, event.code, event.slug) == (
        "DRAFT",
        "CAFE 001",
        "cafe-001-ban-hang-cho-nha-may-tu-ban-thu-den-hop-dong",
    )
    assert (event.seats.capacity, event.tally.admitted) == (120, 0)
    assert [str(row) for row in event.checkin_lists.all()] == ["Danh sách chính"]
    assert [str(row) for row in event.gates.all()] == ["A"]


@pytest.mark.parametrize(
    ("changes", "field", "reason"),
    [
        ({"title_vi": " "}, "title_vi", "required"),
        ({"ends_at": NOW}, "ends_at", "before_start"),
        ({"code": "café 47"}, "code", "malformed"),
        ({"code": "CAFE 001"}, "code", "taken"),
        ({"slug": "da-co"}, "slug", "taken"),
        ({"edition": 1}, "edition", "taken"),
        ({"venue_id": None}, "venue_id", "required"),
        ({"venue_id": 10**6}, "venue_id", "unknown"),
        ({"series_id": 10**6}, "series_id", "unknown"),
        ({"capacity": -1}, "capacity", "negative"),
        ({"title_en": "x" * 161}, "title_en", "too_long"),
        ({"code": "CAFE 0 01"}, "code", "malformed"),
        ({"code": "CAFE 00 10"}, "code", "taken"),
        (
            {"registration_opens_at": NOW, "registration_closes_at": NOW},
            "registration_closes_at",
            "before_opening",
        ),
    ],
)
def test_bad_facts_are_refused_at_the_field(changes: Any, field: str, reason: str) -> None:
    open_event(slug="da-co")
    open_event(code="CAFE 0010")
    if field == "edition":
        changes["code"] = "CAFE 099"
    with pytest.raises(Invalid) as refused:
        planning.plan_event(facts=facts(**changes), actor=planner())
    assert (refused.value.field, refused.value.facts["reason"]) == (field, reason)
    assert Event.objects.count() == 2


def test_events_without_a_series_get_codes_of_their_own_and_may_share_an_edition() -> None:
    alone = {"series_id": None, "edition": 1, "kind": Event.Kind.TRAINING}
    codes = [planning.plan_event(facts=facts(**alone, title_vi=f"Lớp {n}"), actor=planner()).code for n in (1, 2)]
    assert codes == ["TRAIN 2612 001", "TRAIN 2612 002"]


def test_a_draft_cannot_be_cancelled_for_that_would_show_it() -> None:
    draft = planning.plan_event(facts=facts(), actor=planner())
    with pytest.raises(AlreadyDecided):
        schedule.cancel_event(event_id=draft.pk, actor=planner(), at=NOW)
    draft.refresh_from_db()
    assert draft.status == "DRAFT"


def test_attendees_do_not_plan() -> None:
    with pytest.raises(NotPermitted):
        planning.plan_event(facts=facts(), actor=PersonFactory.create())
    assert not Event.objects.exists()


def test_a_draft_is_revised_freely_and_an_open_event_is_not() -> None:
    actor = planner()
    event = planning.plan_event(facts=facts(), actor=actor)
    changed = facts(title_vi="Tên khác", code=event.code, slug=event.slug, edition=event.edition, capacity=5)
    planning.revise_draft(event_id=event.pk, facts=changed, actor=actor)
    event.refresh_from_db()
    assert (event.title_vi, Seats.objects.get(event=event).capacity) == ("Tên khác", 5)
    planning.open_event(event_id=event.pk, actor=actor)
    with pytest.raises(AlreadyDecided):
        planning.revise_draft(event_id=event.pk, facts=changed, actor=actor)


def test_opening_never_brings_a_cancelled_event_back() -> None:
    event = open_event()
    schedule.cancel_event(event_id=event.pk, actor=planner(), at=NOW)
    assert planning.open_event(event_id=event.pk, actor=planner()).status == "CANCELLED"


def _calendar_of(mail: OutgoingMail) -> Any:
    part = list(outbox.opened(mail).walk())[-1]
    return icalendar.Calendar.from_ical(part.get_payload(decode=True))


def test_moving_an_event_raises_the_sequence_and_writes_to_everybody_with_a_place() -> None:
    event = open_event()
    stays, leaves = PersonFactory.create(), PersonFactory.create()
    for person in (stays, leaves):
        rule = registration.register(event_id=event.pk, person=person, at=NOW, channel=Registration.Channel.SITE)
    registration.cancel(registration_id=rule.pk, actor=leaves, at=NOW)
    OutgoingMail.objects.all().delete()
    later = {"starts_at": event.starts_at + timedelta(days=1), "ends_at": event.ends_at + timedelta(days=1)}
    moved = schedule.reschedule(event_id=event.pk, venue_id=event.venue_id, actor=planner(), at=NOW, **later)
    assert moved.calendar_sequence == 1
    letter = OutgoingMail.objects.get()
    (vevent,) = _calendar_of(letter).events
    assert letter.recipient == stays.email
    assert (vevent["SEQUENCE"], vevent["DTSTART"].dt) == (1, later["starts_at"])


def test_moving_nowhere_writes_to_nobody() -> None:
    event = open_event()
    registration.register(event_id=event.pk, person=PersonFactory.create(), at=NOW, channel=Registration.Channel.SITE)
    OutgoingMail.objects.all().delete()
    same = {"starts_at": event.starts_at, "ends_at": event.ends_at, "venue_id": event.venue_id}
    assert schedule.reschedule(event_id=event.pk, actor=planner(), at=NOW, **same).calendar_sequence == 0
    assert not OutgoingMail.objects.exists()


def test_a_cancelled_event_withdraws_every_invitation_and_keeps_the_registrations() -> None:
    event = open_event()
    held = registration.register(
        event_id=event.pk, person=PersonFactory.create(), at=NOW, channel=Registration.Channel.SITE
    )
    cancelled = schedule.cancel_event(event_id=event.pk, actor=planner(), at=NOW)
    invitation, withdrawal = (_calendar_of(mail) for mail in OutgoingMail.objects.order_by("id"))
    assert (cancelled.status, Registration.objects.get(pk=held.pk).status) == ("CANCELLED", "CONFIRMED")
    assert withdrawal["METHOD"] == "CANCEL"
    assert withdrawal.events[0]["UID"] == invitation.events[0]["UID"]
    assert withdrawal.events[0]["SEQUENCE"] > invitation.events[0]["SEQUENCE"]
    with pytest.raises(AlreadyDecided):
        schedule.cancel_event(event_id=event.pk, actor=planner(), at=NOW)


def _reschedule(event: Event, actor: Person) -> None:
    later = {"starts_at": NOW, "ends_at": event.ends_at}
    schedule.reschedule(event_id=event.pk, venue_id=event.venue_id, actor=actor, at=NOW, **later)


def _cancel(event: Event, actor: Person) -> None:
    schedule.cancel_event(event_id=event.pk, actor=actor, at=NOW)


@pytest.mark.parametrize("act", [_reschedule, _cancel])
def test_attendees_neither_move_nor_cancel(act: Callable[[Event, Person], None]) -> None:
    event = open_event()
    actor = PersonFactory.create()
    with pytest.raises(NotPermitted):
        act(event, actor)
    event.refresh_from_db()
    assert (event.status, event.calendar_sequence) == ("SCHEDULED", 0)

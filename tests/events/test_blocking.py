"""A blocked ticket opens no gate; nothing else about it changes."""

from uuid import uuid4

import pytest

from events import blocking, checkin, registration, tickets
from events.models import CheckInTally, Event, EventStaff, HistoryEntry, Ticket
from events.refusals import TicketNotFound, TicketNotValid
from events.scan_rows import Scan
from network.models import Person
from tests.events.scenes import counts_agree, refused, sign_up
from tests.factories import NOW, PersonFactory, main_list, on_duty, open_event

pytestmark = pytest.mark.django_db


def organiser(event: Event) -> Person:
    return on_duty(event, EventStaff.Role.ORGANISER)


def scanned(ticket: Ticket) -> tuple[str, str]:
    scan = Scan(code=tickets.code(ticket), nonce=uuid4())
    row = checkin.redeem(list_id=main_list(ticket.event).pk, scan=scan, actor=on_duty(ticket.event), at=NOW).checkin
    return str(row.status), str(row.reason)


def test_a_blocked_ticket_opens_no_gate_until_it_is_unblocked() -> None:
    event = open_event()
    ticket, other = sign_up(event).tickets.get(), sign_up(event).tickets.get()
    actor, before = organiser(event), CheckInTally.objects.get(event=event).changes
    assert blocking.block(ticket_id=ticket.pk, actor=actor, at=NOW).blocked_at == NOW
    assert (scanned(ticket), scanned(other)) == (("error", "blocked"), ("ok", ""))
    blocking.unblock(ticket_id=ticket.pk, actor=actor, at=NOW)
    assert scanned(ticket) == ("ok", "")
    assert CheckInTally.objects.get(event=event).changes == before + 2
    assert counts_agree(event)


def test_it_stands_in_the_history_once_however_often_it_is_asked_for() -> None:
    event = open_event()
    ticket, actor = sign_up(event).tickets.get(), organiser(event)
    before = set(HistoryEntry.objects.values_list("pk", flat=True))
    for act in (blocking.unblock, blocking.block, blocking.block, blocking.unblock, blocking.unblock):
        act(ticket_id=ticket.pk, actor=actor, at=NOW)
    noted = HistoryEntry.objects.exclude(pk__in=before).values_list("act", "actor", "facts")
    assert list(noted) == [(act, actor.pk, {"ticket": ticket.number}) for act in ("blocked", "unblocked")]


def test_only_who_runs_the_desk_may() -> None:
    event = open_event()
    held = sign_up(event)
    for actor in (held.person, PersonFactory.create(), on_duty(event), organiser(open_event())):
        for act in (blocking.block, blocking.unblock):
            with refused(TicketNotFound):
                act(ticket_id=held.tickets.get().pk, actor=actor, at=NOW)
    actor = organiser(event)
    with refused(TicketNotFound):
        blocking.block(ticket_id=uuid4(), actor=actor, at=NOW)


def test_a_dead_ticket_is_not_blocked() -> None:
    event = open_event()
    held, actor = sign_up(event), organiser(event)
    registration.cancel(registration_id=held.pk, actor=held.person, at=NOW)
    with refused(TicketNotValid):
        blocking.block(ticket_id=held.tickets.get().pk, actor=actor, at=NOW)

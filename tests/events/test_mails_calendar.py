"""Who is told what, with which code and which calendar part, through the rules that cause the letters."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events import approval, desk, groups, payments, registration, schedule, tickets, transfer, waiting_list
from events.letters.matter import PREFIX
from events.models import Event, Registration, TicketType
from events.party import Companion
from network import outbox
from network.models import OutgoingMail, Person
from tests.events.mailbox import Entry, entry, history, html_of, letters_to, newest, pictures, text_of
from tests.factories import NOW, PersonFactory, on_duty, open_event, planner

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    """Open, in groups of up to five."""
    event = open_event()
    TicketType.objects.filter(event=event).update(most_per_person=5)
    return event


@pytest.fixture
def host() -> Person:
    return PersonFactory.create(full_name="Phạm Thu Hà", email="ha@example.org")


@pytest.fixture
def friend() -> Person:
    """Has an account, and reads English."""
    return PersonFactory.create(full_name="Anna Lê", email="anna@example.org", preferred_language="en")


def _register(event: Event, person: Person, *companions: Companion, **facts: Any) -> Registration:
    return registration.register(
        event_id=event.pk, person=person, at=NOW, channel=Registration.Channel.SITE, companions=companions, **facts
    )


def _with(friend: Person) -> tuple[Companion, Companion]:
    return Companion(name="Trần Bích"), Companion(name="Anna Lê", email=friend.email)


def _type(event: Event, **changes: Any) -> None:
    TicketType.objects.filter(event=event).update(**changes)


def test_a_group_gets_every_code_that_it_shows_and_companions_with_an_account_their_own(
    event: Event, host: Person, friend: Person
) -> None:
    held = _register(event, host, *_with(friend))
    own, theirs = newest(host), newest(friend)
    [first, second, third] = held.tickets.order_by("number")
    assert pictures(own) == [tickets.picture(ticket, scale=6) for ticket in (first, second)]
    assert pictures(theirs) == [tickets.picture(third, scale=6)]
    assert "Vé đã gửi thẳng đến hộp thư của: Anna Lê." in text_of(own)
    assert [kind for kind, _ in letters_to(friend)] == ["companion"]
    assert "Phạm Thu Hà keeps a place for you" in text_of(theirs)
    uid = f"r{held.pk}.{event.calendar_uid}"
    assert entry(own) == Entry(method="REQUEST", uid=uid, sequence=0, status="CONFIRMED", attendees=["ha@example.org"])
    assert entry(theirs) == Entry(
        method="REQUEST",
        uid=f"r{held.pk}.p{friend.pk}.{event.calendar_uid}",
        sequence=0,
        status="CONFIRMED",
        attendees=["anna@example.org"],
    )


def test_cancelling_withdraws_the_entry_of_everybody_who_showed_a_ticket(
    event: Event, host: Person, friend: Person
) -> None:
    held = _register(event, host, *_with(friend))
    registration.cancel(registration_id=held.pk, actor=host, at=NOW + timedelta(hours=1))
    assert history(host) == [("confirmed", "REQUEST", 0), ("cancelled", "CANCEL", 3)]
    assert history(friend) == [("companion", "REQUEST", 0), ("place_withdrawn", "CANCEL", 3)]
    for person in (host, friend):
        asked, withdrawn = (entry(message) for _kind, message in letters_to(person))
        assert asked is not None
        assert withdrawn is not None
        assert (withdrawn.uid, withdrawn.status, withdrawn.attendees) == (asked.uid, "CANCELLED", [person.email])


def test_a_move_updates_every_entry_and_a_cancelled_event_withdraws_it(
    event: Event, host: Person, friend: Person
) -> None:
    _register(event, host, *_with(friend))
    later = {"starts_at": event.starts_at + timedelta(days=1), "ends_at": event.ends_at + timedelta(days=1)}
    schedule.reschedule(event_id=event.pk, venue_id=event.venue_id, actor=planner(), at=NOW, **later)
    schedule.cancel_event(event_id=event.pk, actor=planner(), at=NOW)
    assert history(host)[1:] == [("moved", "REQUEST", 1), ("event_cancelled", "CANCEL", 2)]
    assert history(friend)[1:] == [("moved", "REQUEST", 1), ("event_cancelled", "CANCEL", 2)]
    assert "06/12/2026" in text_of(letters_to(host)[1][1])


def test_who_was_never_invited_gets_no_calendar_part(event: Event, host: Person) -> None:
    _type(event, needs_approval=True)
    _register(event, host)
    later = {"starts_at": event.starts_at + timedelta(days=1), "ends_at": event.ends_at + timedelta(days=1)}
    schedule.reschedule(event_id=event.pk, venue_id=event.venue_id, actor=planner(), at=NOW, **later)
    registered = Registration.objects.get()
    registration.cancel(registration_id=registered.pk, actor=host, at=NOW)
    assert history(host) == [("received", "", -1), ("moved", "", -1), ("cancelled", "", -1)]


def test_a_ticket_handed_on_leaves_one_calendar_and_enters_another(event: Event, host: Person, friend: Person) -> None:
    held = _register(event, host)
    ticket = held.tickets.get()
    transfer.hand_on(ticket_id=ticket.pk, name="Anna Lê", email=friend.email, actor=host, at=NOW)
    ticket.refresh_from_db()
    assert history(host) == [("confirmed", "REQUEST", 0), ("transferred_away", "CANCEL", 1)]
    assert history(friend) == [("transferred_to", "REQUEST", 1)]
    assert pictures(newest(friend)) == [tickets.picture(ticket, scale=6)]
    assert pictures(newest(host)) == []
    assert "Phạm Thu Hà gave you a ticket" in text_of(newest(friend))
    assert "Vé nay là của Anna Lê" in text_of(newest(host))
    transfer.hand_on(ticket_id=ticket.pk, name="Phạm Thu Hà", email=host.email, actor=friend, at=NOW)
    assert history(friend)[1:] == [("transferred_away", "CANCEL", 2)]
    assert history(host)[2:] == [("transferred_to", "REQUEST", 2)]


def test_who_still_shows_another_ticket_keeps_the_entry(event: Event, host: Person, friend: Person) -> None:
    held = _register(event, host, Companion(name="Trần Bích"))
    ticket = held.tickets.order_by("number").last()
    assert ticket is not None
    transfer.hand_on(ticket_id=ticket.pk, name="Anna Lê", email=friend.email, actor=host, at=NOW)
    assert history(host)[1:] == [("transferred_away", "", -1)]


def test_a_letter_written_late_shows_the_old_code_not_the_new_one(event: Event, host: Person, friend: Person) -> None:
    """The worker was down: the ticket was handed on before its first letter was written."""
    held = _register(event, host)
    ticket = held.tickets.get()
    first = tickets.picture(ticket, scale=6)
    transfer.hand_on(ticket_id=ticket.pk, name="Anna Lê", email=friend.email, actor=host, at=NOW)
    confirmation = letters_to(host)[0][1]
    assert pictures(confirmation) == [first]
    assert "Anna" not in html_of(confirmation)


def test_people_who_join_a_group_get_their_codes(event: Event, host: Person, friend: Person) -> None:
    held = _register(event, host)
    groups.add(registration_id=held.pk, companions=_with(friend), actor=host, at=NOW)
    assert history(host)[1:] == [("people_added", "", -1)]
    assert history(friend) == [("companion", "REQUEST", 0)]
    added = held.tickets.order_by("number")[1]
    assert pictures(newest(host)) == [tickets.picture(added, scale=6)]
    assert "Vé đã gửi thẳng đến hộp thư của: Anna Lê." in text_of(newest(host))


def test_a_companions_place_given_back_withdraws_their_entry_and_a_new_one_stands_above(
    event: Event, host: Person, friend: Person
) -> None:
    held = _register(event, host, *_with(friend))
    theirs = held.tickets.get(holder=friend)
    groups.leave(ticket_id=theirs.pk, actor=host, at=NOW)
    groups.add(registration_id=held.pk, companions=[_with(friend)[1]], actor=host, at=NOW)
    assert history(friend) == [
        ("companion", "REQUEST", 0),
        ("place_withdrawn", "CANCEL", 1),
        ("companion", "REQUEST", 1),
    ]


def test_the_waiting_list_writes_at_every_turn(host: Person) -> None:
    event = open_event(capacity=1)
    first = _register(event, PersonFactory.create())
    _register(event, host, waits=True)
    assert "Thứ tự của bạn trong danh sách: 1 / 1" in text_of(newest(host))
    registration.cancel(registration_id=first.pk, actor=first.person, at=NOW)
    waiting = Registration.objects.get(person=host)
    waiting_list.expire_due(at=NOW + timedelta(days=2))
    again = _register(event, host)
    assert history(host) == [
        ("waitlisted", "", -1),
        ("offered", "", -1),
        ("offer_expired", "", -1),
        ("confirmed", "REQUEST", 0),
    ]
    assert "đến 09:00, Thứ Ba, 24/11/2026" in text_of(letters_to(host)[1][1])
    assert waiting.pk != again.pk


def test_an_accepted_offer_is_still_written_with_its_deadline(host: Person) -> None:
    """The draft remembers what the acceptance wipes from the row."""
    event = open_event(capacity=1)
    first = _register(event, PersonFactory.create())
    waiting = _register(event, host, waits=True)
    registration.cancel(registration_id=first.pk, actor=first.person, at=NOW)
    waiting_list.accept(registration_id=waiting.pk, actor=host, at=NOW)
    assert history(host)[1:] == [("offered", "", -1), ("confirmed", "REQUEST", 0)]
    assert "đến 09:00, Thứ Ba, 24/11/2026" in text_of(letters_to(host)[1][1])


def test_a_declined_offer_is_answered(host: Person) -> None:
    event = open_event(capacity=1)
    first = _register(event, PersonFactory.create())
    waiting = _register(event, host, waits=True)
    registration.cancel(registration_id=first.pk, actor=first.person, at=NOW)
    waiting_list.decline(registration_id=waiting.pk, actor=host, at=NOW)
    assert history(host)[-1] == ("declined", "", -1)


@pytest.mark.parametrize(("act", "told"), [(approval.approve, "confirmed"), (approval.reject, "rejected")])
def test_a_decision_is_told(event: Event, host: Person, act: Callable[..., Any], told: str) -> None:
    _type(event, needs_approval=True)
    held = _register(event, host)
    act(registration_id=held.pk, actor=on_duty(event, "ORGANISER"), at=NOW)
    assert [kind for kind, _ in letters_to(host)] == ["received", told]


def test_a_ticket_sent_again_is_the_same_ticket(event: Event, host: Person, friend: Person) -> None:
    held = _register(event, host, *_with(friend))
    desk.resend(registration_id=held.pk, actor=on_duty(event, "ORGANISER"), at=NOW)
    assert pictures(newest(host)) == pictures(letters_to(host)[0][1])
    assert history(host)[1:] == [("resent", "REQUEST", 0)]
    assert history(friend)[1:] == [("resent", "REQUEST", 0)]
    assert "sửa câu trả lời" in text_of(newest(host))
    assert "change your answers" not in text_of(newest(friend))


def test_a_fee_is_asked_for_with_the_banks_code(event: Event, host: Person, friend: Person) -> None:
    _type(event, fee=150_000)
    bank = {"bank_code": "970436", "bank_account": "0123456789", "bank_holder": "TRUNG TAM DMST"}
    Event.objects.filter(pk=event.pk).update(**bank)
    held = _register(event, host, *_with(friend))
    own = newest(host)
    assert "Cần nộp: 450.000 đồng" in text_of(own)
    assert "Ngân hàng: Vietcombank" in text_of(own)
    assert f"Nội dung chuyển khoản: {payments.message(held)}" in text_of(own)
    assert len(pictures(own)) == 3
    assert "cid:vietqr" in html_of(own)
    assert "VND" not in text_of(newest(friend))
    payments.receive(registration_id=held.pk, actor=on_duty(event, "ORGANISER"), at=NOW)
    assert "Chúng tôi đã nhận 450.000 đồng." in text_of(newest(host))


def test_without_a_bank_account_a_fee_is_paid_on_the_spot(event: Event, host: Person) -> None:
    _type(event, fee=150_000)
    _register(event, host)
    assert "Nộp tại chỗ khi đến." in text_of(newest(host))
    assert len(pictures(newest(host))) == 1


def test_who_takes_part_online_gets_the_link(host: Person) -> None:
    event = open_event(attendance=Event.Attendance.ONLINE, venue_id=None, online_url="https://meet.example.org/47")
    _register(event, host)
    assert "https://meet.example.org/47" in text_of(newest(host))


def test_a_letter_whose_reader_is_gone_is_dropped_and_holds_nobody_up(event: Event, host: Person) -> None:
    _register(event, host)
    Person.objects.filter(pk=host.pk).update(is_active=False)
    assert outbox.deliver_due(at=NOW) == 0
    mail = OutgoingMail.objects.get()
    assert (mail.mime, mail.sent_at, mail.attempts, mail.last_error) == (None, None, 8, "dropped: the reader")
    OutgoingMail.objects.filter(pk=mail.pk).update(recipient=host.email)
    assert outbox.deliver_due(at=NOW + timedelta(days=9)) == 0


def test_every_letter_of_a_rule_is_a_draft_of_its_thread(event: Event, host: Person, friend: Person) -> None:
    held = _register(event, host, *_with(friend))
    drafts = OutgoingMail.objects.order_by("pk").values_list("kind", "thread", "mime", "subject")
    assert list(drafts) == [
        (f"{PREFIX}confirmed", f"registration:{held.pk}", None, ""),
        (f"{PREFIX}companion", f"registration:{held.pk}:{friend.pk}", None, ""),
    ]


def test_moving_an_event_takes_as_many_statements_for_30_as_for_3(event: Event) -> None:
    actor, counts = planner(), []
    for day, people in ((1, 0), (2, 3), (3, 27)):
        for _ in range(people):
            _register(event, PersonFactory.create())
        later = {"starts_at": event.starts_at + timedelta(days=day), "ends_at": event.ends_at + timedelta(days=day)}
        with CaptureQueriesContext(connection) as asked:
            schedule.reschedule(event_id=event.pk, venue_id=event.venue_id, actor=actor, at=NOW, **later)
        counts.append(len(asked))
    assert counts[1] == counts[2]
    assert OutgoingMail.objects.filter(kind=f"{PREFIX}moved").count() == 3 + 30

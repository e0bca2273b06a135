"""Many registrations: somebody's own at many events, and many people's at one."""

from __future__ import annotations

from django.core.files.base import ContentFile

from events import answer_files, groups, transfer
from events.models import Event, Question, Registration, TicketType
from events.party import Companion
from network.models import Person
from tests.api.attendance import asked, kind_of, taken
from tests.events.scenes import pool
from tests.factories import NOW, PersonFactory, open_event

PDF = b"%PDF-1.7 one page"


def gathering(**facts: object) -> Event:
    """An open event without a series that takes transfers."""
    event = open_event(series_id=None, edition=None, kind="TRAINING", **facts)
    account = {"bank_code": "970436", "bank_account": "0123456789", "bank_holder": "Trung tâm"}
    Event.objects.filter(pk=event.pk).update(**account)
    return Event.objects.get(pk=event.pk)


def lunch(event: Event, **facts: object) -> TicketType:
    """A ticket type with a fee, from a pool of its own."""
    quota = pool(event, f"Bàn {event.ticket_types.count()}", 500)
    return kind_of(event, "Bữa trưa", fee=150_000, quota_ids=(quota.pk,), **facts)


def form(event: Event) -> tuple[Question, Question]:
    """A choice, and a file that is asked for because of it."""
    leading = asked(event)
    facts = {"kind": "FILE", "label_vi": "Hồ sơ", "choices": (), "shown_if_id": leading.pk, "shown_if_values": ("M",)}
    return leading, asked(event, **facts)


def comes(event: Event, person: Person, kind: TicketType, questions: tuple[Question, Question], **more: object) -> None:
    """Somebody registers with a companion, a choice and a file."""
    file = answer_files.upload(person=person, given=ContentFile(PDF, name="ho-so.pdf"), at=NOW)
    answers = {questions[0].pk: "M", questions[1].pk: str(file.pk)}
    taken(event, person, kind, companions=[Companion(name="Bạn Cùng Đi")], answers=answers, **more)


def one_more_of_mine(viewer: Person) -> None:
    """The viewer is confirmed at one more event."""
    event = gathering()
    comes(event, viewer, lunch(event), form(event))


def others_too(viewer: Person) -> None:
    """The viewer waits at one more event, and is handed a ticket of another."""
    full = gathering(capacity=0)
    comes(full, viewer, lunch(full), form(full), waits=True)
    others = gathering()
    given = taken(others, PersonFactory.create(), lunch(others))
    ticket = given.tickets.get()
    transfer.hand_on(ticket_id=ticket.pk, name="Vũ An", email=viewer.email, actor=given.person, at=NOW)


class Hall:
    """An event with as many registrations as are asked for, in several states."""

    def __init__(self) -> None:
        self.event = gathering(capacity=1_000)
        self.kind = lunch(self.event)
        self.picked = kind_of(self.event, "Nhà đầu tư", needs_approval=True)
        self.questions = form(self.event)
        full = pool(self.event, "Không còn chỗ", 0)
        self.full = kind_of(self.event, "Bàn đầu", quota_ids=(full.pk,))

    def one_more(self) -> None:
        """One more of each: confirmed with a group, waiting for approval, and for a place."""
        comes(self.event, PersonFactory.create(phone="+84912345678"), self.kind, self.questions)
        comes(self.event, PersonFactory.create(), self.picked, self.questions)
        comes(self.event, PersonFactory.create(), self.full, self.questions, waits=True)
        newest = Registration.objects.filter(event=self.event, status="CONFIRMED").latest("pk")
        companions = [Companion(name="Lê An")]
        groups.add(registration_id=newest.pk, companions=companions, actor=newest.person, at=NOW)

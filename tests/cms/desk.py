"""An event with a desk that has something to do, for the tests of the desk."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import product
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import Permission
from django.urls import reverse

from events import approval, capacity, questions, registration, ticket_types
from events.models import Answer, CheckIn, Event, Question, Quota, Registration, Ticket, TicketType
from events.party import Companion
from events.questions import QuestionFacts
from events.ticket_types import TypeFacts
from network.models import Person
from network.vietnamese import fold, name_sort_key
from tests.factories import NOW, PersonFactory, main_list, open_event, planner

FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Đặng", "Vũ", "Bùi", "Đỗ", "Hồ", "Ngô")
MIDDLES = ("Văn", "Thị", "Hữu", "Ngọc", "Minh")
GIVEN = ("An", "Bình", "Châu", "Dũng", "Đức", "Giang", "Hà", "Khánh", "Thảo", "Vy")


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Two ticket types (teams pay and are approved; the audience shares a pool of two), a question, an event."""

    event: Event
    team: TicketType
    audience: TicketType
    chairs: Quota
    role: Question

    def come(self, name: str, ticket_type: TicketType | None = None, **facts: Any) -> Registration:
        """Somebody of this name registers; for the audience unless told otherwise."""
        person = PersonFactory.create(full_name=name, **facts.pop("person", {}))
        return self.register(person, ticket_type or self.audience, **facts)

    def register(self, person: Person, ticket_type: TicketType, **facts: Any) -> Registration:
        """A person registers and waits if need be."""
        return registration.register(
            event_id=self.event.pk,
            person=person,
            at=facts.pop("at", NOW),
            channel=facts.pop("channel", Registration.Channel.SITE),
            ticket_type_id=ticket_type.pk,
            companions=[Companion(name=each) for each in facts.pop("with_", ())],
            waits=True,
            **facts,
        )

    def approve(self, row: Registration) -> Registration:
        """An organiser approves."""
        return approval.approve(registration_id=row.pk, actor=planner_of_desk(), at=NOW)

    def url(self, name: str = "registrations", *more: Any) -> str:
        """The address of a page of the desk."""
        return reverse(f"event:{name}", args=[self.event.pk, *more])


def planner_of_desk() -> Person:
    """Somebody who plans events and runs every desk."""
    return PersonFactory.create(is_superuser=True)


def desk_of(**changes: Any) -> Desk:
    """An open event with its types, pool and question."""
    event, actor = open_event(**changes), planner()
    chairs = capacity.set_quota(event_id=event.pk, name="Ghế", capacity=2, actor=actor, at=NOW)
    team = TypeFacts(name_vi="Đội", name_en="Team", fee=150_000, needs_approval=True, most_per_person=4)
    audience = TypeFacts(name_vi="Khán giả", name_en="Audience", quota_ids=(chairs.pk,))
    role = QuestionFacts(
        kind="CHOICE", label_vi="Vai trò?", label_en="Role?", choices=({"vi": "Kỹ sư"}, {"vi": "Kỹ sư cảng"})
    )
    return Desk(
        event=event,
        team=ticket_types.change(ticket_type_id=event.ticket_types.get().pk, facts=team, actor=actor, at=NOW),
        audience=ticket_types.add(event_id=event.pk, facts=audience, actor=actor),
        chairs=chairs,
        role=questions.add(event_id=event.pk, facts=role, actor=actor),
    )


def organiser_of(event: Event) -> Person:
    """Runs this event and no other, and works in the admin."""
    person = PersonFactory.create(is_staff=True)
    person.user_permissions.add(Permission.objects.get(codename="access_admin"))
    event.staff.create(person=person, role="ORGANISER")
    return person


def crowd(desk: Desk, registrations: int) -> None:
    """So many people of the team's type, written in bulk: confirmed but for every fifth, every fourth in a group, every
    third answered, half of them in."""
    rows = Registration.objects.bulk_create(
        Registration(
            event=desk.event,
            person=person,
            ticket_type=desk.team,
            number=100 + n,
            status="CONFIRMED" if n % 5 else "PENDING",
            quantity=1 if n % 4 else 2,
            channel="SITE",
            created_at=NOW + timedelta(minutes=n),
        )
        for n, person in enumerate(_people(registrations))
    )
    version = desk.role.versions.get()
    Answer.objects.bulk_create(
        Answer(registration=row, question=desk.role, version=version, value="Kỹ sư", answered_at=NOW)
        for row in rows[::3]
    )
    _admit(desk, _tickets(desk, [row for row in rows if row.status == "CONFIRMED"])[::2])


def _people(count: int) -> list[Person]:
    names = [" ".join(parts) for parts in product(FAMILIES, MIDDLES, GIVEN)]
    return Person.objects.bulk_create(
        Person(
            email=f"crowd{n}@example.org",
            full_name=(name := names[n % len(names)]),
            search_text=fold(name),
            sort_key=name_sort_key(name),
            phone=f"+8491{n:07d}",
        )
        for n in range(count)
    )


def _tickets(desk: Desk, rows: list[Registration]) -> list[Ticket]:
    code = desk.event.code
    return Ticket.objects.bulk_create(
        Ticket(
            registration=row,
            event=desk.event,
            number=f"{code} {row.number:05d}{place} · 0",
            spoken_number=f"{code}{row.number:05d}{place}0".replace(" ", ""),
            holder_name="Người Đi Cùng" if place else row.person.full_name,
            issued_at=NOW,
        )
        for row in rows
        for place in range(row.quantity)
    )


def _admit(desk: Desk, tickets: list[Ticket]) -> None:
    facts = {
        "list": main_list(desk.event),
        "event": desk.event,
        "scanned_at": NOW,
        "received_at": NOW,
        "status": "ok",
        "turn": 1,
    }
    CheckIn.objects.bulk_create(CheckIn(ticket=ticket, nonce=uuid4(), **facts) for ticket in tickets)

"""A desk with something to decide: two kinds of tickets, fees, questions, applications, groups, and a queue.

All of it is done by the rules, in the order in which people would have done it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from config.demo import logins, people
from config.demo.dates import Calendar
from config.demo.gatherings import Gathering
from events import answers, approval, capacity, payments, questions, registration, ticket_types, waiting_list
from events.models import Event, Question, Registration, TicketType
from events.party import Companion
from events.questions import QuestionFacts
from events.ticket_types import TypeFacts
from network.models import Consent, Person

CODE = "LT 001"
FEE = 150_000
TEAMS, AUDIENCE = 40, 24
APPLICATIONS, LISTENERS = 22, 33
DECLINES, CANCELS = 2, 4
ROLES = (
    {"value": "code", "vi": "Viết phần mềm", "en": "Writing software"},
    {"value": "design", "vi": "Thiết kế", "en": "Design"},
    {"value": "business", "vi": "Bán hàng, vận hành", "en": "Sales and operations"},
    {"value": "port", "vi": "Hiểu việc ở cảng", "en": "Knowing the port"},
)
LUNCHES = (
    {"value": "any", "vi": "Ăn thường", "en": "Everything"},
    {"value": "vegetarian", "vi": "Ăn chay", "en": "Vegetarian"},
    {"value": "none", "vi": "Không ăn trưa", "en": "No lunch"},
)
SCHOOLS = ("Đại học Hàng hải", "Đại học Hải Phòng", "Cảng Nam Đình Vũ", "Tự do", "Trường chuyên Trần Phú")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The questions of the event, by what they are about."""

    role: Question
    lunch: Question
    school: Question
    laptop: Question
    note: Question


def load(loaded: list[Gathering], calendar: Calendar) -> None:
    """Set the event up and let people come, if it was just made."""
    if CODE not in {each.code for each in loaded}:
        return
    event, organiser = Event.objects.get(code=CODE), logins.person(logins.ORGANISER)
    team, audience = _types(event, organiser, calendar.now)
    asked = _questions(event, team, organiser)
    Event.objects.filter(pk=event.pk).update(
        bank_code="970436", bank_account="0031000123456", bank_holder="Startup Hải Phòng"
    )
    crowd = Random(CODE).sample(people.guests(), APPLICATIONS + LISTENERS)
    chance, moments = Random(f"{CODE} answers"), _moments(calendar.now, len(crowd))
    applied = [
        _apply(person, team, asked, next(moments), chance, brought=index % 4 if index % 3 == 0 else 0)
        for index, person in enumerate(crowd[:APPLICATIONS])
    ]
    listeners = [_listen(person, audience, asked, next(moments), chance) for person in crowd[APPLICATIONS:]]
    _decide(applied, organiser, calendar.now)
    _change_their_minds(listeners, calendar.now)
    note = {asked.note.pk: "Đã gọi điện, rất hợp với đề bài của bãi container."}
    answers.change(registration_id=applied[0].pk, answers=note, actor=organiser, at=calendar.now)


def _types(event: Event, organiser: Person, at: datetime) -> tuple[TicketType, TicketType]:
    desks = capacity.set_quota(event_id=event.pk, name="Bàn làm việc", capacity=TEAMS, actor=organiser, at=at)
    chairs = capacity.set_quota(event_id=event.pk, name="Ghế khán giả", capacity=AUDIENCE, actor=organiser, at=at)
    team = TypeFacts(
        name_vi="Đội làm thử",
        name_en="Building team",
        description_vi="Trọn hai ngày, có bàn, có cố vấn, có cơm. Ban tổ chức chọn đội.",
        description_en="Both days, with a desk, mentors and meals. The organisers choose the teams.",
        fee=FEE,
        needs_approval=True,
        most_per_person=4,
        quota_ids=(desks.pk,),
    )
    audience = TypeFacts(
        name_vi="Khán giả buổi trình bày",
        name_en="Audience of the final",
        description_vi="Chiều Chủ nhật: nghe các đội trình bày.",
        description_en="Sunday afternoon: hear the teams.",
        quota_ids=(chairs.pk,),
    )
    first = event.ticket_types.get()
    return (
        ticket_types.change(ticket_type_id=first.pk, facts=team, actor=organiser, at=at),
        ticket_types.add(event_id=event.pk, facts=audience, actor=organiser),
    )


def _questions(event: Event, team: TicketType, organiser: Person) -> Asked:
    def ask(**facts: Any) -> Question:
        return questions.add(event_id=event.pk, facts=QuestionFacts(**facts), actor=organiser)

    of_teams = {"ticket_type_ids": (team.pk,)}
    return Asked(
        role=ask(
            kind="CHOICE", label_vi="Bạn góp gì cho đội?", label_en="What do you bring to the team?",
            choices=ROLES, is_required=True, **of_teams,
        ),
        school=ask(kind="SHORT_TEXT", label_vi="Trường hoặc công ty", label_en="School or company"),
        lunch=ask(
            kind="CHOICES", label_vi="Bữa trưa", label_en="Lunch", choices=LUNCHES, most=2,
            help_text_vi="Chọn tối đa hai.", help_text_en="At most two.", **of_teams,
        ),
        laptop=ask(kind="YES_NO", label_vi="Bạn mang theo máy tính?", label_en="Do you bring a laptop?", **of_teams),
        note=ask(kind="LONG_TEXT", label_vi="Ghi chú của ban tổ chức", label_en="Note", is_staff_only=True),
    )  # fmt: skip


def _moments(now: datetime, count: int) -> Iterator[datetime]:
    """One after the other in the ten days before now."""
    chance = Random(f"{CODE} moments")
    yield from sorted(now - timedelta(minutes=chance.randint(24 * 60, 10 * 24 * 60)) for _ in range(count))


def _apply(
    person: Person, team: TicketType, asked: Asked, at: datetime, chance: Random, *, brought: int
) -> Registration:
    names = Random(f"{person.email} brings").sample(people.guests(), brought)
    return registration.register(
        event_id=team.event_id,
        person=person,
        at=at,
        channel=chance.choice([Registration.Channel.SITE, Registration.Channel.API]),
        ticket_type_id=team.pk,
        companions=[Companion(name=each.full_name) for each in names],
        answers={
            asked.role.pk: chance.choice(ROLES)["value"],
            asked.school.pk: chance.choice(SCHOOLS),
            asked.lunch.pk: [chance.choice(LUNCHES)["value"]],
            asked.laptop.pk: chance.random() < 0.8,
        },
        consents=[Consent.Purpose.REGISTRATION],
    )


def _listen(person: Person, audience: TicketType, asked: Asked, at: datetime, chance: Random) -> Registration:
    return registration.register(
        event_id=audience.event_id,
        person=person,
        at=at,
        channel=Registration.Channel.SITE,
        ticket_type_id=audience.pk,
        answers={asked.school.pk: chance.choice(SCHOOLS)},
        consents=[Consent.Purpose.REGISTRATION],
        waits=True,
    )


def _decide(applied: list[Registration], organiser: Person, now: datetime) -> None:
    """Most are in, two are not, the last ones wait for an answer; some have paid."""
    decided = now - timedelta(hours=20)
    for index, each in enumerate(applied[:14]):
        decide = approval.reject if index in (5, 9) else approval.approve
        decide(registration_id=each.pk, actor=organiser, at=decided + timedelta(minutes=index))
    for each in applied[:5]:
        payments.receive(registration_id=each.pk, actor=organiser, at=now - timedelta(hours=3))


def _change_their_minds(listeners: list[Registration], now: datetime) -> None:
    """Some give their places back; of those who are offered one, somebody accepts and somebody does not."""
    for index, each in enumerate(listeners[:CANCELS]):
        registration.cancel(registration_id=each.pk, actor=each.person, at=now - timedelta(hours=22 - 5 * index))
    offered = Registration.objects.filter(pk__in=[each.pk for each in listeners], status=Registration.Status.OFFERED)
    for index, each in enumerate(offered.select_related("person").order_by("number")[:DECLINES]):
        act = waiting_list.decline if index else waiting_list.accept
        act(registration_id=each.pk, actor=each.person, at=now - timedelta(hours=2))

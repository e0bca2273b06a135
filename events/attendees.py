"""The attendee list: whom an organiser asks for, found without accents, in few statements however long it is."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Prefetch, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast
from django.utils.timezone import make_aware

from events.models import Answer, CheckIn, Registration, Ticket
from events.tickets import spoken
from network.vietnamese import fold, search_words

Status = Registration.Status
LEAST_OF_ADDRESS = 3
LEAST_OF_PHONE = 4
"""Fewer letters of an address, or last digits of a phone, would find half of the list."""
NATIONAL_DIGITS = 10
LONGEST_NUMBER = 7


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Whom an organiser asks for; nothing given is everybody. Several values of one kind are alternatives.

    `answers` are "question:choice"; `numbers` are registrations picked by hand; `since` and `until` are days.
    """

    statuses: tuple[str, ...] = ()
    ticket_types: tuple[int, ...] = ()
    payments: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    came: bool | None = None
    since: date | None = None
    until: date | None = None
    search: str = ""
    numbers: tuple[int, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return what is asked for as JSON values, without what is not."""
        given = {each.name: getattr(self, each.name) for each in fields(self)}
        stated = {name: value for name, value in given.items() if value not in ((), None, "")}
        return {
            name: value.isoformat() if isinstance(value, date) else list(value) if isinstance(value, tuple) else value
            for name, value in stated.items()
        }

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> "Wanted":
        """Return what `as_json` gave."""
        known = {each.name for each in fields(cls)}
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in given.items() if name in known
        }
        for name in ("since", "until"):
            if name in values:
                values[name] = date.fromisoformat(values[name])
        return cls(**values)


def found(*, event_id: int, wanted: Wanted) -> QuerySet[Registration]:
    """Return the registrations of an event that are asked for, in no order. The caller asks `may_run_desk`."""
    rows = Registration.objects.filter(event=event_id)
    listed = {
        "status__in": wanted.statuses,
        "ticket_type__in": wanted.ticket_types,
        "payment__in": wanted.payments,
        "channel__in": wanted.channels,
        "language__in": wanted.languages,
        "number__in": wanted.numbers,
    }
    rows = rows.filter(**{name: values for name, values in listed.items() if values})
    if wanted.came is not None:
        stands = CheckIn.objects.filter(ticket__registration=OuterRef("pk"), status="ok", annulled_at=None)
        rows = rows.filter(Exists(stands) if wanted.came else ~Exists(stands))
    if wanted.since:
        rows = rows.filter(created_at__gte=_midnight(wanted.since))
    if wanted.until:
        rows = rows.filter(created_at__lt=_midnight(wanted.until + timedelta(days=1)))
    if wanted.answers:
        rows = rows.filter(_answered(wanted.answers))
    if wanted.search.strip():
        rows = rows.filter(_named(event_id, wanted.search))
    return rows.order_by()


def loaded(rows: QuerySet[Registration]) -> QuerySet[Registration]:
    """Return the rows with what a file shows: person, ticket type, `every_ticket`, and each ticket's `admissions`."""
    admissions = CheckIn.objects.filter(status=CheckIn.Status.OK, annulled_at=None).order_by("scanned_at")
    tickets = Ticket.objects.order_by("number").prefetch_related(Prefetch("checkins", admissions, to_attr="admissions"))
    return rows.select_related("person", "ticket_type").prefetch_related(
        Prefetch("tickets", tickets, to_attr="every_ticket")
    )


def listed(rows: QuerySet[Registration]) -> QuerySet[Registration]:
    """Return the rows with what a line of the list shows, in one statement: person, ticket type, and from the doors how
    many of its tickets are `admitted` and when the first was (`admitted_at`)."""
    standing = CheckIn.objects.filter(ticket__registration=OuterRef("pk"), status="ok", annulled_at=None).order_by()
    of_one = standing.values("ticket__registration")
    return rows.select_related("person", "ticket_type").annotate(
        admitted=Subquery(of_one.annotate(tickets=Count("ticket", distinct=True)).values("tickets")),
        admitted_at=Subquery(of_one.annotate(first=Min("scanned_at")).values("first")),
    )


def _midnight(day: date) -> datetime:
    return make_aware(datetime.combine(day, time.min))


def _answered(choices: Iterable[str]) -> Q:
    """Of one question, any of the choices; of several questions, all of them."""
    by_question: dict[int, Q] = {}
    for choice in choices:
        question, _, value = choice.partition(":")
        if question.isdigit():
            by_question[int(question)] = by_question.get(int(question), Q()) | _says(value)
    asked = Q()
    for number, says in by_question.items():
        answers = Answer.objects.annotate(text=Cast("value", TextField()))
        asked &= Q(Exists(answers.filter(says, question=number, registration=OuterRef("pk"))))
    return asked


def _says(value: str) -> Q:
    """The answer is this choice, or has it among several, or is this yes or no: as the databases write JSON."""
    if value in ("true", "false"):
        return Q(text=value)
    return Q(text__contains=json.dumps(value)) | Q(text__contains=json.dumps(value, ensure_ascii=False))


def _named(event_id: int, search: str) -> Q:
    """By name, also of people brought along; by e-mail, the last digits of a phone, or a number."""
    words = search_words(search)
    text, digits = search.strip().lower(), "".join(mark for mark in search if mark.isdigit())
    by_name = Q()
    for word in words:
        by_name &= Q(person__search_text__contains=word)
    asked = by_name | Q(pk__in=brought_along(event_id, words))
    if len(text) >= LEAST_OF_ADDRESS and len(words) == 1:
        asked |= Q(person__email__contains=text)
        asked |= _with_ticket(event_id, Q(holder__email__contains=text))
    if digits and not any(mark.isalpha() for mark in text):
        return asked | _numbered(event_id, digits)
    if digits:
        asked |= _with_ticket(event_id, Q(spoken_number__startswith=spoken(text)))
    return asked


def _numbered(event_id: int, digits: str) -> Q:
    asked = Q()
    if len(digits) >= LEAST_OF_PHONE:
        is_national = len(digits) == NATIONAL_DIGITS and digits.startswith("0")
        asked |= Q(person__phone__endswith=digits[1:] if is_national else digits)
        asked |= _with_ticket(event_id, Q(spoken_number__endswith=digits))
    if len(digits) <= LONGEST_NUMBER:
        asked |= Q(number=int(digits))
        asked |= _with_ticket(event_id, Q(number__contains=f" {int(digits):04d} ·"))
    return asked


def _with_ticket(event_id: int, asked: Q) -> Q:
    return Q(pk__in=Ticket.objects.filter(asked, event=event_id).values("registration"))


def brought_along(event_id: int, words: list[str]) -> list[int]:
    """Registrations on which somebody else of that name comes along: on a ticket, or waiting for one.

    Read and folded here: names on tickets have no folded column, and most are the registrants' own, left out.
    """
    if not any(mark.isalpha() for word in words for mark in word):
        return []
    others = ~Q(tickets__holder_name=F("person__full_name")) | Q(quantity__gt=1)
    rows = Registration.objects.filter(others, event=event_id).order_by()
    hits = set()
    for registration_id, holder, companions in rows.values_list("pk", "tickets__holder_name", "companions"):
        names = [holder or "", *(companion["name"] for companion in companions)]
        if any(all(word in folded for word in words) for folded in map(fold, names)):
            hits.add(registration_id)
    return sorted(hits)

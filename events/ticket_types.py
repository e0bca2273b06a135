"""Ticket types of an event and the pools of places that they share: made and changed by organisers."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet

from events import permissions, seats, waiting_list
from events.labels import LONGEST, label
from events.models import CheckInList, Event, Invitation, Question, Quota, Registration, TicketType
from events.refusals import (
    CapacityBelowTaken,
    EventNotFound,
    RegistrationClosed,
    RegistrationNotYetOpen,
    TicketTypeInUse,
    TicketTypeNotOffered,
)
from network.models import Person
from network.refusals import Invalid, NotFound, NotPermitted
from network.statements import compiled

MOST_FEE = 100_000_000
"""đồng: what a person could still mean. A VietQR amount has room for more."""


@dataclass(frozen=True, kw_only=True)
class TypeFacts:
    """What an organiser says of a ticket type. `fee` in đồng for one person; `quota_ids` of the same event."""

    name_vi: str
    name_en: str = ""
    description_vi: str = ""
    description_en: str = ""
    fee: int = 0
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    is_hidden: bool = False
    needs_approval: bool = False
    most_per_person: int = 1
    is_active: bool = True
    quota_ids: tuple[int, ...] = ()


def refuse_closed(event: Event | None, at: datetime, *, by_desk: bool = False) -> Event:
    """Return the event if it takes registrations at `at`; `by_desk`, whatever its window, until it ends.

    Raises EventNotFound (also for a draft), RegistrationNotYetOpen, RegistrationClosed.
    """
    if event is None or not event.is_public:
        raise EventNotFound()
    if by_desk and event.status != Event.Status.CANCELLED and at < event.ends_at:
        return event
    if event.registration_opens_at and at < event.registration_opens_at:
        raise RegistrationNotYetOpen(opens_at=event.registration_opens_at)
    if not event.is_open_for_registration(at):
        raise RegistrationClosed(status=event.status)
    return event


def known(*, event_id: int) -> list[TicketType]:
    """Return an event's ticket types in their order, each with the event and its seats.

    One statement. Raises EventNotFound: every event has a type.
    """
    found = _with_event(event_id=event_id)
    if not found:
        raise EventNotFound()
    return found


@compiled
def _with_event(event_id: Any) -> QuerySet[TicketType]:
    return TicketType.objects.filter(event_id=event_id).select_related("event__seats")


def chosen(
    *,
    known: Iterable[TicketType],
    ticket_type_id: int | None,
    invitation: Invitation | None,
    at: datetime,
    by_desk: bool = False,
) -> TicketType:
    """Return the ticket type that is meant, of those `known`: the one named, the invitation's, else the first on offer.

    The desk (`by_desk`) may name any type, hidden ones and those that are not on offer now among them.
    An invitation to one type says nothing of the others: whoever chooses another of them comes without it.
    Raises TicketTypeNotOffered, also for a hidden type without an invitation to it.
    """
    wanted = invitation.ticket_type_id if ticket_type_id is None and invitation else ticket_type_id
    for ticket_type in known:
        is_meant = wanted is None or ticket_type.pk == wanted
        if is_meant and by_desk and wanted is not None:
            return ticket_type
        if is_meant and ticket_type.is_on_offer(at) and _is_shown(ticket_type, invitation):
            return ticket_type
    raise TicketTypeNotOffered()


def covers(invitation: Invitation | None, ticket_type: TicketType) -> bool:
    """Whether the invitation is to this ticket type: one that names none is to all of its event."""
    return invitation is not None and invitation.ticket_type_id in (None, ticket_type.pk)


def _is_shown(ticket_type: TicketType, invitation: Invitation | None) -> bool:
    return covers(invitation, ticket_type) or not ticket_type.is_hidden


def add(*, event_id: int, facts: TypeFacts, actor: Person) -> TicketType:
    """Add a ticket type behind the others; return it.

    Raises NotPermitted, EventNotFound, and Invalid at the field: `name_vi` (required), texts (too_long), `fee` and
    `most_per_person` (out_of_range), `closes_at` (before_opening), `quota_ids` (unknown).
    """
    _permitted(actor)
    with transaction.atomic():
        seats.hold(event_id=event_id)
        last = TicketType.objects.filter(event=event_id).aggregate(last=Max("order"))["last"] or 0
        ticket_type = TicketType(event_id=event_id, order=last + 1)
        _write(ticket_type, facts)
    return ticket_type


def change(*, ticket_type_id: int, facts: TypeFacts, actor: Person, at: datetime) -> TicketType:
    """Change a ticket type. Who has it keeps place, fee and ticket; other pools count who is in from now on.

    Raises NotPermitted, NotFound, Invalid as `add`, and CapacityBelowTaken if a pool that it enters has not room
    for those who hold places of the type.
    """
    _permitted(actor)
    with transaction.atomic():
        ticket_type = _found(ticket_type_id)
        held = seats.hold(event_id=ticket_type.event_id)
        before = set(ticket_type.quotas.values_list("pk", flat=True))
        _write(ticket_type, facts)
        _recount({*before, *facts.quota_ids})
        waiting_list.promote(held=held, at=at)
    return ticket_type


def remove(*, ticket_type_id: int, actor: Person) -> None:
    """Remove a ticket type that nobody ever registered for and no check-in list names.

    Raises NotPermitted, NotFound, TicketTypeInUse.
    """
    _permitted(actor)
    with transaction.atomic():
        ticket_type = _found(ticket_type_id)
        seats.hold(event_id=ticket_type.event_id)
        is_last = not TicketType.objects.filter(event=ticket_type.event_id).exclude(pk=ticket_type_id).exists()
        if is_last or _is_used(ticket_type):
            raise TicketTypeInUse()
        _ask_no_more(ticket_type)
        ticket_type.delete()


def _is_used(ticket_type: TicketType) -> bool:
    """A list for this type alone would let everybody in when the type goes."""
    named = CheckInList.objects.filter(ticket_types=ticket_type).exists()
    return named or Registration.objects.filter(ticket_type=ticket_type).exists()


def _ask_no_more(ticket_type: TicketType) -> None:
    """A question for this type alone would become one for all when the type goes."""
    for question in Question.objects.filter(ticket_types=ticket_type):
        if question.ticket_types.count() == 1:
            question.is_active = False
            question.save(update_fields=["is_active"])


def reorder(*, event_id: int, ticket_type_ids: Sequence[int], actor: Person) -> None:
    """Put the ticket types of an event in this order; whoever names none gets the first on offer.

    Raises NotPermitted, EventNotFound, and Invalid at `order` (unknown) unless each is named once.
    """
    _permitted(actor)
    with transaction.atomic():
        seats.hold(event_id=event_id)
        known = TicketType.objects.filter(event=event_id).order_by("pk").values_list("pk", flat=True)
        if sorted(ticket_type_ids) != list(known):
            raise Invalid(field="order", reason="unknown")
        for place, number in enumerate(ticket_type_ids, start=1):
            TicketType.objects.filter(pk=number).update(order=place)


def facts_of(ticket_type: TicketType) -> TypeFacts:
    """Return what is said of a ticket type now, to show it in a form or to change one thing of it."""
    stated: dict[str, Any] = {
        each.name: getattr(ticket_type, each.name) for each in fields(TypeFacts) if each.name != "quota_ids"
    }
    words = {name: value or "" for name, value in stated.items() if name.endswith(("_vi", "_en"))}
    return TypeFacts(**stated | words, quota_ids=tuple(quota.pk for quota in ticket_type.quotas.all()))


def _recount(quota_ids: Iterable[int]) -> None:
    """Count anew what is taken from these pools, whose types have changed."""
    for quota in Quota.objects.filter(pk__in=list(quota_ids)):
        holding = Registration.objects.filter(ticket_type__quotas=quota, status__in=Registration.HOLDING)
        taken = sum(holding.values_list("quantity", flat=True))
        if taken > quota.capacity:
            raise CapacityBelowTaken(taken=taken)
        Quota.objects.filter(pk=quota.pk).update(taken=taken)


def _write(ticket_type: TicketType, facts: TypeFacts) -> None:
    values = asdict(facts) | {"name_vi": label(facts.name_vi, field="name_vi")}
    for name, limit in (("name_en", LONGEST), ("description_vi", 300), ("description_en", 300)):
        values[name] = label(getattr(facts, name), field=name, limit=limit, required=False)
    quota_ids = set(values.pop("quota_ids"))
    if not 0 <= facts.fee <= MOST_FEE:
        raise Invalid(field="fee", reason="out_of_range", least=0, most=MOST_FEE)
    if not 1 <= facts.most_per_person <= 50:
        raise Invalid(field="most_per_person", reason="out_of_range", least=1, most=50)
    if facts.opens_at and facts.closes_at and facts.closes_at <= facts.opens_at:
        raise Invalid(field="closes_at", reason="before_opening")
    quotas = Quota.objects.filter(event=ticket_type.event_id, pk__in=quota_ids)
    if len(quotas) != len(quota_ids):
        raise Invalid(field="quota_ids", reason="unknown")
    for name, value in values.items():
        setattr(ticket_type, name, value)
    ticket_type.save()
    ticket_type.quotas.set(quotas)


def _found(ticket_type_id: int) -> TicketType:
    ticket_type = TicketType.objects.filter(pk=ticket_type_id).first()
    if ticket_type is None:
        raise NotFound()
    return ticket_type


def _permitted(actor: Person) -> None:
    if not permissions.may_plan_events(actor):
        raise NotPermitted()

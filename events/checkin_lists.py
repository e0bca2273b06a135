"""Check-in lists: what organisers say of each, and what cannot be.

Every change is told to the doors (`doors.changed`): a gate that is just deciding by the old rules decides anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, Model

from events import doors, permissions
from events.labels import label
from events.models import CheckIn, CheckInList, CheckInTally, Gate, GateDevice, Session, TicketType
from events.refusals import CheckInListInUse, CheckInListNotFound, EventNotFound
from network.models import Person
from network.refusals import Invalid, NotPermitted, gather

Scope = CheckInList.Scope
MANY = {"ticket_type_ids": "ticket_types", "gate_ids": "gates", "leaves_ids": "leaves"}


@dataclass(frozen=True, kw_only=True)
class ListFacts:
    """What an organiser says of a list. No ticket types, and no gates, are all of them."""

    name_vi: str
    name_en: str = ""
    scope: str = Scope.EVENT
    session_id: int | None = None
    ticket_type_ids: Sequence[int] = ()
    gate_ids: Sequence[int] = ()
    allows_reentry: bool = True
    allows_multiple: bool = False
    includes_pending: bool = False
    auto_exit_at: datetime | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    once_a_day: bool = False
    needs_id: int | None = None
    leaves_ids: Sequence[int] = ()


def add(*, event_id: int, facts: ListFacts, actor: Person) -> CheckInList:
    """Add a list behind the others; return it.

    Raises NotPermitted, EventNotFound, and Invalid at the field: `name_vi` (required, repeated), names (too_long),
    `scope` (unknown), `session_id` (required, unknown), what is of another event (unknown), `closes_at` and
    `auto_exit_at` (before_start), `once_a_day` (not_with_multiple).
    """
    if not permissions.may_run_desk(actor, event_id):
        raise NotPermitted()
    with transaction.atomic():
        _hold(event_id)
        last = CheckInList.objects.filter(event=event_id).aggregate(last=Max("order"))["last"] or 0
        made = CheckInList(event_id=event_id, order=last + 1)
        _write(made, facts)
    return made


def change(*, list_id: int, facts: ListFacts, actor: Person) -> CheckInList:
    """Change a list, also while people are scanned at it; return it.

    Raises CheckInListNotFound, and Invalid as `add`, and at `scope` of the event's own list (of_the_event), `needs_id`
    (itself, circle_of_lists), `leaves_ids` (itself).
    """
    with transaction.atomic():
        changed = _held(list_id, actor)
        _write(changed, facts)
    return changed


def reorder(*, event_id: int, list_ids: Sequence[int], actor: Person) -> None:
    """Put the lists of an event in this order, in which door staff see them.

    Raises NotPermitted, EventNotFound, and Invalid at `order` (unknown) unless each is named once.
    """
    if not permissions.may_run_desk(actor, event_id):
        raise NotPermitted()
    with transaction.atomic():
        _hold(event_id)
        known = CheckInList.objects.filter(event=event_id).order_by("pk").values_list("pk", flat=True)
        if sorted(list_ids) != list(known):
            raise Invalid(field="order", reason="unknown")
        for place, number in enumerate(list_ids, start=1):
            CheckInList.objects.filter(pk=number).update(order=place)


def remove(*, list_id: int, actor: Person) -> None:
    """Remove a list at which nobody was scanned. Raises CheckInListNotFound, CheckInListInUse."""
    with transaction.atomic():
        found = _held(list_id, actor)
        if found.is_main or is_in_use(found):
            raise CheckInListInUse()
        doors.changed(event_id=found.event_id)
        found.delete()


def is_in_use(checkin_list: CheckInList) -> bool:
    """Whether a list was scanned at, another list waits for it, or a phone is limited to it.

    Without their list, that other list would let in anybody, and that phone could scan everywhere.
    """
    if CheckIn.objects.filter(list=checkin_list).exists() or CheckInList.objects.filter(needs=checkin_list).exists():
        return True
    return GateDevice.objects.filter(lists=checkin_list, revoked_at=None).exists()


def facts_of(checkin_list: CheckInList) -> ListFacts:
    """Return what is said of a list now, to show it in a form."""
    stated: dict[str, Any] = {
        each.name: getattr(checkin_list, each.name) for each in fields(ListFacts) if each.name not in MANY
    }
    for fact, name in MANY.items():
        stated[fact] = tuple(row.pk for row in getattr(checkin_list, name).all())
    return ListFacts(**stated | {"name_en": stated["name_en"] or ""})


def _hold(event_id: int) -> None:
    try:
        doors.hold(event_id=event_id)
    except CheckInTally.DoesNotExist:
        raise EventNotFound() from None


def _held(list_id: int, actor: Person) -> CheckInList:
    event_id = CheckInList.objects.filter(pk=list_id).values_list("event", flat=True).first()
    if event_id is None or not permissions.may_run_desk(actor, event_id):
        raise CheckInListNotFound()
    doors.hold(event_id=event_id)
    found = CheckInList.objects.filter(pk=list_id).first()
    if found is None:
        raise CheckInListNotFound()
    return found


def _write(row: CheckInList, facts: ListFacts) -> None:
    found = gather(
        lambda: _names(row, facts),
        lambda: _session(row, facts),
        lambda: _refuse_times(facts),
        lambda: _rows_of(row, TicketType, "ticket_type_ids", facts.ticket_type_ids),
        lambda: _rows_of(row, Gate, "gate_ids", facts.gate_ids),
        lambda: _rows_of(row, CheckInList, "leaves_ids", facts.leaves_ids),
        lambda: _refuse_circle(row, facts.needs_id),
    )
    (row.name_vi, row.name_en), row.session_id = found[0], found[1]  # type: ignore[attr-defined]  # modeltranslation's
    kept_apart = {"name_vi", "name_en", "session_id", *MANY}
    for name in (each.name for each in fields(ListFacts) if each.name not in kept_apart):
        setattr(row, name, getattr(facts, name))
    row.save()
    for rows, name in zip(found[3:6], MANY.values(), strict=True):
        getattr(row, name).set(rows)
    doors.changed(event_id=row.event_id)


def _names(row: CheckInList, facts: ListFacts) -> tuple[str, str]:
    name_vi = label(facts.name_vi, field="name_vi")
    name_en = label(facts.name_en, field="name_en", required=False)
    others = CheckInList.objects.filter(event=row.event_id, name_vi=name_vi)
    if others.exclude(pk=row.pk).exists():
        raise Invalid(field="name_vi", reason="repeated")
    return name_vi, name_en


def _session(row: CheckInList, facts: ListFacts) -> int | None:
    if facts.scope not in Scope.values:
        raise Invalid(field="scope", reason="unknown")
    if row.is_main and facts.scope != Scope.EVENT:
        raise Invalid(field="scope", reason="of_the_event")
    if facts.scope != Scope.SESSION:
        return None
    if facts.session_id is None:
        raise Invalid(field="session_id", reason="required")
    if not Session.objects.filter(event=row.event_id, pk=facts.session_id).exists():
        raise Invalid(field="session_id", reason="unknown")
    return facts.session_id


def _refuse_times(facts: ListFacts) -> None:
    if facts.opens_at and facts.closes_at and facts.closes_at <= facts.opens_at:
        raise Invalid(field="closes_at", reason="before_start")
    if facts.opens_at and facts.auto_exit_at and facts.auto_exit_at <= facts.opens_at:
        raise Invalid(field="auto_exit_at", reason="before_start")
    if facts.once_a_day and facts.allows_multiple:
        raise Invalid(field="once_a_day", reason="not_with_multiple")


def _rows_of(row: CheckInList, kind: type[Model], field: str, numbers: Sequence[int]) -> list[Model]:
    found = list(kind._default_manager.filter(event=row.event_id, pk__in=numbers))
    if len(found) < len(set(numbers)):
        raise Invalid(field=field, reason="unknown")
    if kind is CheckInList and row.pk in numbers:
        raise Invalid(field=field, reason="itself")
    return found


def _refuse_circle(row: CheckInList, needs_id: int | None) -> None:
    """Nobody could enter a list that waits for itself, be it through others."""
    needs = dict(CheckInList.objects.filter(event=row.event_id).values_list("pk", "needs"))
    if needs_id is not None and needs_id not in needs:
        raise Invalid(field="needs_id", reason="unknown")
    if needs_id is not None and needs_id == row.pk:
        raise Invalid(field="needs_id", reason="itself")
    step = needs_id
    while step is not None:
        step = needs.get(step)
        if step is not None and step == row.pk:
            raise Invalid(field="needs_id", reason="circle_of_lists")

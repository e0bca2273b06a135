"""The gates of an event: named by its organisers; where somebody was scanned, they stay."""

from django.db import transaction

from events import doors, permissions
from events.labels import label
from events.models import CheckIn, CheckInList, CheckInTally, Gate
from events.refusals import EventNotFound, GateInUse
from network.models import Person
from network.refusals import Invalid, NotFound, NotPermitted

LONGEST_NAME = 40


def add(*, event_id: int, name: str, actor: Person) -> Gate:
    """Add a gate; return it.

    Raises NotPermitted, EventNotFound, and Invalid at `name` (required, too_long, repeated).
    """
    if not permissions.may_run_desk(actor, event_id):
        raise NotPermitted()
    with transaction.atomic():
        try:
            doors.hold(event_id=event_id)
        except CheckInTally.DoesNotExist:
            raise EventNotFound() from None
        gate = Gate(event_id=event_id)
        _write(gate, name)
    return gate


def rename(*, gate_id: int, name: str, actor: Person) -> Gate:
    """Give a gate another name, also on what was scanned there; return it. Raises NotFound, Invalid as `add`."""
    with transaction.atomic():
        gate = _held(gate_id, actor)
        _write(gate, name)
    return gate


def remove(*, gate_id: int, actor: Person) -> None:
    """Remove a gate at which nobody was scanned; phones that stand there stand nowhere. Raises NotFound, GateInUse."""
    with transaction.atomic():
        gate = _held(gate_id, actor)
        if is_in_use(gate):
            raise GateInUse()
        doors.changed(event_id=gate.event_id)
        gate.delete()


def is_in_use(gate: Gate) -> bool:
    """Whether somebody was scanned there, or a list names it: without its last gate a list would be for all."""
    return CheckIn.objects.filter(gate=gate).exists() or CheckInList.objects.filter(gates=gate).exists()


def _held(gate_id: int, actor: Person) -> Gate:
    event_id = Gate.objects.filter(pk=gate_id).values_list("event", flat=True).first()
    if event_id is None or not permissions.may_run_desk(actor, event_id):
        raise NotFound()
    doors.hold(event_id=event_id)
    gate = Gate.objects.filter(pk=gate_id).first()
    if gate is None:
        raise NotFound()
    return gate


def _write(gate: Gate, name: str) -> None:
    gate.name = label(name, field="name", limit=LONGEST_NAME)
    if Gate.objects.filter(event=gate.event_id, name=gate.name).exclude(pk=gate.pk).exists():
        raise Invalid(field="name", reason="repeated")
    gate.save()
    doors.changed(event_id=gate.event_id)

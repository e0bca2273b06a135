"""Gate phones: an organiser shows a code once, the phone that scans it gets a token, and both are kept as hashes.

A phone acts in the name of whoever invited it, and only at its event and lists (`permissions.may_scan`). It is out
once it is revoked, and a day after the event's end.
"""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from events import permissions
from events.labels import label
from events.models import CheckInList, Event, Gate, GateDevice
from events.refusals import EnrolmentNotValid, EventNotFound, GateDeviceNotFound
from network.models import Person
from network.refusals import Invalid, NotPermitted

ENROL_WITHIN = timedelta(minutes=15)
STAYS_FOR = timedelta(days=1)
"""How long after its event's end a phone is still known: it may have scans to send."""

LONGEST_NAME = 60
LONGEST_VERSION = 40
MOST_WAITING = 1_000_000


@dataclass(frozen=True, kw_only=True)
class DeviceFacts:
    """What an organiser says of a phone: no lists are all of them, now and later."""

    name: str
    list_ids: Sequence[int] = ()
    gate_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Invited:
    """A phone that waits for its code to be scanned. `code` is nowhere else."""

    device: GateDevice
    code: str


@dataclass(frozen=True, kw_only=True)
class Enrolled:
    """A phone with its token, which is nowhere else."""

    device: GateDevice
    token: str


def invite(*, event_id: int, facts: DeviceFacts, actor: Person, at: datetime) -> Invited:
    """Make a phone of the event and a code for it, of 192 random bits, good once and for 15 minutes.

    Raises NotPermitted, EventNotFound (also once the event is over), Invalid at `name` (required, too_long, repeated),
    `list_ids` and `gate_id` (unknown).
    """
    if not permissions.may_run_desk(actor, event_id):
        raise NotPermitted()
    event = Event.objects.filter(pk=event_id, ends_at__gt=at - STAYS_FOR).first()
    if event is None:
        raise EventNotFound()
    with transaction.atomic():
        device = GateDevice(event=event)
        code = _renewed(device, actor, at)
        _write(device, facts)
    return Invited(device=device, code=code)


def invite_again(*, device_id: int, actor: Person, at: datetime) -> Invited:
    """Make a new code for a phone; who has its token or an older code is out. Raises GateDeviceNotFound."""
    with transaction.atomic():
        device = _held(device_id, actor)
        device.token_hash, device.enrolled_at = None, None
        code = _renewed(device, actor, at)
        device.save()
    return Invited(device=device, code=code)


def change(*, device_id: int, facts: DeviceFacts, actor: Person) -> GateDevice:
    """Give a phone another name, gate or lists; return it. Raises GateDeviceNotFound, Invalid as `invite`."""
    with transaction.atomic():
        device = _held(device_id, actor)
        _write(device, facts)
    return device


def revoke(*, device_id: int, actor: Person, at: datetime) -> None:
    """Put a phone out of use, within 5 seconds and for good. Raises GateDeviceNotFound."""
    with transaction.atomic():
        device = _held(device_id, actor)
        _put_out(device, at)


def enrol(*, code: str, at: datetime, name: str = "", app_version: str = "") -> Enrolled:
    """Give the phone that scanned a code its token, of 256 random bits; an own `name` takes the place of the given one.

    Raises EnrolmentNotValid, one answer for every reason: unknown, used, expired, revoked, event over. Raises Invalid
    at `name` (too_long).
    """
    name = label(name, field="name", limit=LONGEST_NAME, required=False)
    asked = hashed(code)
    known = GateDevice.objects.filter(enrolment_hash=asked, enrolment_until__gt=at, revoked_at=None)
    device = known.filter(event__ends_at__gt=at - STAYS_FOR).first()
    if device is None:
        raise EnrolmentNotValid()
    token = secrets.token_urlsafe(32)
    written = {"token_hash": hashed(token), "enrolled_at": at, "last_seen_at": at, "name": name or device.name}
    written["app_version"] = _version(app_version)
    # Of two phones that scan one code at once, the one whose statement finds the code still there has it.
    if not known.filter(pk=device.pk).update(enrolment_hash=None, waiting=0, **written):
        raise EnrolmentNotValid()
    return Enrolled(device=fresh(device=device), token=token)


def of_token(*, token: str, at: datetime) -> GateDevice | None:
    """Return the phone of a token with event, gate, lists and inviter; None once it is out."""
    return _known().filter(token_hash=hashed(token), revoked_at=None, event__ends_at__gt=at - STAYS_FOR).first()


def fresh(*, device: GateDevice) -> GateDevice:
    """Return the phone as it is now, in a row of the reader's own."""
    return _known().get(pk=device.pk)


def seen(
    *,
    device: GateDevice,
    at: datetime,
    waiting: int,
    app_version: str | None = None,
    name: str | None = None,
    gate_id: int | None = None,
) -> GateDevice:
    """Write down what a phone says of itself (what it does not say stays); return it as it is now.

    Raises Invalid at `name` (required, too_long) and `gate_id` (unknown).
    """
    written: dict[str, object] = {"last_seen_at": at, "waiting": min(max(waiting, 0), MOST_WAITING)}
    if app_version is not None:
        written["app_version"] = _version(app_version)
    if name is not None:
        written["name"] = label(name, field="name", limit=LONGEST_NAME)
    if gate_id is not None:
        written["gate_id"] = _gate_of(device.event_id, gate_id)
    GateDevice.objects.filter(pk=device.pk).update(**written)
    return fresh(device=device)


def leave(*, device: GateDevice, at: datetime) -> None:
    """Take the token back that a phone gives up."""
    with transaction.atomic():
        _put_out(GateDevice.objects.select_for_update().get(pk=device.pk), at)


def hashed(secret: str) -> str:
    """Return what is kept of a code or token. They are random, so that a plain hash cannot be guessed back."""
    return hashlib.sha256(secret.strip().encode(errors="replace")).hexdigest()


def _known() -> QuerySet[GateDevice]:
    return GateDevice.objects.select_related("event", "gate", "invited_by").prefetch_related("lists")


def _held(device_id: int, actor: Person) -> GateDevice:
    device = GateDevice.objects.select_for_update().filter(pk=device_id, revoked_at=None).first()
    if device is None or not permissions.may_run_desk(actor, device.event_id):
        raise GateDeviceNotFound()
    return device


def _renewed(device: GateDevice, actor: Person, at: datetime) -> str:
    code = secrets.token_urlsafe(24)
    device.enrolment_hash, device.enrolment_until = hashed(code), at + ENROL_WITHIN
    device.invited_by, device.invited_at = actor, at
    return code


def _put_out(device: GateDevice, at: datetime) -> None:
    device.revoked_at, device.token_hash, device.enrolment_hash = at, None, None
    device.save(update_fields=["revoked_at", "token_hash", "enrolment_hash"])


def _write(device: GateDevice, facts: DeviceFacts) -> None:
    device.name = label(facts.name, field="name", limit=LONGEST_NAME)
    others = GateDevice.objects.filter(event=device.event_id, name=device.name, revoked_at=None)
    if others.exclude(pk=device.pk).exists():
        raise Invalid(field="name", reason="repeated")
    lists = CheckInList.objects.filter(event=device.event_id, pk__in=facts.list_ids)
    if len(lists) < len(set(facts.list_ids)):
        raise Invalid(field="list_ids", reason="unknown")
    device.gate_id = None if facts.gate_id is None else _gate_of(device.event_id, facts.gate_id)
    device.save()
    device.lists.set(lists)


def _gate_of(event_id: int, gate_id: int) -> int:
    if not Gate.objects.filter(pk=gate_id, event=event_id).exists():
        raise Invalid(field="gate_id", reason="unknown")
    return gate_id


def _version(text: str) -> str:
    return label(text[:LONGEST_VERSION], field="app_version", limit=LONGEST_VERSION, required=False)

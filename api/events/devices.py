"""Gate phones: they come by a code that an organiser shows, say how they are, and go."""

from typing import Any

import graphene

from events import gate_devices, models, queries
from events.refusals import GateDeviceNotFound
from network import limits
from network.doors import Permission
from network.global_ids import number_of

from ..acts import act, refusals, worded
from ..caller import Caller
from ..fields import identifier, one
from ..permission import permitted
from .door import CheckInListType, DoorEvent, Gate


class GateDevice(graphene.ObjectType):
    """A phone at the doors of one event."""

    id = identifier()
    name = graphene.String(required=True, description="As it is shown at other gates.")
    event = graphene.Field(DoorEvent, required=True, description="Its lists are those at which the phone may scan.")
    gate = one(Gate, "gate", "Where it stands.")
    lists = graphene.List(graphene.NonNull(CheckInListType), required=True, description="At which it may scan.")
    revoked = graphene.Boolean(required=True, description="Always false: a revoked phone meets UNAUTHENTICATED.")

    resolve_event = staticmethod(lambda row, info: _event_of(row))
    resolve_lists = staticmethod(lambda row, info: list(_event_of(row).checkin_lists.all()))
    resolve_revoked = staticmethod(lambda row, info: row.revoked_at is not None)


class EnrolDeviceInput(graphene.InputObjectType):
    """What the phone read."""

    code = graphene.String(required=True, description="Behind `#ghep=` in the QR's address; good once, for 15 minutes.")
    name = graphene.String(description="What the phone calls itself, in place of the name that the organiser gave.")
    app_version = graphene.String(description="As the organiser sees it.")


class EnrolDevice(graphene.Mutation):
    """Become a phone at the doors: the token goes into `X-Device-Token` from now on."""

    class Meta:
        name = "EnrolDevicePayload"

    class Arguments:
        input = EnrolDeviceInput(required=True)

    token = graphene.String(description="Given once: keep it where only the app can read it.")
    device = graphene.Field(GateDevice)
    errors = refusals()

    @classmethod
    @act(Permission.PUBLIC)
    def mutate(cls, root: Any, info: Any, input: Any) -> Any:
        limits.spend(act="enrol", account=None, address=info.context.address)
        given = {name: value for name, value in input.items() if value is not None}
        made = gate_devices.enrol(at=info.context.at, **given)
        return cls(token=made.token, device=made.device)


class ReportDeviceInput(graphene.InputObjectType):
    """How a phone is; what is left out stays as it was."""

    waiting = graphene.Int(required=True, description="Scans that it has not sent yet.")
    app_version = graphene.String(description="As the organiser sees it.")
    name = graphene.String(description="A new name.")
    gate_id = graphene.ID(description="At which gate it stands now.")


class ReportDevice(graphene.Mutation):
    """Say how the phone is: once a minute, and after each upload. It tells how the organiser set it up, too."""

    class Meta:
        name = "ReportDevicePayload"

    class Arguments:
        input = ReportDeviceInput(required=True)

    device = graphene.Field(GateDevice)
    errors = refusals()

    @classmethod
    @act(Permission.DOOR)
    def mutate(cls, root: Any, info: Any, input: Any) -> Any:
        given = {name: value for name, value in input.items() if value is not None}
        if "gate_id" in given:
            given["gate_id"] = number_of(given["gate_id"], "Gate")
        device = gate_devices.seen(device=_phone(info.context), at=info.context.at, **given)
        info.context.device_has_changed()
        return cls(device=device)


class LeaveDevice(graphene.Mutation):
    """Give the token back: the phone is one like any other again."""

    class Meta:
        name = "LeaveDevicePayload"

    left = graphene.Boolean(required=True)
    errors = refusals()

    @classmethod
    @act(Permission.DOOR)
    def mutate(cls, root: Any, info: Any) -> Any:
        try:
            gate_devices.leave(device=_phone(info.context), at=info.context.at)
        except GateDeviceNotFound as refusal:
            return cls(left=False, errors=worded(refusal))
        info.context.device_has_changed()
        return cls(left=True)


class DeviceQuery(graphene.ObjectType):
    """What a phone asks about itself."""

    this_device = graphene.Field(
        GateDevice,
        description="The phone asking; null for a person. UNAUTHENTICATED says that it is out: it wipes what it knows.",
    )

    @permitted(Permission.DOOR)
    def resolve_this_device(self: Any, info: Any) -> Any:
        phone = info.context.device
        return phone and gate_devices.fresh(device=phone)


class DeviceMutation(graphene.ObjectType):
    """Acts of gate phones."""

    enrol_device = EnrolDevice.Field(required=True)
    report_device = ReportDevice.Field(required=True)
    leave_device = LeaveDevice.Field(required=True)


def _phone(caller: Caller) -> models.GateDevice:
    if caller.device is None:
        raise GateDeviceNotFound()
    return caller.device


def _event_of(row: Any) -> models.Event:
    """The phone's event with its lists, read once for the answer."""
    if "door_event" not in row.__dict__:
        row.door_event = queries.door_event(device=row)
    return row.door_event

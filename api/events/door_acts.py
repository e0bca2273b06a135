"""Acts at the doors: a scan, the rest of a group, taking back, and what was kept while there was no network."""

from datetime import datetime, timedelta
from typing import Any

import graphene

from events import annulment, checkin, parties, scan_upload
from events.scan_rows import Scan
from network.doors import Permission
from network.global_ids import number_of
from network.refusals import Refusal

from ..acts import act, refusals, worded
from .door import Admission, CheckInReason, CheckInStatus, FirstEntry, PartyMember, ScanDirection
from .questions import AnswerInput, RegistrationQuestion, given

CLOCKS_APART = timedelta(days=2)
"""How far a device's clock and ours may lie apart, a scan made without a network included."""


class RedeemInput(graphene.InputObjectType):
    """One scan. Send it again with the same nonce for as long as no answer comes: it stays one scan."""

    list_id = graphene.ID(required=True, description="What the gate checks against.")
    code = graphene.String(
        required=True,
        description="The signed code, the ticket's readable number, or the registration's number if it has one ticket.",
    )
    nonce = graphene.UUID(required=True, description="Chosen by the device, one for each scan.")
    device = graphene.String(
        default_value="", description="The device's name, as it is shown at other gates; an enrolled phone has one."
    )
    gate_id = graphene.ID(description="At which gate the device stands.")
    direction = graphene.Argument(ScanDirection, default_value="ENTRY", description="Which way the guest goes.")
    answers = graphene.List(graphene.NonNull(AnswerInput), description="To the questions that INCOMPLETE asked.")
    scanned_at = graphene.DateTime(
        description="By the device's clock, with its offset from UTC. Absent, without an offset or more than two days "
        "away from ours, our clock counts."
    )
    sent_at = graphene.DateTime(description="By the same clock, when this was sent: tells how wrong that clock is.")


class Redeem(graphene.Mutation):
    """Let a ticket in, or out, once."""

    class Meta:
        name = "RedeemPayload"

    class Arguments:
        input = RedeemInput(required=True)

    status = graphene.Field(CheckInStatus, required=True)
    reason = graphene.Field(CheckInReason)
    direction = graphene.Field(ScanDirection, required=True)
    admission = graphene.Field(Admission)
    first = graphene.Field(FirstEntry, description="The earlier entry, on ALREADY_REDEEMED.")
    sequence = graphene.Int(description="The number of the scan at this event, if the ticket passed.")
    admitted = graphene.Int(description="How many have arrived by now.")
    inside = graphene.Int(description="How many are inside now.")
    questions = graphene.List(
        graphene.NonNull(RegistrationQuestion), required=True, description="To be answered first, on INCOMPLETE."
    )
    errors = refusals()

    resolve_questions = staticmethod(lambda payload, info: payload.questions or [])

    @classmethod
    @act(Permission.DOOR)
    def mutate(cls, root: Any, info: Any, input: Any) -> Any:
        caller = info.context
        try:
            answer = checkin.redeem(
                list_id=number_of(input["list_id"], "CheckInList"),
                scan=_scan(input, caller),
                actor=caller.actor,
                at=caller.at,
            )
        except Refusal as refusal:
            return cls(status="error", reason="error", direction=_plain(input["direction"]), errors=worded(refusal))
        row = answer.checkin
        return cls(
            status=str(row.status),
            reason=str(row.reason) or None,
            direction=str(row.direction),
            admission=answer.guest,
            first=answer.first,
            sequence=row.sequence,
            admitted=answer.admitted,
            inside=answer.inside,
            questions=answer.questions,
        )


class AdmitPartyInput(graphene.InputObjectType):
    """Which scan let the first of the group in, and how many more come with them."""

    nonce = graphene.UUID(required=True, description="The scan's.")
    device = graphene.String(default_value="", description="The device's name, as it was with the scan.")
    count = graphene.Int(required=True, description="How many besides the first, in all: asking again adds nobody.")


class AdmitParty(graphene.Mutation):
    """Let in more of a group with the scan of its first, in the order of `Party.waiting`."""

    class Meta:
        name = "AdmitPartyPayload"

    class Arguments:
        input = AdmitPartyInput(required=True)

    admitted = graphene.List(graphene.NonNull(PartyMember), required=True, description="Who came in with that scan.")
    count = graphene.Int(required=True, description="How many have arrived by now; 0 if nothing was done.")
    sequence = graphene.Int(description="Up to where the event's log has grown by it.")
    errors = refusals()

    @classmethod
    @act(Permission.DOOR)
    def mutate(cls, root: Any, info: Any, input: Any) -> Any:
        caller = info.context
        try:
            joined = parties.admit(actor=caller.actor, at=caller.at, **_named(input, caller))
        except Refusal as refusal:
            return cls(admitted=[], count=0, errors=worded(refusal))
        counted = joined.counted
        return cls(
            admitted=joined.guests,
            count=counted.admitted if counted else 0,
            sequence=counted.sequence if counted else None,
        )


class AnnulInput(graphene.InputObjectType):
    """Which scan, by the device that made it."""

    nonce = graphene.UUID(required=True, description="The scan's.")
    device = graphene.String(default_value="", description="The device's name, as it was with the scan.")


class Annul(graphene.Mutation):
    """Take a scan back within 15 minutes, with those of the group that it let in."""

    class Meta:
        name = "AnnulPayload"

    class Arguments:
        input = AnnulInput(required=True)

    annulled = graphene.Boolean(required=True)
    errors = refusals()

    @classmethod
    @act(Permission.DOOR)
    def mutate(cls, root: Any, info: Any, input: Any) -> Any:
        try:
            annulment.annul(actor=info.context.actor, at=info.context.at, **_named(input, info.context))
        except Refusal as refusal:
            return cls(annulled=False, errors=worded(refusal))
        return cls(annulled=True)


class OfflineScanInput(graphene.InputObjectType):
    """A scan that the device decided alone."""

    nonce = graphene.UUID(required=True, description="Chosen by the device, one for each scan.")
    list_id = graphene.ID(required=True, description="What the gate checked against.")
    code = graphene.String(required=True, description="As in `redeem`.")
    gate_id = graphene.ID(description="At which gate the device stood.")
    direction = graphene.Argument(ScanDirection, default_value="ENTRY", description="Which way the guest went.")
    scanned_at = graphene.DateTime(required=True, description="By the device's clock, with its offset from UTC.")
    let_in = graphene.Boolean(required=True, description="Whether the guest was let pass.")
    reason = graphene.Argument(CheckInReason, description="Why not, if not.")
    lead_nonce = graphene.UUID(description="Of the group's first scan, if this one came in with it.")


class UploadScansInput(graphene.InputObjectType):
    """Scans that were kept while there was no network, 50 at most. Send them again until they are answered."""

    device = graphene.String(default_value="", description="The device's name.")
    sent_at = graphene.DateTime(
        required=True,
        description="By the device's clock, now: tells how wrong that clock is.",
    )
    scans = graphene.List(graphene.NonNull(OfflineScanInput), required=True, description="In any order.")


class ScanResult(graphene.ObjectType):
    """What became of a scan."""

    nonce = graphene.UUID(required=True)
    taken = graphene.Boolean(required=True, description="Whether it is kept now; false: not a list of this device.")
    status = graphene.Field(CheckInStatus, required=True)
    reason = graphene.Field(CheckInReason, description="Why it was refused, or (forced) would have been.")
    forced = graphene.Boolean(required=True, description="Somebody is in who would not have been let in: a conflict.")

    resolve_taken = staticmethod(lambda each, info: each.row is not None)
    resolve_status = staticmethod(lambda each, info: str(each.row.status) if each.row else "error")
    resolve_reason = staticmethod(lambda each, info: (str(each.row.reason) or None) if each.row else "error")
    resolve_forced = staticmethod(lambda each, info: each.row is not None and each.row.forced)


class UploadScans(graphene.Mutation):
    """Take scans made without a network, in any order, twice if need be: whoever was let in is inside."""

    class Meta:
        name = "UploadScansPayload"

    class Arguments:
        input = UploadScansInput(required=True)

    results = graphene.List(graphene.NonNull(ScanResult), required=True, description="In the order of the scans.")
    errors = refusals()

    @classmethod
    @act(Permission.DOOR)
    def mutate(cls, root: Any, info: Any, input: Any) -> Any:
        caller = info.context
        sent_at = input["sent_at"] if input["sent_at"].tzinfo else caller.at
        scans = [_kept(each, caller) for each in input["scans"]]
        try:
            taken = scan_upload.upload(
                scans=scans, device=_device(input, caller), sent_at=sent_at, actor=caller.actor, at=caller.at
            )
        except Refusal as refusal:
            return cls(results=[], errors=worded(refusal))
        return cls(results=taken)


class DoorMutation(graphene.ObjectType):
    """Acts at the doors."""

    redeem = Redeem.Field(required=True)
    admit_party = AdmitParty.Field(required=True)
    annul = Annul.Field(required=True)
    upload_scans = UploadScans.Field(required=True)


def _device(sent: Any, caller: Any) -> str:
    """A name that was said, else the one that the organisers gave the phone."""
    return sent["device"] or (caller.device.name if caller.device else "")


def _plain(value: Any) -> Any:
    """A choice as the rules take it: graphene hands its own kind of enum on, and a default as it is written."""
    return getattr(value, "value", value)


def _named(sent: Any, caller: Any) -> dict[str, Any]:
    return {**sent, "device": _device(sent, caller)}


def _scan(sent: Any, caller: Any) -> Scan:
    return Scan(
        code=sent["code"],
        nonce=sent["nonce"],
        device=_device(sent, caller),
        gate_id=number_of(sent.get("gate_id") or "", "Gate") or None,
        direction=_plain(sent["direction"]),
        scanned_at=_moment(sent.get("scanned_at"), sent.get("sent_at"), caller.at),
        answers=given(sent.get("answers")),
    )


def _kept(sent: Any, caller: Any) -> scan_upload.OfflineScan:
    moment = sent["scanned_at"]
    scan = Scan(
        code=sent["code"],
        nonce=sent["nonce"],
        gate_id=number_of(sent.get("gate_id") or "", "Gate") or None,
        direction=_plain(sent["direction"]),
        scanned_at=moment if moment.tzinfo else None,
    )
    return scan_upload.OfflineScan(
        scan=scan,
        list_id=number_of(sent["list_id"], "CheckInList"),
        was_let_in=sent["let_in"],
        reason=_plain(sent.get("reason")) or "",
        lead_nonce=sent.get("lead_nonce"),
    )


def _moment(scanned_at: datetime | None, sent_at: datetime | None, at: datetime) -> datetime:
    """When it was, if that can be; a device whose clock is wrong still lets guests in."""
    if scanned_at is None or scanned_at.tzinfo is None:
        return at
    if sent_at is not None and sent_at.tzinfo is not None:
        try:
            scanned_at += at - sent_at
        except OverflowError:
            return at
    return scanned_at if abs(scanned_at - at) <= CLOCKS_APART else at

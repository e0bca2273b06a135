"""Mailings: an issue is scheduled for a segment whose readers were counted, begun, paused, gone on with, stopped."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from network.models import Mailing, MailingRecipient, OutgoingMail, Person, Subscription
from network.newsletter import audience
from network.newsletter.audience import Segment
from network.refusals import Invalid, NotFound, NotPermitted, Refusal

State = Mailing.State
MOST_A_MINUTE = 1000


class AudienceChanged(Refusal):
    """Not as many readers as were counted. Facts: `expected`, `recipients`."""

    code = "AUDIENCE_CHANGED"
    field = "expected"


class NobodyToWriteTo(Refusal):
    """Nobody is in the segment."""

    code = "NOBODY_TO_WRITE_TO"


class MailingNotInState(Refusal):
    """The mailing is not in a state in which this can be done."""

    code = "MAILING_NOT_IN_STATE"


def may_send(person: Person | AnonymousUser) -> bool:
    """Send newsletters: who has the permission, the comms team."""
    return person.is_authenticated and person.is_active and person.has_perm("network.change_mailing")


def schedule(
    *, segment: Segment, expected: int, per_minute: int, due_at: datetime, actor: Person, at: datetime
) -> Mailing:
    """Let an issue go out from `due_at` on, to the readers of `segment`, `expected` ones as the actor counted them.

    Raises NotPermitted, Invalid at `per_minute` (out_of_range), NobodyToWriteTo, AudienceChanged.
    """
    _refuse_others(actor)
    if not 1 <= per_minute <= MOST_A_MINUTE:
        raise Invalid(field="per_minute", reason="out_of_range", least=1, most=MOST_A_MINUTE)
    found = len(audience.readers(segment=segment))
    if not found:
        raise NobodyToWriteTo()
    if found != expected:
        raise AudienceChanged(expected=expected, recipients=found)
    return Mailing.objects.create(
        segment=segment.as_json(), per_minute=per_minute, due_at=max(due_at, at), scheduled_by=actor, scheduled_at=at
    )


def begin(*, mailing_id: int, contents: Mapping[str, Any], at: datetime) -> int:
    """Write down who gets it and what it says, once it is due; return how many. Nothing if somebody was faster."""
    with transaction.atomic():
        mailing = held(mailing_id)
        if mailing.state != State.SCHEDULED or mailing.due_at > at:
            return 0
        found = audience.with_rows(segment=Segment.read(mailing.segment), at=at)
        rows = [
            MailingRecipient(
                mailing=mailing,
                subscription_id=reader.subscription_id,
                language=reader.language,
                roles=sorted(reader.roles),
            )
            for reader in found
        ]
        MailingRecipient.objects.bulk_create(rows, batch_size=500)
        mailing.state, mailing.begun_at, mailing.contents = State.SENDING, at, dict(contents)
        mailing.save()
    return len(rows)


def pause(*, mailing_id: int, actor: Person) -> None:
    """Hold what is going out; what stands in the outbox is taken back. Raises NotPermitted, MailingNotInState."""
    with transaction.atomic():
        mailing = _in_state(mailing_id, actor, State.SENDING)
        _take_back(mailing)
        _put(mailing, State.PAUSED)


def go_on(*, mailing_id: int, actor: Person) -> None:
    """Go on where it was held. Raises NotPermitted, MailingNotInState."""
    with transaction.atomic():
        _put(_in_state(mailing_id, actor, State.PAUSED), State.SENDING)


def stop(*, mailing_id: int, actor: Person, at: datetime) -> None:
    """Send nothing more of it, for good. Raises NotPermitted, MailingNotInState."""
    with transaction.atomic():
        mailing = _in_state(mailing_id, actor, State.SENDING, State.PAUSED)
        _take_back(mailing)
        mailing.recipients.filter(state=MailingRecipient.State.WAITING).update(state=MailingRecipient.State.DROPPED)
        mailing.ended_at = at
        _put(mailing, State.STOPPED)


def unschedule(*, mailing_id: int, actor: Person) -> None:
    """Take a mailing back that has not begun. Raises NotPermitted, MailingNotInState."""
    with transaction.atomic():
        _in_state(mailing_id, actor, State.SCHEDULED).delete()


def held(mailing_id: int) -> Mailing:
    """Return the mailing, locked: whoever else wants to change or send it waits. Raises NotFound."""
    mailing = Mailing.objects.select_for_update().filter(pk=mailing_id).first()
    if mailing is None:
        raise NotFound()
    return mailing


def _in_state(mailing_id: int, actor: Person, *states: str) -> Mailing:
    _refuse_others(actor)
    mailing = held(mailing_id)
    if mailing.state not in states:
        raise MailingNotInState()
    return mailing


def _refuse_others(actor: Person) -> None:
    if not may_send(actor):
        raise NotPermitted()


def _put(mailing: Mailing, state: str) -> None:
    mailing.state = state
    mailing.save()


def _take_back(mailing: Mailing) -> None:
    """What no worker has had in hand yet waits again; what was tried once may have arrived."""
    unsent = OutgoingMail.objects.filter(newsletter_recipient__mailing=mailing, sent_at=None, attempts=0)
    numbers = list(unsent.select_for_update(of=("self",)).values_list("pk", flat=True))
    MailingRecipient.objects.filter(mail__in=numbers).update(state=MailingRecipient.State.WAITING, mail=None)
    OutgoingMail.objects.filter(pk__in=numbers).delete()


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """What became of a mailing, for one group of its readers. Who opened or clicked what is nobody's business."""

    group: str
    readers: int
    sent: int
    waiting: int
    bounced: int
    left: int


def numbers(mailing: Mailing) -> list[Numbers]:
    """Return the numbers of all readers ("ALL"), of each language, each role, and of those without one ("NONE")."""
    rows = list(mailing.recipients.values_list("state", "language", "roles", "mail__sent_at", "bounced_at", "left_at"))
    groups = ["ALL", "vi", "en", *Subscription.Role.values, "NONE"]
    return [
        Numbers(
            group=group,
            readers=len(inside),
            sent=sum(sent_at is not None for _state, _lang, _roles, sent_at, _bounced, _left in inside),
            waiting=sum(
                state != MailingRecipient.State.DROPPED and sent_at is None
                for state, _lang, _roles, sent_at, _bounced, _left in inside
            ),
            bounced=sum(row[4] is not None for row in inside),
            left=sum(row[5] is not None for row in inside),
        )
        for group in groups
        if (inside := [row for row in rows if _is_in(group, row[1], row[2])]) or group == "ALL"
    ]


def _is_in(group: str, language: str, roles: list[str]) -> bool:
    if group == "NONE":
        return not roles
    return group == "ALL" or group == language or group in roles

"""Invitations: codes of 128 random bits that open a hidden type, skip approval, or go ahead in the queue."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db.models import F

from events import permissions
from events.labels import label
from events.models import Event, Invitation, TicketType
from events.refusals import EventNotFound, InvitationNotValid
from network.models import Person
from network.refusals import Invalid, NotFound, NotPermitted

MOST_USES = 10_000
MOST_AT_ONCE = 500
LONGEST_NOTE = 120
FURTHEST = 100
"""How far ahead in the queue, or back, an invitation may put somebody."""


@dataclass(frozen=True, kw_only=True)
class InvitationFacts:
    """What an invitation opens: `ticket_type_id` None is any type, hidden ones included; lower `priority` first."""

    ticket_type_id: int | None = None
    skips_approval: bool = True
    priority: int = 0
    most_uses: int = 1
    expires_at: datetime | None = None


def make(
    *, event_id: int, facts: InvitationFacts, actor: Person, at: datetime, notes: Sequence[str] = ("",)
) -> list[Invitation]:
    """Make an invitation for each of `notes` (whom it is for), all or none; return them with their codes.

    Raises NotPermitted, EventNotFound, Invalid at `notes` (required, too_many, too_long), `ticket_type_id` (unknown),
    `most_uses` and `priority` (out_of_range), and `expires_at` (past).
    """
    if not permissions.may_run_desk(actor, event_id):
        raise NotPermitted()
    if not Event.objects.filter(pk=event_id).exists():
        raise EventNotFound()
    _refuse_invalid(event_id, facts, at)
    cleaned = [label(note, field="notes", limit=LONGEST_NOTE, required=False) for note in notes]
    if not cleaned:
        raise Invalid(field="notes", reason="required")
    if len(cleaned) > MOST_AT_ONCE:
        raise Invalid(field="notes", reason="too_many", most=MOST_AT_ONCE)
    common = asdict(facts) | {"event_id": event_id, "made_by": actor, "made_at": at}
    return Invitation.objects.bulk_create(
        Invitation(code=secrets.token_urlsafe(16), note=note, **common) for note in cleaned
    )


def _refuse_invalid(event_id: int, facts: InvitationFacts, at: datetime) -> None:
    type_id = facts.ticket_type_id
    if type_id is not None and not TicketType.objects.filter(pk=type_id, event=event_id).exists():
        raise Invalid(field="ticket_type_id", reason="unknown")
    if not 1 <= facts.most_uses <= MOST_USES:
        raise Invalid(field="most_uses", reason="out_of_range", least=1, most=MOST_USES)
    if abs(facts.priority) > FURTHEST:
        raise Invalid(field="priority", reason="out_of_range", least=-FURTHEST, most=FURTHEST)
    if facts.expires_at is not None and facts.expires_at <= at:
        raise Invalid(field="expires_at", reason="past")


def revoke(*, invitation_id: int, actor: Person, at: datetime) -> None:
    """Let an invitation open nothing more; who came by it stays. Raises NotFound, NotPermitted."""
    invitation = Invitation.objects.filter(pk=invitation_id).first()
    if invitation is None:
        raise NotFound()
    if not permissions.may_run_desk(actor, invitation.event_id):
        raise NotPermitted()
    Invitation.objects.filter(pk=invitation_id, revoked_at=None).update(revoked_at=at)


def read(*, code: str, event_id: int, at: datetime) -> Invitation | None:
    """Return the invitation of a code, None for no code. Raises InvitationNotValid: one answer for every reason."""
    if not code:
        return None
    invitation = usable(code=code, event_ids=[event_id], at=at)
    if invitation is None:
        raise InvitationNotValid()
    return invitation


def usable(*, code: str, event_ids: Iterable[int], at: datetime) -> Invitation | None:
    """Return the invitation of a code to one of these events, if it (still) opens anything."""
    if "\0" in code:  # PostgreSQL takes none
        return None
    invitation = Invitation.objects.filter(code=code.strip(), event__in=list(event_ids), revoked_at=None).first()
    if invitation is None or invitation.uses >= invitation.most_uses:
        return None
    is_over = invitation.expires_at is not None and invitation.expires_at <= at
    return None if is_over else invitation


def use(invitation: Invitation) -> None:
    """Count one use. Called inside the transaction of its rule. Raises InvitationNotValid: used up, or revoked."""
    standing = Invitation.objects.filter(pk=invitation.pk, revoked_at=None, uses__lt=F("most_uses"))
    if not standing.update(uses=F("uses") + 1):
        raise InvitationNotValid()


def return_use(invitation_id: int | None) -> None:
    """Give one use back, of a registration that came by the invitation and ended."""
    if invitation_id is not None:
        Invitation.objects.filter(pk=invitation_id, uses__gt=0).update(uses=F("uses") - 1)

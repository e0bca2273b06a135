"""Invitations: codes of 128 random bits that open a hidden type, skip approval, or go ahead in the queue."""

import secrets
from collections.abc import Iterable
from datetime import datetime

from django.db.models import F

from events import permissions
from events.models import Event, Invitation, TicketType
from events.refusals import EventNotFound, InvitationNotValid
from network.models import Person
from network.refusals import Invalid, NotFound, NotPermitted

MOST_USES = 10_000


def make(
    *,
    event_id: int,
    actor: Person,
    at: datetime,
    ticket_type_id: int | None = None,
    note: str = "",
    skips_approval: bool = True,
    priority: int = 0,
    most_uses: int = 1,
    expires_at: datetime | None = None,
) -> Invitation:
    """Make an invitation; return it with its code.

    Raises NotPermitted, EventNotFound, Invalid at `ticket_type_id` (unknown), `most_uses` (out_of_range) and `note`
    (too_long).
    """
    if not permissions.may_run_desk(actor, event_id):
        raise NotPermitted()
    if not Event.objects.filter(pk=event_id).exists():
        raise EventNotFound()
    if ticket_type_id and not TicketType.objects.filter(pk=ticket_type_id, event=event_id).exists():
        raise Invalid(field="ticket_type_id", reason="unknown")
    if not 1 <= most_uses <= MOST_USES:
        raise Invalid(field="most_uses", reason="out_of_range", least=1, most=MOST_USES)
    if len(note) > 120:
        raise Invalid(field="note", reason="too_long", limit=120)
    return Invitation.objects.create(
        event_id=event_id,
        ticket_type_id=ticket_type_id,
        code=secrets.token_urlsafe(16),
        note=note.strip(),
        skips_approval=skips_approval,
        priority=priority,
        most_uses=most_uses,
        expires_at=expires_at,
        made_by=actor,
        made_at=at,
    )


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
    invitation = Invitation.objects.filter(code=code.strip(), event__in=list(event_ids), revoked_at=None).first()
    if invitation is None or invitation.uses >= invitation.most_uses:
        return None
    is_over = invitation.expires_at is not None and invitation.expires_at <= at
    return None if is_over else invitation


def use(invitation: Invitation) -> None:
    """Count one use. Called inside the transaction of its rule. Raises InvitationNotValid when it is used up."""
    if not Invitation.objects.filter(pk=invitation.pk, uses__lt=F("most_uses")).update(uses=F("uses") + 1):
        raise InvitationNotValid()


def return_use(invitation_id: int | None) -> None:
    """Give one use back, of a registration that came by the invitation and ended."""
    if invitation_id is not None:
        Invitation.objects.filter(pk=invitation_id, uses__gt=0).update(uses=F("uses") - 1)

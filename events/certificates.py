"""Certificates of attendance: issued once for whoever was let in, checked by anybody who has the code, revoked."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from events import certificate_letters, doors, permissions
from events.models import Certificate, CheckIn, Event, Ticket
from events.queries import shown_by
from events.refusals import (
    AlreadyDecided,
    CertificateNotFound,
    CertificateRevoked,
    EventNotFound,
    EventNotOver,
    NotAttended,
    TicketNotFound,
)
from network.models import Person
from network.refusals import Invalid

_ADMITTED = Q(checkins__status=CheckIn.Status.OK, checkins__annulled_at=None)
_LONGEST_REASON = 200


def issue(*, event_id: int, ticket_ids: Sequence[UUID], actor: Person, at: datetime) -> list[Certificate]:
    """Certify that these tickets' holders attended; write to them; return their certificates that stand.

    A ticket with a standing certificate keeps it, so asking twice is asking once; one whose certificate was revoked
    gets another. Raises EventNotFound (also for whoever does not run the event's desk), EventNotOver, AlreadyDecided
    when the event is cancelled or a draft, TicketNotFound for a ticket of another event, NotAttended for one with which
    nobody was let in.
    """
    with transaction.atomic():
        event = certifiable(event_id=event_id, actor=actor, at=at)
        # With the doors held nobody's admission is taken back meanwhile.
        doors.hold(event_id=event.pk)
        rows = {ticket.pk: ticket for ticket in _tickets(event).filter(pk__in=ticket_ids)}
        if len(rows) != len(set(ticket_ids)):
            raise TicketNotFound()
        if _tickets(event).filter(_ADMITTED, pk__in=ticket_ids).values("pk").distinct().count() != len(rows):
            raise NotAttended()
        standing = Certificate.objects.filter(ticket__in=rows, revoked_at=None)
        held = set(standing.values_list("ticket", flat=True))
        new = [_new(ticket, actor, at) for key, ticket in rows.items() if key not in held]
        Certificate.objects.bulk_create(new)
        certificate_letters.post(new, at=at)
        return list(standing.select_related("event"))


def certifiable(*, event_id: int, actor: Person, at: datetime) -> Event:
    """Return an event whose attendance the actor may certify at `at`; refuse as `issue` does."""
    event = Event.objects.filter(pk=event_id).first()
    if event is None or not permissions.may_run_desk(actor, event_id):
        raise EventNotFound()
    if event.status in {Event.Status.CANCELLED, Event.Status.DRAFT}:
        raise AlreadyDecided(status=event.status)
    if event.ends_at > at:
        raise EventNotOver(ends_at=event.ends_at)
    return event


def _tickets(event: Event) -> QuerySet[Ticket]:
    return Ticket.objects.filter(event=event).select_related("registration__person", "holder")


def _new(ticket: Ticket, actor: Person, at: datetime) -> Certificate:
    return Certificate(
        ticket=ticket,
        event_id=ticket.event_id,
        code=secrets.token_hex(16),
        holder_name=ticket.holder_name,
        issued_at=at,
        issued_by=actor,
    )


def revoke(*, certificate_id: int, reason: str, actor: Person, at: datetime) -> Certificate:
    """Declare a certificate void, for a reason that organisers read; return it.

    Raises CertificateNotFound (also for whoever does not run the event's desk), Invalid (reason: required, too_long)
    and CertificateRevoked when it is void already.
    """
    reason = " ".join(reason.split())
    certificate = Certificate.objects.select_related("event").filter(pk=certificate_id).first()
    if certificate is None or not permissions.may_run_desk(actor, certificate.event_id):
        raise CertificateNotFound()
    if not reason:
        raise Invalid(field="reason", reason="required")
    if len(reason) > _LONGEST_REASON:
        raise Invalid(field="reason", reason="too_long", limit=_LONGEST_REASON)
    standing = Certificate.objects.filter(pk=certificate_id, revoked_at=None)
    if not standing.update(revoked_at=at, revoked_reason=reason):
        raise CertificateRevoked(revoked_at=certificate.revoked_at)
    certificate.revoked_at, certificate.revoked_reason = at, reason
    return certificate


def send(*, certificate_id: int, actor: Person, at: datetime) -> Certificate:
    """Send a certificate once more to whoever shows its ticket; return it. Refuses as `revoke` does."""
    rows = Certificate.objects.select_related("event", "ticket__registration__person", "ticket__holder")
    certificate = rows.filter(pk=certificate_id).first()
    if certificate is None or not permissions.may_run_desk(actor, certificate.event_id):
        raise CertificateNotFound()
    if certificate.revoked_at is not None:
        raise CertificateRevoked(revoked_at=certificate.revoked_at)
    with transaction.atomic():
        certificate_letters.post([certificate], at=at)
    return certificate


def uncertified(event_id: int) -> list[UUID]:
    """The tickets with which somebody was let in and that never had a certificate: a revoked one stays revoked."""
    rows = Ticket.objects.filter(_ADMITTED, event=event_id, certificates=None)
    return list(rows.order_by("number").values_list("pk", flat=True).distinct())


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What anybody may know of a certificate whose code they have."""

    holder_name: str
    event: Event
    revoked_at: datetime | None


def verify(code: str) -> Verdict | None:
    """Say whose attendance the code certifies and whether that stands; None for a code that was never given."""
    row = Certificate.objects.select_related("event").filter(code=code.strip().lower()).first()
    if row is None:
        return None
    return Verdict(holder_name=row.holder_name, event=row.event, revoked_at=row.revoked_at)


def own_certificate(*, ticket_id: UUID, person: permissions.Viewer) -> Certificate | None:
    """The standing certificate of a ticket, for whoever shows that ticket."""
    if not person.is_authenticated:
        return None
    shown = Ticket.objects.filter(shown_by(person), pk=ticket_id)
    rows = Certificate.objects.select_related("event__venue", "event__organiser")
    return rows.filter(ticket__in=shown, revoked_at=None).first()


def certificates_at(*, event: Event, viewer: permissions.Viewer) -> QuerySet[Certificate]:
    """An event's certificates with their tickets and who issued them, for those who run its desk; else none."""
    if not permissions.may_run_desk(viewer, event.pk):
        return Certificate.objects.none()
    rows = Certificate.objects.filter(event=event).select_related("event", "ticket", "issued_by")
    return rows.order_by("-issued_at", "ticket__number")

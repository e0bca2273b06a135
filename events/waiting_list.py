"""The waiting list: first in, first out by (priority, joined, id); groups all or nothing.

Whenever places become free, whoever comes first and fits is offered them at once: an offer holds its places until it
is accepted, declined, or expires. A group that does not fit yet keeps its place in the queue while smaller ones behind
it are served, so that no seat stays empty (docs/decisions/0012). Everything here happens under the event's Seats.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Aggregate, Count, OuterRef, Q, QuerySet, Subquery, Sum

from events import confirmation, history, invitations, mails, seats
from events.holding import held_registration, refuse_over
from events.models import Event, Registration, Seats
from events.refusals import OfferExpired
from network.models import Person

Status = Registration.Status


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where somebody stands in the queue: `number` of `of`, counted from 1; `places` wait before them."""

    number: int
    of: int
    places: int


def queue(*, event_id: int) -> QuerySet[Registration]:
    """Return who waits for an event, first come first."""
    rows = Registration.objects.filter(event=event_id, status=Status.WAITLISTED)
    return rows.order_by("priority", "waiting_since", "pk")


def place(registration: Registration) -> Place | None:
    """Return where a waiting registration stands; None if it does not wait."""
    return places([registration]).get(registration.pk)


def places(registrations: Iterable[Registration]) -> dict[int, Place]:
    """Return where those of `registrations` that wait stand, by their key, in one statement."""
    keys = [registration.pk for registration in registrations if registration.status == Status.WAITLISTED]
    if not keys:
        return {}
    waiting = Registration.objects.filter(event=OuterRef("event"), status=Status.WAITLISTED)
    before = waiting.filter(
        Q(priority__lt=OuterRef("priority"))
        | Q(priority=OuterRef("priority"), waiting_since__lt=OuterRef("waiting_since"))
        | Q(priority=OuterRef("priority"), waiting_since=OuterRef("waiting_since"), pk__lt=OuterRef("pk"))
    )
    rows = Registration.objects.filter(pk__in=keys, status=Status.WAITLISTED).order_by()
    counted = rows.annotate(
        _of=_per_event(waiting, Count("pk")),
        _before=_per_event(before, Count("pk")),
        _people=_per_event(before, Sum("quantity")),
    )
    return {row.pk: Place(number=(row._before or 0) + 1, of=row._of, places=row._people or 0) for row in counted}


def _per_event(rows: QuerySet[Registration], aggregate: Aggregate) -> Subquery:
    return Subquery(rows.order_by().values("event").annotate(_value=aggregate).values("_value"))


def takes(event: Event, at: datetime) -> bool:
    """Whether somebody may join the queue at `at`: nothing is offered any more once the event has started."""
    return event.has_waiting_list and at < event.starts_at


def event_moved(*, event: Event, at: datetime) -> None:
    """Let no offer outlive the event's new start, and offer what is free if that lies ahead again.

    Called inside the rule that moves the event.
    """
    offers = Registration.objects.filter(event=event, status=Status.OFFERED, offer_expires_at__gt=event.starts_at)
    offers.update(offer_expires_at=event.starts_at)
    promote(held=seats.hold(event_id=event.pk), at=at)


def join(registration: Registration, *, actor: Person | None, at: datetime) -> None:
    """Put a registration at the end of the queue and write to its person. Called under the event's Seats.

    The registration is saved by whoever calls, if it is new.
    """
    registration.status, registration.waiting_since = Status.WAITLISTED, at
    registration.save()
    history.note(registration, "waitlisted", actor=actor, at=at)
    mails.waitlisted(registration=registration, at=at)


def promote(*, held: Seats, at: datetime) -> list[Registration]:
    """Offer what is free to whoever comes first and fits; return the registrations that got an offer.

    Called inside another rule's transaction; `held` is the event's row of Seats.
    """
    event = held.event
    if event.status != Event.Status.SCHEDULED or event.starts_at <= at or held.left == 0:
        return []
    promoted: list[Registration] = []
    refused: dict[int, int] = {}  # type → how many did not fit; room only shrinks here, so no more will
    for registration in queue(event_id=event.pk).select_related("person", "event__venue"):
        kind, wanted = registration.ticket_type_id, registration.quantity
        if kind in refused and wanted >= refused[kind]:
            continue
        if seats.fit(seats=held, ticket_type_id=kind, quantity=wanted):
            _offer(registration, held, at)
            promoted.append(registration)
        else:
            refused[kind] = wanted
        if held.left == 0:
            break
    return promoted


def _offer(registration: Registration, held: Seats, at: datetime) -> None:
    seats.take(seats=held, ticket_type_id=registration.ticket_type_id, quantity=registration.quantity)
    hours = timedelta(hours=held.event.offer_hours)
    registration.status = Status.OFFERED
    registration.offer_expires_at = min(at + hours, held.event.starts_at)
    registration.save(update_fields=["status", "offer_expires_at"])
    history.note(registration, "offered", actor=None, at=at)
    mails.offered(registration=registration, at=at)


def accept(*, registration_id: int, actor: Person, at: datetime) -> Registration:
    """Accept an offered place; return the confirmed registration.

    Raises RegistrationNotFound (also for somebody else's), RegistrationNotInState, OfferExpired, and
    RegistrationClosed for a cancelled event.
    """
    with transaction.atomic():
        registration, held = _own_offer(registration_id, actor)
        refuse_over(held.event, at)
        expires = registration.offer_expires_at
        if expires is not None and expires <= at:
            raise OfferExpired(expired_at=expires)
        history.note(registration, "accepted", actor=actor, at=at)
        confirmation.confirm(registration, held=held, actor=actor, at=at)
    return registration


def decline(*, registration_id: int, actor: Person, at: datetime) -> Registration:
    """Decline an offered place, which goes to the next at once. Raises RegistrationNotFound, RegistrationNotInState."""
    with transaction.atomic():
        registration, held = _own_offer(registration_id, actor)
        _end(registration, Status.DECLINED, held, actor=actor, at=at)
        mails.declined(registration=registration, at=at)
    return registration


def expire_due(*, at: datetime) -> int:
    """Let offers end that nobody accepted in time, each event in a transaction of its own; return how many."""
    due = Registration.objects.filter(status=Status.OFFERED, offer_expires_at__lte=at)
    expired = 0
    for event_id in due.order_by("event").values_list("event", flat=True).distinct():
        with transaction.atomic():
            held = seats.hold(event_id=event_id)
            for registration in due.filter(event=event_id).select_related("person", "event__venue").order_by("pk"):
                _end(registration, Status.EXPIRED, held, actor=None, at=at, promotes=False)
                mails.offer_expired(registration=registration, at=at)
                expired += 1
            promote(held=held, at=at)
    return expired


def _end(
    registration: Registration, status: str, held: Seats, *, actor: Person | None, at: datetime, promotes: bool = True
) -> None:
    registration.status = status
    registration.save(update_fields=["status"])
    seats.give_back(seats=held, ticket_type_id=registration.ticket_type_id, quantity=registration.quantity)
    invitations.return_use(registration.invitation_id)
    history.note(registration, status.lower(), actor=actor, at=at)
    if promotes:
        promote(held=held, at=at)


def _own_offer(registration_id: int, actor: Person) -> tuple[Registration, Seats]:
    # Read under the lock: the offer may have ended while we waited.
    return held_registration(registration_id=registration_id, actor=actor, states=(Status.OFFERED,))

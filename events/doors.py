"""The doors of an event as a whole: what everybody who lets in, or turns a ticket away, shares."""

from collections.abc import Iterable

from django.db.models import F

from events.models import CheckInTally
from events.notices import CheckedIn, RegistrationChanged, announce


def hold(*, event_id: int) -> CheckInTally:
    """Keep everybody from being let in until the transaction ends; return the tally as it is now."""
    return CheckInTally.objects.select_for_update().get(event_id=event_id)


def changed(*, event_id: int) -> None:
    """Say that something changed by which a ticket may be refused that was good before: a ticket that died, was blocked
    or got a new code, a fee that is due again, an event or list with other rules.

    Whoever is just letting somebody in decides anew. Called inside the transaction of the change.
    """
    CheckInTally.objects.filter(event_id=event_id).update(changes=F("changes") + 1)


def tell(*, event_id: int, sequence: int, admitted: int, inside: int) -> None:
    """Announce up to where the log has grown, and the numbers."""
    announce(CheckedIn(event_id=event_id, sequence=sequence, admitted=admitted, inside=inside))


def tell_guests(*, event_id: int, registration_ids: Iterable[int]) -> None:
    """Announce to whom it may matter that somebody of these registrations went in or out."""
    for registration_id in registration_ids:
        announce(RegistrationChanged(event_id=event_id, registration_id=registration_id))

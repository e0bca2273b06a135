"""Who did what to a registration: written in the transaction of the act itself, and told to whoever follows it."""

from datetime import datetime

from django.db.models import QuerySet

from events.models import HistoryEntry, Registration
from events.notices import RegistrationChanged, announce
from network.models import Person
from network.statements import insert


def note(
    registration: Registration, act: str, *, actor: Person | None, at: datetime, **facts: str | int | None
) -> None:
    """Write that `actor` (None: the platform itself) did `act`. `facts` are codes and numbers, nobody's own words."""
    insert(HistoryEntry(registration=registration, act=act, actor=actor, at=at, facts=facts))
    announce(RegistrationChanged(event_id=registration.event_id, registration_id=registration.pk))


def of(registration: Registration) -> QuerySet[HistoryEntry]:
    """Return what happened to a registration, oldest first, with who did it."""
    return HistoryEntry.objects.filter(registration=registration).select_related("actor").order_by("at", "pk")

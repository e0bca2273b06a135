"""The doors of an event as a whole: the lock under which people are let in, and the count."""

from django.db.models import F

from events.models import CheckInTally
from events.notices import CheckedIn, announce


def hold(*, event_id: int) -> CheckInTally:
    """Keep everybody from being let in until the transaction ends; return the tally as it is now."""
    return CheckInTally.objects.select_for_update().get(event_id=event_id)


def count(*, event_id: int, admitted: int) -> None:
    """Take the next number of the sequence, add `admitted` (1 or -1) and announce it. Called while holding."""
    rows = CheckInTally.objects.filter(event_id=event_id)
    rows.update(last_sequence=F("last_sequence") + 1, admitted=F("admitted") + admitted)
    tally = rows.get()
    announce(CheckedIn(event_id=event_id, sequence=tally.last_sequence, admitted=tally.admitted))

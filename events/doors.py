"""The doors of an event as a whole: the lock under which people are let in, and the count."""

from events.models import CheckInTally
from events.notices import CheckedIn, announce


def hold(*, event_id: int) -> CheckInTally:
    """Keep everybody from being let in until the transaction ends; return the tally as it is now."""
    return CheckInTally.objects.select_for_update().get(event_id=event_id)


def count(*, tally: CheckInTally, admitted: int) -> None:
    """Take the next number of the sequence, add `admitted` (1 or -1) and announce it. `tally` is the row held."""
    tally.last_sequence += 1
    tally.admitted += admitted
    tally.inside += admitted
    tally.save(update_fields=["last_sequence", "admitted", "inside"])
    announce(CheckedIn(event_id=tally.event_id, sequence=tally.last_sequence, admitted=tally.admitted))

"""Links that confirm an entry without logging in: signed, for one entry and one of its owners, good for a while."""

from datetime import UTC, datetime, timedelta

from django.core import signing

from network.joining import entries
from network.joining.entries import Entry
from network.joining.refusals import LinkNotValid
from network.models import Organisation, Person, Profile

SIGNER = signing.Signer(salt="network.joining.freshness")
LASTS = timedelta(days=400)
"""As long as it is worth to come back by it: the ladder, and most of a year after it."""


def make(entry: Entry, person: Person, *, at: datetime) -> str:
    """Return the token of a link for `person` about `entry`."""
    kind = "o" if isinstance(entry, Organisation) else "p"
    return SIGNER.sign_object([kind, entry.pk, person.pk, int(at.timestamp())])


def read(token: str, *, at: datetime) -> tuple[Entry, Person, datetime]:
    """Return the entry, the owner that a link is for, and when it was made.

    Raises LinkNotValid for one that was cut, changed or is too old, or whose reader owns the entry no more.
    """
    try:
        kind, entry_pk, person_pk, seconds = SIGNER.unsign_object(token)
        made = datetime.fromtimestamp(seconds, tz=UTC)
        entry = _entry(kind, entry_pk)
    except (signing.BadSignature, TypeError, ValueError) as error:
        raise LinkNotValid() from error
    if entry is None or at - made > LASTS or getattr(entry, "merged_into_id", None):
        raise LinkNotValid()
    owner = next((person for person in entries.owners(entry) if person.pk == person_pk), None)
    if owner is None:
        raise LinkNotValid()
    return entry, owner, made


def _entry(kind: str, pk: int) -> Entry | None:
    if kind == "o":
        return Organisation.objects.filter(pk=pk).first()
    return Profile.objects.select_related("person").filter(pk=pk).first()

"""Writing values into an entry, its facts and its relations. Called inside a rule's transaction, the entry locked."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from network import consents
from network.directory import index
from network.entries import checks, pictures
from network.entries.columns import CODED, FACTS_OF, HOLDERS, PICTURES, Entry, Json, columns_of, facts_of, read_field
from network.models import Change, Organisation, Profile
from network.refusals import DirectoryConsentRequired, NotFound

__all__ = ["FACTS_OF", "lock", "moved", "put", "refuse_unconsented"]


def lock(entry: Entry) -> Entry:
    """Return the entry as it is now, locked. Raises NotFound, also for one that was merged into another."""
    rows = type(entry)._default_manager.select_for_update()
    found = rows.filter(pk=entry.pk).first()
    if found is None or getattr(found, "merged_into_id", None) is not None:
        raise NotFound(kind="entry")
    assert isinstance(found, Profile | Organisation)
    return found


def put(entry: Entry, values: Mapping[str, Json], *, at: datetime) -> None:
    """Let the entry say these values; it is confirmed by that.

    Raises DirectoryConsentRequired, and Invalid for a tax code that another has taken or a picture that is gone.
    """
    if values.get("is_listed"):
        refuse_unconsented(entry)
    if "tax_code" in values:
        checks.refuse_taken_tax_code(entry, values["tax_code"])
    known, facts = columns_of(entry), facts_of(entry)
    of_facts = {name: value for name, value in values.items() if known[name].facts}
    for name in values.keys() - of_facts.keys() - CODED.keys():
        if name in PICTURES:
            pictures.show(entry, name, values[name])
        else:
            setattr(entry, name, values[name])
    entry.confirmed_at = at
    entry.save()
    if of_facts:
        _put_facts(entry, facts, of_facts)
    for name in values.keys() & CODED.keys():
        getattr(entry, name).set(CODED[name].objects.filter(code__in=values[name]))
    index.refresh(**{"profiles" if isinstance(entry, Profile) else "organisations": [entry.pk]})


def _put_facts(entry: Entry, facts: str, values: Mapping[str, Json]) -> None:
    row, _made = HOLDERS[facts]._default_manager.get_or_create(organisation=entry)
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    entry._state.fields_cache[facts] = row  # what was read before knew of none


def refuse_unconsented(entry: Entry) -> None:
    """Raise DirectoryConsentRequired unless the person has agreed to be shown."""
    if isinstance(entry, Profile) and consents.Purpose.DIRECTORY not in consents.standing(entry.person):
        raise DirectoryConsentRequired()


def moved(entry: Entry, change: Change, names: Iterable[str], *, side: str = "old") -> list[str]:
    """Return those fields in which the entry says something else by now than that side of the change."""
    return [name for name in names if read_field(entry, name) != change.values[name][side]]

"""Lists that people keep of entries they found: theirs alone, or read by whoever was given the secret address."""

import secrets
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Count, Prefetch, QuerySet

from network.directory import entries
from network.models import Organisation, Person, Profile, SavedEntry, SavedList
from network.refusals import Invalid, NotFound, TooManyLists

MOST_LISTS = 50
MOST_ENTRIES = 500


def make(*, person: Person, name: str, at: datetime) -> SavedList:
    """Make an empty list and return it; one of that name is returned as it is.

    Raises Invalid at `name` (required, too_long) and TooManyLists.
    """
    cleaned = _cleaned(name)
    with transaction.atomic():
        Person.objects.select_for_update(no_key=True).get(pk=person.pk)
        known = SavedList.objects.filter(person=person, name=cleaned).first()
        if known is not None:
            return known
        if SavedList.objects.filter(person=person).count() >= MOST_LISTS:
            raise TooManyLists(most=MOST_LISTS)
        return SavedList.objects.create(person=person, name=cleaned, created_at=at)


def save(*, person: Person, list_id: int, entry: Organisation | Profile, at: datetime) -> SavedEntry:
    """Put an entry that anybody may find on one's list; one that stands there stays. Return it.

    Raises NotFound (the list is not theirs, the entry not listed) and Invalid at `list` (full).
    """
    field = "profile" if isinstance(entry, Profile) else "organisation"
    with transaction.atomic():
        held = _own(person, list_id)
        listed = entries.listed_people() if isinstance(entry, Profile) else entries.listed_organisations()
        if not listed.filter(pk=entry.pk).exists():
            raise NotFound(kind=field)
        known = held.entries.filter(**{field: entry}).first()
        if known is not None:
            return known
        if held.entries.count() >= MOST_ENTRIES:
            raise Invalid(field="list", reason="full", most=MOST_ENTRIES)
        try:
            with transaction.atomic():
                return held.entries.create(**{field: entry}, added_at=at)
        except IntegrityError:  # two clicks at once
            return held.entries.get(**{field: entry})


def remove(*, person: Person, entry_id: int) -> SavedList:
    """Take an entry off one's list; return the list. Raises NotFound."""
    with transaction.atomic():
        row = SavedEntry.objects.select_related("saved_list").filter(pk=entry_id, saved_list__person=person).first()
        if row is None:
            raise NotFound(kind="saved_entry")
        row.delete()
        return row.saved_list


def share(*, person: Person, list_id: int) -> SavedList:
    """Give the list a secret address, a new one each time it is shared anew; return it. Raises NotFound."""
    with transaction.atomic():
        held = _own(person, list_id)
        if held.secret is None:
            held.secret = secrets.token_urlsafe(32)
            held.save(update_fields=["secret"])
        return held


def unshare(*, person: Person, list_id: int) -> SavedList:
    """Let nobody else read the list from now on; return it. Raises NotFound."""
    with transaction.atomic():
        held = _own(person, list_id)
        held.secret = None
        held.save(update_fields=["secret"])
        return held


def delete(*, person: Person, list_id: int) -> None:
    """Throw a list away. Raises NotFound."""
    with transaction.atomic():
        _own(person, list_id).delete()


def own(person: Person) -> QuerySet[SavedList]:
    """Return somebody's lists by name, with what stands on them."""
    return SavedList.objects.filter(person=person).annotate(many=Count("entries")).prefetch_related(shown())


def own_list(*, person: Person, list_id: int) -> SavedList:
    """Return one of somebody's lists with its entries. Raises NotFound."""
    held = SavedList.objects.filter(person=person, pk=list_id).prefetch_related(shown()).first()
    if held is None:
        raise NotFound(kind="saved_list")
    return held


def shared(*, secret: str) -> SavedList:
    """Return the list that is shared under a secret. Raises NotFound."""
    held = SavedList.objects.filter(secret=secret).prefetch_related(shown()).first() if secret else None
    if held is None:
        raise NotFound(kind="saved_list")
    return held


def shown() -> "Prefetch[str]":
    """A list's entries, those that are listed still, with what their cards show."""
    organisations = entries.listed_organisations().prefetch_related("sectors")
    people = entries.listed_people().select_related("person").prefetch_related("sectors", "roles")
    rows = SavedEntry.objects.filter(organisation__in=entries.listed_organisations()) | SavedEntry.objects.filter(
        profile__in=entries.listed_people()
    )
    return Prefetch(
        "entries", rows.prefetch_related(Prefetch("organisation", organisations), Prefetch("profile", people))
    )


def _own(person: Person, list_id: int) -> SavedList:
    held = SavedList.objects.select_for_update().filter(pk=list_id, person=person).first()
    if held is None:
        raise NotFound(kind="saved_list")
    return held


def _cleaned(name: str) -> str:
    cleaned = " ".join("".join(letter if letter.isprintable() else " " for letter in name).split())
    if not cleaned:
        raise Invalid(field="name", reason="required")
    limit = SavedList._meta.get_field("name").max_length or 0
    if len(cleaned) > limit:
        raise Invalid(field="name", reason="too_long", limit=limit)
    return cleaned

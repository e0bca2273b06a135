"""The index of the directory is kept true: by the rules that write entries, and by a chore that forgets nothing."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from network.directory import card
from network.models import DirectoryEntry, DirectoryStamp, Organisation, Profile

Kind = DirectoryEntry.Kind
BATCH = 500
LATE = timedelta(minutes=2)
"""How far back the chore looks behind what the index has read: a transaction may have been that long."""


def refresh(*, organisations: Iterable[int] = (), profiles: Iterable[int] = ()) -> int:
    """Read these entries anew into the index, those that are no longer shown out of it; return how many changed.

    Called by the rule that wrote them, in its transaction. Writers of the index wait for one another from here to the
    end of their transactions, so that versions come in the order in which they are to be seen.
    """
    wanted = [(Kind.ORGANISATION, set(organisations)), (Kind.PROFILE, set(profiles))]
    if not any(ids for _kind, ids in wanted):
        return 0
    with transaction.atomic():
        version = _next_version()
        return sum(_write(kind, ids, version) for kind, all_ids in wanted for ids in _some(sorted(all_ids)))


def rebuild() -> int:
    """Read every entry anew, also what no rule told of (a field of work renamed); return how many had changed."""
    organisations = set(Organisation.objects.values_list("pk", flat=True)) | _known(Kind.ORGANISATION)
    profiles = set(Profile.objects.values_list("pk", flat=True)) | _known(Kind.PROFILE)
    changed = 0
    for some in _some(sorted(organisations)):
        changed += refresh(organisations=some)
    for some in _some(sorted(profiles)):
        changed += refresh(profiles=some)
    return changed


def catch_up(*, at: datetime) -> int:
    """The chore: read in what was written past the rules, and out what is gone or hidden; return how many changed."""
    changed = 0
    for some in _some(sorted(_behind(Organisation.objects.all(), Kind.ORGANISATION))):
        changed += refresh(organisations=some)
    for some in _some(sorted(_behind(Profile.objects.all(), Kind.PROFILE))):
        changed += refresh(profiles=some)
    return changed


def verify(*, at: datetime) -> int:
    """The nightly chore: `rebuild`, which writes only what differs."""
    return rebuild()


def _next_version() -> int:
    made = {"epoch": uuid4()}
    stamp, _is_new = DirectoryStamp.objects.get_or_create(pk=1, defaults=made)
    DirectoryStamp.objects.filter(pk=stamp.pk).update(version=F("version") + 1)
    return DirectoryStamp.objects.values_list("version", flat=True).get(pk=stamp.pk)


def _write(kind: str, ids: set[int], version: int) -> int:
    now = timezone.now()
    shown = {row.pk: row for row in _shown(kind, ids)}
    known = {row.entry_id: row for row in DirectoryEntry.objects.filter(kind=kind, entry_id__in=ids)}
    changed, same = [], []
    for pk in sorted(shown.keys() | (known.keys() & ids)):
        row = shown.get(pk)
        facts, key = (card.of(row), card.sort_key(row)[:800]) if row is not None else ("", "")
        before = known.get(pk)
        if before is not None and (before.facts, before.sort_key) == (facts, key):
            same.append(before.pk)
            continue
        changed.append(DirectoryEntry(kind=kind, entry_id=pk, facts=facts, sort_key=key, version=version, read_at=now))
    DirectoryEntry.objects.filter(pk__in=same).update(read_at=now)
    DirectoryEntry.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["kind", "entry_id"],
        update_fields=["facts", "sort_key", "version", "read_at"],
    )
    return len(changed)


def _shown(kind: str, ids: set[int]) -> QuerySet[Any]:
    """The entries that anybody may find, with all that their cards are made of."""
    if kind == Kind.PROFILE:
        people = Profile.objects.filter(pk__in=ids, is_listed=True, person__is_active=True)
        return people.select_related("person").prefetch_related("sectors", "skills", "roles")
    rows = Organisation.objects.filter(pk__in=ids, is_listed=True, merged_into=None)
    facts = ("fund_facts", "startup_facts", "centre_facts", "club_facts")
    return rows.select_related(*facts).prefetch_related("sectors", "needs")


def _behind(rows: QuerySet[Any], kind: str) -> set[int]:
    """The entries of which the index knows nothing, something old, or too much."""
    read = DirectoryEntry.objects.filter(kind=kind, entry_id=OuterRef("pk"), read_at__gte=OuterRef("updated_at") + LATE)
    listed = Q(is_listed=True) if kind == Kind.ORGANISATION else Q(is_listed=True, person__is_active=True)
    behind = set(rows.filter(listed & ~Exists(read)).values_list("pk", flat=True))
    told = set(DirectoryEntry.objects.filter(kind=kind).exclude(facts="").values_list("entry_id", flat=True))
    return behind | (told - set(rows.filter(listed).values_list("pk", flat=True)))


def _known(kind: str) -> set[int]:
    return set(DirectoryEntry.objects.filter(kind=kind).values_list("entry_id", flat=True))


def _some(ids: Iterable[int]) -> Iterator[set[int]]:
    known = list(ids)
    for start in range(0, len(known), BATCH):
        yield set(known[start : start + BATCH])

"""The rows of what a search found, loaded for lists: with what a card shows, limited to what anybody may find."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from django.db.models import QuerySet

from network.models import Organisation, Profile

Row = TypeVar("Row", Organisation, Profile)


def organisations(ids: Sequence[int]) -> list[Organisation]:
    """Return listed organisations in the order of `ids`, with their sectors and facts.

    One that was hidden since the index read it is left out: whether it is shown is asked of the row itself.
    """
    facts = ("fund_facts", "startup_facts", "centre_facts", "club_facts")
    rows = listed_organisations().filter(pk__in=ids).select_related("parent", *facts).prefetch_related("sectors")
    return _in_order(ids, rows)


def people(ids: Sequence[int]) -> list[Profile]:
    """Return listed profiles in the order of `ids`, with their person, sectors and roles."""
    rows = listed_people().filter(pk__in=ids).select_related("person").prefetch_related("sectors", "roles")
    return _in_order(ids, rows)


def listed_organisations() -> QuerySet[Organisation]:
    """The organisations that anybody may find."""
    return Organisation.objects.filter(is_listed=True, merged_into=None)


def listed_people() -> QuerySet[Profile]:
    """The people that anybody may find, whatever part they play."""
    return Profile.objects.filter(is_listed=True, person__is_active=True)


def _in_order(ids: Sequence[int], rows: Iterable[Row]) -> list[Row]:
    by_id = {row.pk: row for row in rows}
    return [by_id[pk] for pk in ids if pk in by_id]

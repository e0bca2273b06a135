"""The best of both lists of the directory, for a box that answers while one types."""

from typing import Any

import graphene

from network import models
from network.directory import entries, finding

from ..batch import together
from .types import Organisation, Profile

SHARE = 4
"""One in so many hits is of each kind, however good the other kind's are."""


class DirectoryHit(graphene.ObjectType):
    """An organisation or a person: one of the two is null."""

    name = graphene.String(required=True, description="Of the organisation or the person.")
    line = graphene.String(required=True, description="What they say of themselves in one line.")
    organisation = graphene.Field(Organisation, description="Null for a person.")
    person = graphene.Field(Profile, description="Null for an organisation.")

    resolve_name = staticmethod(lambda row, info: row.name if _is_organisation(row) else row.person.full_name)
    resolve_line = staticmethod(lambda row, info: (row.summary if _is_organisation(row) else row.headline) or "")
    resolve_organisation = staticmethod(lambda row, info: row if _is_organisation(row) else None)
    resolve_person = staticmethod(lambda row, info: None if _is_organisation(row) else row)


def _is_organisation(row: Any) -> bool:
    return isinstance(row, models.Organisation)


def hits(search: str, most: int) -> list[Any]:
    """Return the best of organisations and people, by their scores; nobody for an empty search."""
    if not search.strip():
        return []
    found = [finding.find_organisations(search=search), finding.find_people(search=search)]
    # A name with all the words stands before one that may have been meant, however good that is.
    best_how = min((_RANK.index(each.how) for each in found if len(each)), default=0)
    ranked = sorted(
        (index >= most // SHARE, -place.score, number, place.entry_id)
        for number, each in enumerate(found)
        if len(each) and _RANK.index(each.how) == best_how
        for index, place in ((index, each.place(index)) for index in range(min(most, len(each))))
    )
    # Who has a place by being among the best of their kind is then ranked like the others.
    chosen = sorted(ranked[:most], key=lambda hit: hit[1:])
    organisations = together(entries.organisations([pk for *_rank, number, pk in chosen if number == 0]))
    people = together(entries.people([pk for *_rank, number, pk in chosen if number == 1]))
    rows = {(0, row.pk): row for row in organisations} | {(1, row.pk): row for row in people}
    return [rows[number, pk] for *_rank, number, pk in chosen if (number, pk) in rows]


_RANK = ("all", "words", "meant", "some")

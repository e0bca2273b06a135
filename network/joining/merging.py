"""Merging two entries of one organisation: one is kept, the other absorbed; every reference moves, nothing is lost.

The absorbed row stays, off the directory, and says where it went, so that its old address leads to the new one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models, transaction

from network import permissions
from network.directory import index
from network.entry_fields import ORGANISATION_FIELDS
from network.joining import colleagues, references
from network.joining.references import Moved
from network.joining.refusals import CannotMerge
from network.models import (
    Claim,
    ColleagueInvitation,
    ContactBlock,
    Membership,
    Organisation,
    Person,
    Relationship,
    SavedEntry,
    SuggestionDismissal,
)
from network.refusals import NotFound, NotPermitted


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What a merge would do: how many rows of each model move, which empty fields are filled."""

    moves: list[tuple[str, int]]
    fills: list[str]


def preview(*, kept: Organisation, absorbed: Organisation) -> Preview:
    """Return what a merge would do, by the names of the models and of the fields."""
    counts: dict[str, int] = {}
    for column in references.references():
        number = sum(1 for _row in references.rows_of(column, absorbed))
        if number:
            name = _said(column)
            counts[name] = counts.get(name, 0) + number
    fields = [
        str(getattr(Organisation._meta.get_field(name), "verbose_name", name)) for name in _fillable(kept, absorbed)
    ]
    return Preview(moves=sorted(counts.items()), fills=list(dict.fromkeys(fields)))


def merge(*, kept_id: int, absorbed_id: int, actor: Person, at: datetime) -> Moved:
    """Merge one entry into another. Return what was moved, what was in double, and what had to stay.

    Raises NotPermitted, NotFound, CannotMerge (the same entry, or one that was merged before).
    """
    if not permissions.keeps_directory(actor):
        raise NotPermitted()
    if kept_id == absorbed_id:
        raise CannotMerge()
    with transaction.atomic():
        # In one order, whichever is kept: two keepers at once do not wait for each other for ever.
        rows = Organisation.objects.select_for_update().filter(pk__in=(kept_id, absorbed_id)).order_by("pk")
        found = {row.pk: row for row in rows}
        if len(found) != 2:
            raise NotFound()
        kept, absorbed = found[kept_id], found[absorbed_id]
        if kept.merged_into_id is not None or absorbed.merged_into_id is not None:
            raise CannotMerge()
        told = Moved()
        _untie(kept, absorbed)
        for column in references.references():
            references.move(column, absorbed, kept, DOUBLED.get(column.model, _same_place), told)
        _fill(kept, absorbed)
        Organisation.objects.filter(pk=absorbed.pk).update(merged_into=kept, is_listed=False)
        index.refresh(organisations=(kept.pk, absorbed.pk))
    return told


def _untie(kept: Organisation, absorbed: Organisation) -> None:
    """What ties the two to each other would tie one to itself: nothing belongs to itself or invests in itself."""
    if kept.parent_id == absorbed.pk:
        kept.parent_id = absorbed.parent_id if absorbed.parent_id != kept.pk else None
        Organisation.objects.filter(pk=kept.pk).update(parent=kept.parent_id)
    if absorbed.parent_id == kept.pk:
        absorbed.parent_id = None
        Organisation.objects.filter(pk=absorbed.pk).update(parent=None)
    both = [kept, absorbed]
    Relationship.objects.filter(organisation__in=both, target__in=both).delete()  # told of itself it says nothing


def _fillable(kept: Organisation, absorbed: Organisation) -> list[str]:
    """The columns that are empty in the kept row and not in the absorbed one."""
    plain = (column for field in ORGANISATION_FIELDS.values() if not field.many for column in field.columns)
    own = [*(column for column in plain if "." not in column), "parent"]
    return [name for name in own if not getattr(kept, name) and getattr(absorbed, name)]


def _fill(kept: Organisation, absorbed: Organisation) -> None:
    filled = _fillable(kept, absorbed)
    if "tax_code" in filled:  # unique: the absorbed row gives it up
        Organisation.objects.filter(pk=absorbed.pk).update(tax_code="")
    for name in filled:
        setattr(kept, name, getattr(absorbed, name))
    kept.save()


def _same_place(row: models.Model, like: models.Model | None) -> bool:
    """A place in a many-to-many that the kept entry has too goes; anything else is somebody's and stays."""
    if like is None or not row._meta.auto_created:
        return False
    row.delete()
    return True


def _stronger_place(row: models.Model, like: models.Model | None) -> bool:
    """Of two places of one person the stronger role stays."""
    if not isinstance(row, Membership) or not isinstance(like, Membership):
        return False
    like.role = colleagues.stronger(like.role, row.role)
    like.title = like.title or row.title
    like.save()
    row.delete()
    return True


def _same_relationship(row: models.Model, like: models.Model | None) -> bool:
    """One of two standing relationships that say the same; the earlier start and any words are kept."""
    if not isinstance(row, Relationship) or not isinstance(like, Relationship):
        return False
    starts = [one.since for one in (row, like) if one.since]
    like.since = min(starts) if starts else None
    like.note, like.source_url = like.note or row.note, like.source_url or row.source_url
    like.save()
    row.delete()
    return True


def _same_claim(row: models.Model, like: models.Model | None) -> bool:
    """The kept entry's own claim stands; the other one becomes history there."""
    if not isinstance(row, Claim) or not isinstance(like, Claim):
        return False
    row.status = Claim.Status.ENDED if row.status == Claim.Status.GRANTED else Claim.Status.WITHDRAWN
    row.organisation = like.organisation
    row.save()
    return True


def _same_invitation(row: models.Model, like: models.Model | None) -> bool:
    """The invitation to the kept entry stands; the other is taken back, as history there."""
    if not isinstance(row, ColleagueInvitation) or not isinstance(like, ColleagueInvitation):
        return False
    row.answer, row.organisation = ColleagueInvitation.Answer.REVOKED, like.organisation
    row.save()
    return True


def _once(row: models.Model, like: models.Model | None) -> bool:
    """Somebody saved both on one list, blocked or waved away both: once is enough."""
    if like is None:
        return False
    row.delete()
    return True


def _facts_filled(row: models.Model, like: models.Model | None) -> bool:
    """Facts of the kind: what the kept entry does not say is taken over."""
    if like is None:
        return False
    for column in row._meta.concrete_fields:
        if not column.is_relation and not column.primary_key and not getattr(like, column.attname):
            setattr(like, column.attname, getattr(row, column.attname))
    like.save()
    row.delete()
    return True


FACTS = tuple(
    relation.related_model
    for relation in Organisation._meta.related_objects
    if relation.one_to_one and str(relation.name).endswith("_facts")
)
DOUBLED: Mapping[Any, references.Doubled] = {
    Membership: _stronger_place,
    Relationship: _same_relationship,
    Claim: _same_claim,
    ColleagueInvitation: _same_invitation,
    **dict.fromkeys((SavedEntry, ContactBlock, SuggestionDismissal), _once),
    **dict.fromkeys(FACTS, _facts_filled),
}
"""By the model: what becomes of a row whose like the kept entry has."""


def _said(column: "models.ForeignKey[Any, Any]") -> str:
    """What is moved, in words: of a many-to-many, what the relation is called."""
    model = column.model
    owner: Any = model._meta.auto_created
    if owner:
        named = (one for one in owner._meta.many_to_many if one.remote_field.through is model)
        return str(next(named).verbose_name)
    return str(model._meta.verbose_name_plural)

"""Relationships for whole batches of entries: read once, and the other parties made batches of their own."""

from collections.abc import Mapping
from typing import Any

from network import relationships
from network.models import Organisation, Profile
from network.relationships import Relation

from ..batch import compute, together


def of_organisation(row: Organisation) -> list[Relation]:
    """Return the relations of an organisation."""
    found: list[Relation] = compute(row, "relations", lambda rows: _joined(relationships.of_organisations(rows)))
    return found


def of_person(row: Profile) -> list[Relation]:
    """Return the relations of a person's entry."""
    found: list[Relation] = compute(row, "relations", lambda rows: _joined(relationships.of_people(rows)))
    return found


def _joined(found: Mapping[int, list[Relation]]) -> Mapping[int, list[Relation]]:
    for model in (Organisation, Profile):
        parties: list[Any] = [each.party for relations in found.values() for each in relations]
        together({id(party): party for party in parties if isinstance(party, model)}.values())
    return found

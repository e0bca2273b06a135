"""What is remembered of an act's answer: which rows it named, as JSON, and how they are found again.

A type of the schema that a payload may hold says by `recall(id, viewer)` how its row is found for somebody who may
(still) see it.
"""

from typing import Any

import graphene
from django.db.models import Choices, Model
from graphene.types.structures import Structure

from network.global_ids import global_id
from network.models import Person


def kept(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values of a payload's fields as JSON: rows as their ids."""
    return {name: _kept(value) for name, value in values.items()}


def _kept(value: Any) -> Any:
    if isinstance(value, Model):
        return global_id(value)
    return value.value if isinstance(value, Choices) else value


def recalled(payload: type[graphene.ObjectType], answer: dict[str, Any], viewer: Person) -> dict[str, Any]:
    """Return the values of a payload's fields from what was kept."""
    return {name: _recalled(payload._meta.fields[name].type, value, viewer) for name, value in answer.items()}


def _recalled(kind: Any, value: Any, viewer: Person) -> Any:
    while isinstance(kind, Structure):
        kind = kind.of_type
    return kind.recall(value, viewer) if value is not None and hasattr(kind, "recall") else value

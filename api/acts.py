"""Mutations: parse, call one rule, word the refusal."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import graphene
from graphene.utils.str_converters import to_camel_case
from graphql import GraphQLResolveInfo

from network.doors import Permission, declare
from network.refusals import Refusal
from network.wording import word

from .permission import admit


class ActRefusal(graphene.ObjectType):
    """Why an act was refused; then nothing was changed."""

    class Meta:
        name = "Refusal"

    code = graphene.String(required=True, description="Stable; what programs decide by.")
    field = graphene.String(description="The input that it is about, if it is about one.")
    message = graphene.String(required=True, description="What to tell the person, in their language.")


def refusals() -> graphene.List:
    """Declare the field that every payload has."""
    return graphene.List(
        graphene.NonNull(ActRefusal),
        required=True,
        description="Empty when it is done.",
        resolver=lambda payload, info: payload.errors or [],
    )


Mutate = Callable[..., Any]


def act(permission: Permission) -> Callable[[Mutate], Mutate]:
    """Declare who may do it; strangers meet a top-level UNAUTHENTICATED, a rule's refusal becomes data."""

    def mark(mutate: Mutate) -> Mutate:
        @wraps(mutate)
        def guarded(cls: Any, root: Any, info: GraphQLResolveInfo, **arguments: Any) -> Any:
            admit(permission, info)
            try:
                return mutate(cls, root, info, **arguments)
            except Refusal as refusal:
                return cls(errors=[worded(refusal)])

        return declare(permission)(guarded)

    return mark


def worded(refusal: Refusal) -> ActRefusal:
    """Return a refusal as data."""
    return ActRefusal(code=refusal.code, field=to_camel_case(refusal.field) or None, message=word(refusal))

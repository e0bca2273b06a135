"""Mutations: parse, call one rule, word the refusal."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import graphene
from graphene.types.utils import yank_fields_from_attrs
from graphene.utils.str_converters import to_camel_case
from graphql import GraphQLResolveInfo

from network import idempotency, limits
from network.doors import Permission, declare
from network.refusals import Refusal, each
from network.wording import word

from .caller import Caller
from .keeping import kept, recalled
from .permission import admit


class ActRefusal(graphene.ObjectType):
    """Why an act was refused; then nothing was changed."""

    class Meta:
        name = "Refusal"

    code = graphene.String(required=True, description="Stable; what programs decide by.")
    field = graphene.String(
        description="The input that it is about, if it is about one: “ticketTypeId”, “companions.0.email”, and for an "
        "answer what `RegistrationQuestion.field` says."
    )
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
                return cls(errors=worded(refusal))

        return declare(permission)(guarded)

    return mark


def worded(refusal: Refusal) -> list[ActRefusal]:
    """Return a refusal as data: one error for each input that it is about."""
    return [
        ActRefusal(code=one.code, field=to_camel_case(one.field) or None, message=word(one)) for one in each(refusal)
    ]


class Act(graphene.Mutation):
    """An act: its `Input` says what is given, its own fields what comes back, and `do` calls the rule.

    `do(caller, **input)` returns the values of the payload's fields. The names of input and payload, the errors, and
    the key under which the act is done once however often it is asked for, are the same for all. `budget` names how
    often it may be done (`network.limits`); asking again under a key costs nothing.
    """

    class Meta:
        abstract = True

    @classmethod
    def __init_subclass_with_meta__(cls, permission: Permission, budget: str = "", **options: Any) -> None:
        """Make the input and the payload of a concrete act."""
        cls.budget = budget
        given = cls.__dict__["Input"]
        key = graphene.String(
            description="8 to 64 printable characters that you choose. Sent again with the same key within 48 hours, "
            "the act is not done again and answered as the first time."
        )
        fields = {**yank_fields_from_attrs(given.__dict__, sort=False), "idempotency_key": key}
        kind = type(f"{cls.__name__}Input", (graphene.InputObjectType,), {"__doc__": given.__doc__, **fields})
        cls.Arguments = type("Arguments", (), {"input": kind(required=True)})
        cls.errors = refusals()
        cls.mutate = classmethod(act(permission)(cls._mutate.__func__))
        super().__init_subclass_with_meta__(name=f"{cls.__name__}Payload", **options)

    @classmethod
    def _mutate(cls, root: Any, info: GraphQLResolveInfo, input: dict[str, Any]) -> Any:
        caller, given = info.context, dict(input)
        key = given.pop("idempotency_key", None)
        # Whoever is not logged in has no account under which a key could be remembered.
        is_kept = key is not None and caller.viewer.is_authenticated
        return cls(**(cls._once(caller, key, given) if is_kept else cls._done(caller, given)))

    @classmethod
    def _done(cls, caller: Caller, given: dict[str, Any]) -> dict[str, Any]:
        if cls.budget:
            limits.spend(act=cls.budget, account=caller.viewer.pk, address=caller.address)
        return cls.do(caller, **given)

    @classmethod
    def _once(cls, caller: Caller, key: str, given: dict[str, Any]) -> dict[str, Any]:
        answer = idempotency.once(
            person=caller.viewer,
            key=key,
            act=cls.__name__,
            given=given,
            at=caller.at,
            do=lambda: kept(cls._done(caller, given)),
        )
        return recalled(cls, answer, caller.viewer)

    @staticmethod
    def do(caller: Caller, **given: Any) -> dict[str, Any]:
        """Call the rule; return the values of the payload's fields. Raises Refusal."""
        raise NotImplementedError

"""One's own data: taken along whole, and erased."""

from typing import Any

import graphene
from django.core.cache import cache
from django.utils.translation import get_language
from graphql import ValueNode, value_from_ast_untyped

from network import confirmation, erasure, limits, takeout
from network.doors import Permission
from network.refusals import Refusal

from ..acts import Act
from ..permission import permitted


class Json(graphene.Scalar):
    """Any JSON value: objects, lists, texts, numbers, true, false, null."""

    class Meta:
        name = "JSON"

    @staticmethod
    def serialize(value: Any) -> Any:
        """Leave it as it is: the answer is JSON."""
        return value

    @staticmethod
    def parse_value(value: Any) -> Any:
        """Leave it as it is."""
        return value

    @staticmethod
    def parse_literal(node: ValueNode, variables: dict[str, Any] | None = None) -> Any:
        """Read it as it is written."""
        return value_from_ast_untyped(node, variables)


class OwnData(graphene.ObjectType):
    """Everything that the platform holds about the viewer."""

    exported_at = graphene.DateTime(required=True, description="When this was read.")
    sections = graphene.Field(
        Json,
        required=True,
        description="By name, each a list of rows; files by their names, to be downloaded on the site with the rest.",
    )


class OwnDataQuery(graphene.ObjectType):
    """What is held about the viewer."""

    my_data = graphene.Field(OwnData, required=True, description="Everything that is held about the viewer.")

    @permitted(Permission.SIGNED_IN)
    def resolve_my_data(self: Any, info: Any) -> OwnData:
        caller = info.context
        limits.spend(act="take_out", account=caller.viewer.pk, address=caller.address)
        return OwnData(exported_at=info.context.at, sections=takeout.sections(person=info.context.viewer))


class SendDeletionCode(Act, permission=Permission.SIGNED_IN, budget="confirm_letter"):
    """Send the viewer a code by mail, with which `deleteMe` is confirmed. A code sent before is void."""

    class Input:
        """Nothing needs to be said."""

    email = graphene.String(description="Where it was sent.")

    @staticmethod
    def do(caller: Any) -> dict[str, Any]:
        pending = confirmation.send(person=caller.viewer, language=get_language() or "vi", at=caller.at)
        cache.set(_place(caller), pending, timeout=confirmation.LASTS.total_seconds())
        return {"email": caller.viewer.email}


class DeleteMe(Act, permission=Permission.SIGNED_IN, budget="confirm"):
    """Erase everything that says who the viewer is, for good. Places at events to come are given back; every session
    ends; a last letter says that it is done."""

    class Input:
        """That it is really them: the password, or the code of `sendDeletionCode`."""

        password = graphene.String(description="For those who have one.")
        code = graphene.String(description="From the letter.")

    is_deleted = graphene.Boolean(description="True once it is done.")

    @staticmethod
    def do(caller: Any, *, password: str | None = None, code: str | None = None) -> dict[str, Any]:
        viewer, pending = caller.viewer, cache.get(_place(caller))
        try:
            confirmation.refuse_unconfirmed(
                person=viewer, password=password or "", code=code or "", pending=pending, at=caller.at
            )
        except Refusal:
            if pending is not None:  # the wrong tries are counted in it
                cache.set(_place(caller), pending, timeout=confirmation.LASTS.total_seconds())
            raise
        erasure.erase(person_id=viewer.pk, actor=viewer, at=caller.at)
        cache.delete(_place(caller))
        return {"is_deleted": True}


def _place(caller: Any) -> str:
    """Where a code that was sent waits: an app has no session of ours to keep it in."""
    return f"deletion:{caller.viewer.pk}"


class OwnDataMutation(graphene.ObjectType):
    """Being forgotten."""

    send_deletion_code = SendDeletionCode.Field(required=True)
    delete_me = DeleteMe.Field(required=True)

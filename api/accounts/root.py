"""Who is asking."""

from typing import Any

import graphene

from network.doors import Permission

from ..fields import Language, identifier, one
from ..network.types import Profile
from ..permission import permitted


class Person(graphene.ObjectType):
    """The person whose session this is; nobody sees anybody else's."""

    id = identifier()
    email = graphene.String(required=True)
    full_name = graphene.String(required=True, description="Family name first.")
    given_name = graphene.String(required=True, description="The name to greet by.")
    preferred_language = graphene.Field(Language, required=True)
    phone = graphene.String(required=True, description="As it is read here: 0912 345 678.")
    mentor = one(Profile, "profile", "Their own entry in the directory, listed or not.")

    def resolve_phone(self: Any, info: Any) -> str:
        return self.phone.as_national if self.phone else ""


class AccountsQuery(graphene.ObjectType):
    """The viewer."""

    me = graphene.Field(Person, description="The person asking; null for nobody in particular.")

    @permitted(Permission.PUBLIC)
    def resolve_me(self: Any, info: Any) -> Any:
        viewer = info.context.viewer
        return viewer if viewer.is_authenticated else None

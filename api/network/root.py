"""Questions about the network."""

from typing import Any

import graphene

from network import entry_pages, queries
from network.doors import Permission

from ..batch import together
from ..permission import permitted
from .types import Organisation, Profile, Sector


class NetworkQuery(graphene.ObjectType):
    """The directory."""

    organisation = graphene.Field(Organisation, slug=graphene.String(required=True))
    mentor = graphene.Field(Profile, slug=graphene.String(required=True))
    sectors = graphene.List(graphene.NonNull(Sector), required=True, description="The city's nine priority fields.")

    @permitted(Permission.PUBLIC)
    def resolve_organisation(self: Any, info: Any, slug: str) -> Any:
        return entry_pages.organisation(slug=slug) or entry_pages.successor(slug=slug)

    @permitted(Permission.PUBLIC)
    def resolve_mentor(self: Any, info: Any, slug: str) -> Any:
        return queries.listed_mentors().filter(slug=slug).first()

    @permitted(Permission.PUBLIC)
    def resolve_sectors(self: Any, info: Any) -> Any:
        return together(queries.sectors())

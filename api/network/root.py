"""Questions about the network."""

from typing import Any

import graphene

from network import entry_pages, queries
from network.doors import Permission

from ..batch import together
from ..connection import Edges, paged
from ..permission import permitted
from .types import Organisation, OrganisationConnection, OrganisationKind, Profile, ProfileConnection, Sector


class NetworkQuery(graphene.ObjectType):
    """The directory."""

    organisations = paged(
        OrganisationConnection,
        "The directory of organisations, by name.",
        kind=OrganisationKind(),
        sector=graphene.String(description="A sector's code."),
        search=graphene.String(description="Words of the name or summary; accents are optional."),
    )
    organisation = graphene.Field(Organisation, slug=graphene.String(required=True))
    mentors = paged(
        ProfileConnection,
        "The directory of mentors, by given name.",
        sector=graphene.String(description="A sector's code."),
        search=graphene.String(description="Words of the name, headline or offer; accents are optional."),
    )
    mentor = graphene.Field(Profile, slug=graphene.String(required=True))
    sectors = graphene.List(graphene.NonNull(Sector), required=True, description="The city's nine priority fields.")

    @permitted(Permission.PUBLIC)
    def resolve_organisations(
        self: Any, info: Any, first: int | None = None, after: str | None = None, kind: Any = None, **filters: str
    ) -> Edges:
        rows = queries.listed_organisations(kind=kind.value if kind else "", **_given(filters))
        return Edges(rows, first, after)

    @permitted(Permission.PUBLIC)
    def resolve_organisation(self: Any, info: Any, slug: str) -> Any:
        return entry_pages.organisation(slug=slug) or entry_pages.successor(slug=slug)

    @permitted(Permission.PUBLIC)
    def resolve_mentors(
        self: Any, info: Any, first: int | None = None, after: str | None = None, **filters: str
    ) -> Edges:
        return Edges(queries.listed_mentors(**_given(filters)), first, after)

    @permitted(Permission.PUBLIC)
    def resolve_mentor(self: Any, info: Any, slug: str) -> Any:
        return queries.listed_mentors().filter(slug=slug).first()

    @permitted(Permission.PUBLIC)
    def resolve_sectors(self: Any, info: Any) -> Any:
        return together(queries.sectors())


def _given(filters: dict[str, str | None]) -> dict[str, str]:
    """What was sent as null is not asked for; PostgreSQL takes no text with a NUL in it."""
    return {name: (value or "").replace("\0", "") for name, value in filters.items()}

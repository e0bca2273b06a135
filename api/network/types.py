"""Types of the network."""

from typing import Any

import graphene

from network import models, queries

from ..addresses import site_address
from ..batch import load
from ..connection import connection
from ..fields import choices, chosen, identifier, many, one, text

OrganisationKind = choices("OrganisationKind", models.Organisation.Kind, "What sort of organisation it is.")


class Sector(graphene.ObjectType):
    """One of the city's nine priority fields."""

    id = identifier()
    code = graphene.String(required=True)
    name = text("name")


class Organisation(graphene.ObjectType):
    """A centre, club, fund, startup, agency or partner of the network."""

    id = identifier()
    slug = graphene.String(required=True)
    kind = chosen(OrganisationKind, "kind")
    name = text("name")
    summary = text("summary")
    description = text("description")
    sectors = many(Sector, "sectors")
    parent = one(lambda: Organisation, "parent", "What it belongs to.", shown=lambda row: row.is_listed)
    children = many(lambda: Organisation, "children", lookups=lambda: [queries.shown_children()])
    members = many(lambda: Member, "memberships", "Who shows that they belong here.", lambda: [queries.shown_members()])
    street = graphene.String(required=True)
    ward = graphene.String(required=True, description="Ward, commune or special zone.")
    country = graphene.String(required=True, description="ISO 3166-1 alpha-2.")
    website = graphene.String(required=True)
    founded_year = graphene.Int()
    url = graphene.String(required=True, description="Its page on the site.")

    def resolve_url(self: Any, info: Any) -> str:
        return site_address(f"/mang-luoi/{self.slug}/")


class Member(graphene.ObjectType):
    """Somebody's place in an organisation, shown by their own choice."""

    class Meta:
        name = "Membership"

    id = identifier()
    name = graphene.String(required=True, description="The person's name, family name first.")
    title = graphene.String(required=True, description="The position.")
    profile = graphene.Field(lambda: Profile, description="The person's entry in the directory.")
    organisation = one(lambda: Organisation, "organisation", shown=lambda row: row.is_listed)

    def resolve_name(self: Any, info: Any) -> str:
        return load(self, "person").full_name

    def resolve_profile(self: Any, info: Any) -> Any:
        profile = load(load(self, "person"), "profile")
        return profile if profile is not None and profile.is_listed else None


class Profile(graphene.ObjectType):
    """A person in the directory, in their own words."""

    id = identifier()
    slug = graphene.String(required=True)
    name = graphene.String(required=True, description="Family name first.")
    given_name = graphene.String(required=True, description="The name to greet by.")
    headline = text("headline")
    bio = text("bio")
    helps_with = text("helps_with")
    languages = graphene.List(graphene.NonNull(graphene.String), required=True)
    years_of_experience = graphene.Int()
    sectors = many(Sector, "sectors")
    memberships = graphene.List(graphene.NonNull(Member), required=True, description="Where they belong.")
    is_listed = graphene.Boolean(required=True)
    url = graphene.String(required=True, description="Their page on the site.")

    def resolve_name(self: Any, info: Any) -> str:
        return load(self, "person").full_name

    def resolve_given_name(self: Any, info: Any) -> str:
        return load(self, "person").given_name

    def resolve_languages(self: Any, info: Any) -> list[str]:
        return [code.strip() for code in self.languages.split(",") if code.strip()]

    def resolve_memberships(self: Any, info: Any) -> Any:
        return load(load(self, "person"), "memberships", lambda: [queries.shown_memberships()])

    def resolve_url(self: Any, info: Any) -> str:
        return site_address(f"/co-van/{self.slug}/")

    @staticmethod
    def recall(text: str, viewer: Any) -> models.Profile | None:
        """Find the viewer's own."""
        return queries.own_profile(viewer)


OrganisationConnection = connection(Organisation)
ProfileConnection = connection(Profile)

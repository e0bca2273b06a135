"""Types of the network."""

from typing import Any

import graphene

from network import entry_pages, models, permissions, queries
from network.global_ids import number_of
from network.relationships import BELONGS_TO

from ..addresses import site_address
from ..batch import load
from ..connection import connection
from ..fields import choices, chosen, identifier, many, one, text
from . import relations
from .facts import CentreFacts, ClubFacts, FundFacts, FundingRound, IntellectualProperty, Skill, StartupFacts
from .seeing import seen, seen_file, seen_many, seen_string, seen_text, seen_value

OrganisationKind = choices("OrganisationKind", models.Organisation.Kind, "What sort of organisation it is.")
RoleKind = choices("RoleKind", models.Role.Kind, "A part that somebody plays in the network.")
MentorAvailability = choices("MentorAvailability", models.Profile.Availability, "Whether a mentor takes on more.")
RelationshipKind = graphene.Enum(
    "RelationshipKind",
    [(kind, kind) for kind in (BELONGS_TO, *models.Relationship.Kind.values)],
    description="Read from the source to the target.",
)


class Sector(graphene.ObjectType):
    """One of the city's nine priority fields."""

    id = identifier()
    code = graphene.String(required=True)
    name = text("name")


class Organisation(graphene.ObjectType):
    """A centre, club, fund, startup, agency or partner of the network. What its owner hides from you is empty."""

    id = identifier()
    slug = graphene.String(required=True)
    kind = chosen(OrganisationKind, "kind")
    name = seen_text("name")
    summary = seen_text("summary")
    description = seen_text("description")
    sectors = seen_many(Sector, "sectors")
    needs = seen_many(Skill, "needs", "What it looks for help with.")
    parent = one(lambda: Organisation, "parent", "What it belongs to.", shown=lambda row: row.is_listed)
    children = many(lambda: Organisation, "children", lookups=lambda: [queries.shown_children()])
    members = many(lambda: Member, "memberships", "Who shows that they belong here.", lambda: [queries.shown_members()])
    relationships = graphene.List(
        graphene.NonNull(lambda: Relationship), required=True, description="Whom it has to do with, seen from its side."
    )
    street = seen_string("street")
    ward = seen_string("ward", "Ward, commune or special zone.")
    country = graphene.String(required=True, description="ISO 3166-1 alpha-2.")
    latitude = seen_value(graphene.Float, "latitude", field="position")
    longitude = seen_value(graphene.Float, "longitude", field="position")
    website = seen_string("website")
    links = graphene.List(graphene.NonNull(graphene.String), required=True, description="Where else it can be read of.")
    logo = seen_file("logo", "Address of the picture.")
    founded_year = seen_value(graphene.Int, "founded_year")
    tax_code = seen_string("tax_code")
    contact_email = seen_string("contact_email")
    contact_phone = seen_string("contact_phone", "In the form +84….")
    confirmed_at = graphene.DateTime(description="When its owner last said that all of this is still so.")
    fund_facts = graphene.Field(FundFacts, description="Of funds and angels.")
    startup_facts = graphene.Field(StartupFacts, description="Of startups.")
    centre_facts = graphene.Field(CentreFacts, description="Of centres, incubators, spaces and research.")
    club_facts = graphene.Field(ClubFacts, description="Of clubs, and of centres at a university.")
    funding_rounds = seen_many(FundingRound, "funding_rounds", "The latest first.")
    intellectual_property = seen_many(IntellectualProperty, "intellectual_property", "The latest first.")
    url = graphene.String(required=True, description="Its page on the site.")

    def resolve_relationships(self: Any, info: Any) -> Any:
        return relations.of_organisation(self)

    def resolve_links(self: Any, info: Any) -> Any:
        return seen(self, "links", info).links

    def resolve_fund_facts(self: Any, info: Any) -> Any:
        return self if load(self, "fund_facts") is not None else None

    def resolve_startup_facts(self: Any, info: Any) -> Any:
        return self if load(self, "startup_facts") is not None else None

    def resolve_centre_facts(self: Any, info: Any) -> Any:
        return self if load(self, "centre_facts") is not None else None

    def resolve_club_facts(self: Any, info: Any) -> Any:
        return self if load(self, "club_facts") is not None else None

    def resolve_url(self: Any, info: Any) -> str:
        return site_address(f"/mang-luoi/{self.slug}/")

    @staticmethod
    def recall(text: str, viewer: Any) -> models.Organisation | None:
        """Find one that the viewer may see: listed, or kept by them."""
        row = models.Organisation.objects.filter(pk=number_of(text, "Organisation")).first()
        return row if row is not None and (row.is_listed or permissions.may_edit_organisation(viewer, row)) else None


class Relationship(graphene.ObjectType):
    """Who has to do with whom, told from the side of the entry that it was asked of."""

    kind = graphene.Field(RelationshipKind, required=True)
    is_source = graphene.Boolean(required=True, description="Whether the entry is who runs, founded, backs the other.")
    label = graphene.String(required=True, description="What the other party is to the entry, in words.")
    organisation = graphene.Field(Organisation, description="The other party, if it is an organisation.")
    person = graphene.Field(lambda: Profile, description="The other party, if it is a person.")
    since = graphene.Date()
    until = graphene.Date(description="Null while it lasts.")
    note = graphene.String(required=True)
    source_url = graphene.String(required=True, description="Where it can be read.")

    def resolve_organisation(self: Any, info: Any) -> Any:
        return None if self.is_person else self.party

    def resolve_person(self: Any, info: Any) -> Any:
        return self.party if self.is_person else None


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


class Role(graphene.ObjectType):
    """A part that somebody plays in the network, from when and until when."""

    kind = chosen(RoleKind, "kind")
    since = graphene.Date()
    until = graphene.Date(description="Null while it lasts.")


class Profile(graphene.ObjectType):
    """A person in the directory, in their own words. What they hide from you is empty."""

    id = identifier()
    slug = graphene.String(required=True)
    name = graphene.String(required=True, description="Family name first.")
    given_name = graphene.String(required=True, description="The name to greet by.")
    roles = many(Role, "roles", "The parts that they play or played.")
    headline = seen_text("headline")
    bio = seen_text("bio")
    helps_with = seen_text("helps_with")
    experience = seen_text("experience")
    languages = graphene.List(graphene.NonNull(graphene.String), required=True)
    years_of_experience = seen_value(graphene.Int, "years_of_experience")
    availability = seen_value(MentorAvailability, "availability", "Whether they take on more.")
    sectors = seen_many(Sector, "sectors")
    skills = seen_many(Skill, "skills")
    ward = seen_string("ward", "Ward, commune or special zone.")
    website = seen_string("website")
    links = graphene.List(graphene.NonNull(graphene.String), required=True, description="Where else to read of them.")
    photo = seen_file("photo", "Address of the picture.")
    contact_email = seen_string("contact_email")
    contact_phone = seen_string("contact_phone", "In the form +84….")
    memberships = graphene.List(graphene.NonNull(Member), required=True, description="Where they belong.")
    relationships = graphene.List(
        graphene.NonNull(Relationship), required=True, description="Whom they founded, mentor, invested in."
    )
    confirmed_at = graphene.DateTime(description="When they last said that all of this is still so.")
    is_listed = graphene.Boolean(required=True)
    url = graphene.String(required=True, description="Their page on the site.")

    def resolve_name(self: Any, info: Any) -> str:
        return load(self, "person").full_name

    def resolve_given_name(self: Any, info: Any) -> str:
        return load(self, "person").given_name

    def resolve_languages(self: Any, info: Any) -> list[str]:
        return [code.strip() for code in seen(self, "languages", info).languages.split(",") if code.strip()]

    def resolve_links(self: Any, info: Any) -> Any:
        return seen(self, "links", info).links

    def resolve_memberships(self: Any, info: Any) -> Any:
        return load(load(self, "person"), "memberships", lambda: [queries.shown_memberships()])

    def resolve_relationships(self: Any, info: Any) -> Any:
        return relations.of_person(self)

    def resolve_url(self: Any, info: Any) -> str:
        load(self, "roles")
        return site_address(f"/{'co-van' if entry_pages.is_mentor(self) else 'nguoi'}/{self.slug}/")

    @staticmethod
    def recall(text: str, viewer: Any) -> models.Profile | None:
        """Find the viewer's own."""
        return queries.own_profile(viewer)


OrganisationConnection = connection(Organisation)
ProfileConnection = connection(Profile)

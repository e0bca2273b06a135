"""Types of joining: claims, invitations, applications, entries that look alike."""

from typing import Any

import graphene

from network import models
from network.global_ids import number_of
from network.joining import applications
from network.joining.duplicates import Because

from ..batch import load
from ..fields import choices, chosen, identifier, one
from .types import Organisation, Profile

ClaimStatus = choices("ClaimStatus", models.Claim.Status, "How far a claim is.")
ClaimWay = choices("ClaimWay", models.Claim.Way, "What proves a claim.")
MembershipRole = choices("MembershipRole", models.Membership.Role, "What somebody may do with an organisation's entry.")
ApplicationKind = choices("ApplicationKind", models.Application.Kind, "As what somebody applies.")
ApplicationStatus = choices("ApplicationStatus", models.Application.Status, "How far an application is.")
Likeness = graphene.Enum("Likeness", [(one.value, one.value) for one in Because], description="Why two look alike.")


class Claim(graphene.ObjectType):
    """The viewer says that an entry is theirs."""

    id = identifier()
    status = chosen(ClaimStatus, "status")
    way = chosen(ClaimWay, "way")
    email = graphene.String(required=True, description="The address that proves it; empty for other ways.")
    made_at = graphene.DateTime(required=True)
    words = graphene.String(required=True, description="What the centre said when it refused.")
    organisation = one(Organisation, "organisation", "If it is an organisation's.", shown=lambda row: row.is_listed)
    profile = one(Profile, "profile", "If it is a person's.", shown=lambda row: row.is_listed)

    @staticmethod
    def recall(text: str, viewer: Any) -> models.Claim | None:
        """Find the viewer's own."""
        return _own(models.Claim.objects.all(), text, "Claim", viewer)


class ColleagueInvitation(graphene.ObjectType):
    """An invitation that an owner sent."""

    id = identifier()
    email = graphene.String(required=True)
    role = chosen(MembershipRole, "role")
    expires_at = graphene.DateTime(required=True)

    @staticmethod
    def recall(text: str, viewer: Any) -> models.ColleagueInvitation | None:
        """Find one that the viewer sent."""
        rows = models.ColleagueInvitation.objects.filter(invited_by=viewer)
        return rows.filter(pk=number_of(text, "ColleagueInvitation")).first()


class OwnMembership(graphene.ObjectType):
    """The viewer's place in an organisation."""

    role = chosen(MembershipRole, "role")
    organisation_slug = graphene.String(required=True)

    def resolve_organisation_slug(self: Any, info: Any) -> str:
        return load(self, "organisation").slug

    @staticmethod
    def recall(text: str, viewer: Any) -> models.Membership | None:
        """Find the viewer's own."""
        return _own(models.Membership.objects.all(), text, "Membership", viewer)


class LookAlike(graphene.ObjectType):
    """A listed organisation that looks like a proposed one."""

    organisation = graphene.Field(Organisation, required=True)
    because = graphene.Field(Likeness, required=True)

    resolve_because = staticmethod(lambda row, info: row.because.value)


class Application(graphene.ObjectType):
    """The viewer's application to join."""

    id = identifier()
    kind = chosen(ApplicationKind, "kind")
    status = chosen(ApplicationStatus, "status")
    title = graphene.String(required=True, description="The organisation's name, or the viewer's.")
    words = graphene.String(required=True, description="What the centre said last.")
    submitted_at = graphene.DateTime(required=True)
    changed_at = graphene.DateTime(required=True)
    organisation = one(Organisation, "organisation", "What it became.", shown=lambda row: row.is_listed)
    profile = one(Profile, "profile", "What it became.", shown=lambda row: row.is_listed)

    def resolve_title(self: Any, info: Any) -> str:
        return str(self.facts.get("name") or load(self, "person").full_name)

    @staticmethod
    def recall(text: str, viewer: Any) -> models.Application | None:
        """Find the viewer's own."""
        return _own(applications.own(viewer), text, "Application", viewer)


def _own(rows: Any, text: str, kind: str, viewer: Any) -> Any:
    return rows.filter(pk=number_of(text, kind), person=viewer).first()

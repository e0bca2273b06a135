"""What mentors do."""

from typing import Any

import graphene

from network import profiles, queries
from network.doors import Permission
from network.refusals import NotPermitted

from ..acts import act, refusals
from .types import Mentor


class MentorProfileInput(graphene.InputObjectType):
    """The new words; what is left out stays as it is."""

    class Meta:
        name = "UpdateMyMentorProfileInput"

    headline_vi = graphene.String()
    headline_en = graphene.String()
    bio_vi = graphene.String()
    bio_en = graphene.String()
    helps_with_vi = graphene.String()
    helps_with_en = graphene.String()
    is_listed = graphene.Boolean()
    sector_codes = graphene.List(graphene.NonNull(graphene.String))


class UpdateMyMentorProfile(graphene.Mutation):
    """A mentor keeps their own entry true."""

    class Meta:
        name = "UpdateMyMentorProfilePayload"

    class Arguments:
        input = MentorProfileInput(required=True)

    mentor = graphene.Field(Mentor)
    errors = refusals()

    @classmethod
    @act(Permission.MENTOR)
    def mutate(cls, root: Any, info: Any, input: dict[str, Any]) -> Any:
        viewer = info.context.viewer
        profile = queries.own_mentor_profile(viewer)
        if profile is None:
            raise NotPermitted()
        words = profiles.MentorWords(**input)
        profiles.edit_mentor_profile(profile_id=profile.pk, actor=viewer, words=words)
        return cls(mentor=queries.own_mentor_profile(viewer))


class NetworkMutation(graphene.ObjectType):
    """Acts in the directory."""

    update_my_mentor_profile = UpdateMyMentorProfile.Field(required=True)

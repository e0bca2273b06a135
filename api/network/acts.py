"""What mentors do."""

from typing import Any

import graphene

from network import queries
from network.doors import Permission
from network.entries import submission
from network.refusals import NotPermitted

from ..acts import Act
from .types import Profile


class UpdateMyProfile(Act, permission=Permission.MENTOR):
    """A mentor keeps their own entry true."""

    class Input:
        """The new words; what is left out stays as it is."""

        headline_vi = graphene.String(description="In one line, in Vietnamese.")
        headline_en = graphene.String(description="In one line, in English.")
        bio_vi = graphene.String(description="About oneself, in Vietnamese.")
        bio_en = graphene.String(description="About oneself, in English.")
        helps_with_vi = graphene.String(description="What one helps with, in Vietnamese.")
        helps_with_en = graphene.String(description="What one helps with, in English.")
        is_listed = graphene.Boolean(description="Whether the entry is shown.")
        sector_codes = graphene.List(graphene.NonNull(graphene.String), description="Codes of fields.")

    mentor = graphene.Field(Profile, description="The entry as it is now.")

    @staticmethod
    def do(caller: Any, **words: Any) -> dict[str, Any]:
        profile = queries.own_profile(caller.viewer)
        if profile is None:
            raise NotPermitted()
        given = {("sectors" if name == "sector_codes" else name): value for name, value in words.items()}
        edit = submission.Edit(values={name: value for name, value in given.items() if value is not None})
        submission.submit(entry=profile, actor=caller.viewer, edit=edit, at=caller.at)
        return {"mentor": queries.own_profile(caller.viewer)}


class NetworkMutation(graphene.ObjectType):
    """Acts in the directory."""

    update_my_profile = UpdateMyProfile.Field(required=True)

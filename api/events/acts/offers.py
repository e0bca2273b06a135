"""Offered places: taken or left to the next in the queue."""

from typing import Any

import graphene

from events import waiting_list
from network.doors import Permission
from network.global_ids import number_of

from ...acts import Act
from ..tickets import Registration


class AcceptOffer(Act, permission=Permission.SIGNED_IN):
    """Accept an offered place; the tickets are issued at once."""

    class Input:
        """Which registration."""

        registration_id = graphene.ID(required=True, description="Its id.")

    registration = graphene.Field(Registration, description="Confirmed, with its tickets.")

    @staticmethod
    def do(caller: Any, *, registration_id: str) -> dict[str, Any]:
        number = number_of(registration_id, "Registration")
        return {"registration": waiting_list.accept(registration_id=number, actor=caller.viewer, at=caller.at)}


class DeclineOffer(Act, permission=Permission.SIGNED_IN):
    """Decline an offered place; it goes to the next at once."""

    class Input:
        """Which registration."""

        registration_id = graphene.ID(required=True, description="Its id.")

    registration = graphene.Field(Registration, description="The registration as it is now.")

    @staticmethod
    def do(caller: Any, *, registration_id: str) -> dict[str, Any]:
        number = number_of(registration_id, "Registration")
        return {"registration": waiting_list.decline(registration_id=number, actor=caller.viewer, at=caller.at)}

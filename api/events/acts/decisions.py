"""What organisers decide about a registration."""

from typing import Any

import graphene

from events import approval, desk
from network.doors import Permission
from network.global_ids import number_of

from ...acts import Act
from ..desk import DeskRegistration


class ApproveRegistration(Act, permission=Permission.ORGANISER):
    """Approve a pending registration: it takes its places now and gets its tickets."""

    class Input:
        """Which registration, and what if it is full."""

        registration_id = graphene.ID(required=True, description="Its id.")
        waits = graphene.Boolean(description="Whether it joins the waiting list where it is full; else EVENT_FULL.")

    registration = graphene.Field(DeskRegistration, description="The registration as it is now.")

    @staticmethod
    def do(caller: Any, *, registration_id: str, waits: bool | None = None) -> dict[str, Any]:
        number = number_of(registration_id, "Registration")
        approved = approval.approve(registration_id=number, actor=caller.viewer, at=caller.at, waits=bool(waits))
        return {"registration": approved}


class RejectRegistration(Act, permission=Permission.ORGANISER):
    """Turn a pending or waiting registration down."""

    class Input:
        """Which registration."""

        registration_id = graphene.ID(required=True, description="Its id.")

    registration = graphene.Field(DeskRegistration, description="The registration as it is now.")

    @staticmethod
    def do(caller: Any, *, registration_id: str) -> dict[str, Any]:
        number = number_of(registration_id, "Registration")
        return {"registration": approval.reject(registration_id=number, actor=caller.viewer, at=caller.at)}


class MoveRegistration(Act, permission=Permission.ORGANISER):
    """Move a registration to another ticket type of its event; its tickets stay good."""

    class Input:
        """Which registration, and where to."""

        registration_id = graphene.ID(required=True, description="Its id.")
        ticket_type_id = graphene.ID(required=True, description="The new type.")

    registration = graphene.Field(DeskRegistration, description="The registration as it is now.")

    @staticmethod
    def do(caller: Any, *, registration_id: str, ticket_type_id: str) -> dict[str, Any]:
        moved = desk.move(
            registration_id=number_of(registration_id, "Registration"),
            ticket_type_id=number_of(ticket_type_id, "TicketType"),
            actor=caller.viewer,
            at=caller.at,
        )
        return {"registration": moved}


class ResendTickets(Act, permission=Permission.ORGANISER):
    """Send the tickets of a confirmed registration once more."""

    class Input:
        """Which registration."""

        registration_id = graphene.ID(required=True, description="Its id.")

    registration = graphene.Field(DeskRegistration, description="The registration as it is now.")

    @staticmethod
    def do(caller: Any, *, registration_id: str) -> dict[str, Any]:
        number = number_of(registration_id, "Registration")
        return {"registration": desk.resend(registration_id=number, actor=caller.viewer, at=caller.at)}

"""Tickets handed on to somebody else."""

from typing import Any

import graphene

from events import transfer
from network.doors import Permission
from network.global_ids import uuid_of

from ...acts import Act


class TransferTicket(Act, permission=Permission.SIGNED_IN, budget="hand_on"):
    """Hand a ticket on: it gets another code, which goes to the new holder; the one known so far is void."""

    class Input:
        """Which ticket, and who gets it."""

        ticket_id = graphene.ID(required=True, description="Its id.")
        name = graphene.String(required=True, description="As it should stand on the ticket.")
        email = graphene.String(required=True, description="Where the ticket goes.")

    number = graphene.String(description="The number of the ticket, which stays the same.")
    holder_name = graphene.String(description="Who has it now.")

    @staticmethod
    def do(caller: Any, *, ticket_id: str, name: str, email: str) -> dict[str, Any]:
        handed = transfer.hand_on(
            ticket_id=uuid_of(ticket_id, "Ticket"), name=name, email=email, actor=caller.viewer, at=caller.at
        )
        return {"number": handed.number, "holder_name": handed.holder_name}

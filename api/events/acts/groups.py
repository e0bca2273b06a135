"""Groups: more people for a registration that stands, and fewer."""

from typing import Any

import graphene

from events import groups, models
from network.doors import Permission
from network.global_ids import number_of, uuid_of

from ...acts import Act
from ..tickets import Registration
from .registrations import CompanionInput, companions_of


class AddPeople(Act, permission=Permission.SIGNED_IN, budget="add_people"):
    """Bring more people along, all of them or none; each gets a ticket."""

    class Input:
        """To which registration, and who."""

        registration_id = graphene.ID(required=True, description="Its id.")
        companions = graphene.List(graphene.NonNull(CompanionInput), required=True, description="Who comes along, too.")

    registration = graphene.Field(Registration, description="With all its tickets.")

    @staticmethod
    def do(caller: Any, *, registration_id: str, companions: Any) -> dict[str, Any]:
        number = number_of(registration_id, "Registration")
        groups.add(registration_id=number, companions=companions_of(companions), actor=caller.viewer, at=caller.at)
        return {"registration": models.Registration.objects.get(pk=number)}


class LeaveGroup(Act, permission=Permission.SIGNED_IN):
    """Give one place of a group back; the others stay. The last one goes by `cancelRegistration`."""

    class Input:
        """Whose place: their ticket."""

        ticket_id = graphene.ID(required=True, description="Its id.")

    registration = graphene.Field(Registration, description="With the tickets that are left.")

    @staticmethod
    def do(caller: Any, *, ticket_id: str) -> dict[str, Any]:
        left = groups.leave(ticket_id=uuid_of(ticket_id, "Ticket"), actor=caller.viewer, at=caller.at)
        return {"registration": left}

"""Types of registrations and tickets: each for its holder alone."""

from typing import Any

import graphene
from django.db.models import Prefetch

from events import models, queries, tickets

from ..addresses import site_address
from ..batch import load
from ..fields import choices, chosen, identifier, many, one

RegistrationStatus = choices("RegistrationStatus", models.Registration.Status, "The states of a registration.")


def _admissions() -> list[Prefetch[Any]]:
    return [queries.standing_admissions()]


class Ticket(graphene.ObjectType):
    """What is shown at the door."""

    id = identifier()
    number = graphene.String(required=True, description="To be read aloud; ends with a check digit.")
    code = graphene.String(required=True, description="The signed code that the QR picture carries.")
    holder_name = graphene.String(required=True)
    issued_at = graphene.DateTime(required=True)
    is_valid = graphene.Boolean(required=True, description="Whether the registration stands and it was not replaced.")
    admitted_at = graphene.DateTime(description="When it was let in.")
    gate = graphene.String(description="Where it was let in.")
    event = one("api.events.types.Event", "event")
    registration = one(lambda: Registration, "registration")
    url = graphene.String(required=True, description="Its page on the site.")

    def resolve_code(self: Any, info: Any) -> str:
        return tickets.code(self)

    def resolve_is_valid(self: Any, info: Any) -> bool:
        return self.revoked_at is None and load(self, "registration").status == models.Registration.Status.CONFIRMED

    def resolve_admitted_at(self: Any, info: Any) -> Any:
        return next((row.received_at for row in load(self, "admissions", _admissions)), None)

    def resolve_gate(self: Any, info: Any) -> str | None:
        return next((row.gate.name for row in load(self, "admissions", _admissions) if row.gate), None)

    def resolve_url(self: Any, info: Any) -> str:
        return site_address(f"/ve/{self.pk}/")


class Registration(graphene.ObjectType):
    """The viewer's own registration for an event."""

    id = identifier()
    number = graphene.Int(required=True)
    status = chosen(RegistrationStatus, "status")
    created_at = graphene.DateTime(required=True)
    cancelled_at = graphene.DateTime()
    event = one("api.events.types.Event", "event")
    tickets = many(Ticket, "tickets")
    online_url = graphene.String(description="Where to take part online, for those who hold a place.")

    def resolve_online_url(self: Any, info: Any) -> str | None:
        held = self.status == models.Registration.Status.CONFIRMED
        return (load(self, "event").online_url or None) if held else None

"""What can be registered for at an event."""

from typing import Any

import graphene
from django.db.models import Prefetch

from events import choices, invitations, models
from events.choices import Availability, Choice

from ..batch import compute, load
from ..fields import identifier, text

TicketAvailability = graphene.Enum.from_enum(
    Availability,
    name="TicketAvailability",
    description=lambda value: None if value else "Whether a ticket type can be had now, by its own times and places.",
)
ON_OFFER = (Availability.OPEN, Availability.FULL)


class TicketType(graphene.ObjectType):
    """One kind of ticket of an event. Fees are marked, never charged: paid on the spot or by bank transfer."""

    id = identifier()
    name = text("name", "What it is called.")
    description = text("description", "For whom it is, or what it includes.")
    fee = graphene.Int(required=True, description="In đồng, for one person; 0 is free.")
    left = graphene.Int(description="How many places are left, of the event or of a pool; null without a limit.")
    availability = graphene.Field(TicketAvailability, required=True, description="Whether it can be had now.")
    is_on_offer = graphene.Boolean(
        required=True, description="Whether one may register for it now, if only to wait: by its times and the event's."
    )
    needs_approval = graphene.Boolean(required=True, description="Whether an organiser decides who comes.")
    most_per_person = graphene.Int(required=True, description="Places that one registration may have.")
    opens_at = graphene.DateTime(description="When it can be had from; null: with the event's registration.")
    closes_at = graphene.DateTime(description="Until when it can be had; null: as long as the event's registration.")
    is_hidden = graphene.Boolean(required=True, description="Whether it is for those with an invitation alone.")

    @staticmethod
    def resolve_left(row: Any, info: Any) -> int | None:
        return choice_of(row, info).left

    @staticmethod
    def resolve_availability(row: Any, info: Any) -> Availability:
        return choice_of(row, info).availability

    @staticmethod
    def resolve_is_on_offer(row: Any, info: Any) -> bool:
        is_open = load(row, "event").is_open_for_registration(info.context.at)
        return is_open and choice_of(row, info).availability in ON_OFFER


def choice_of(row: models.TicketType, info: Any) -> Choice:
    """Return a ticket type with what is left of it."""
    event = load(row, "event")
    load(event, "seats")
    load(row, "quotas")
    return choices.choice(row, event=event, at=info.context.at)


def offered(event: models.Event, info: Any, code: str) -> list[models.TicketType]:
    """Return the types of an event that somebody (with this invitation) is shown, loaded for the event's batch."""
    at = info.context.at
    invitation = None
    if code:

        def find(rows: list[models.Event]) -> dict[int, models.Invitation]:
            found = invitations.usable(code=code, event_ids=[row.pk for row in rows], at=at)
            return {found.event_id: found} if found else {}

        invitation = compute(event, f"invitation {code}", find)
    rows = load(event, "ticket_types", _active)
    return [row for row in rows if choices.is_shown(row, invitation)]


def _active() -> list["Prefetch[str]"]:
    return [Prefetch("ticket_types", models.TicketType.objects.filter(is_active=True))]

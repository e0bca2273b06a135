"""The registration form: what is asked of whoever wants a ticket type, before they register."""

from typing import Any

import graphene

from events import answers, choices, invitations, models, permissions
from network.consents import Purpose
from network.doors import Permission
from network.global_ids import number_of

from ..network.consents import ConsentText, missing
from ..permission import permitted
from .questions import RegistrationQuestion
from .ticket_types import TicketType


class RegistrationForm(graphene.ObjectType):
    """What is asked of whoever registers for a ticket type."""

    ticket_type = graphene.Field(TicketType, required=True, description="What it is for.")
    questions = graphene.List(
        graphene.NonNull(RegistrationQuestion), required=True, description="What is asked, in order."
    )
    consents = graphene.List(
        graphene.NonNull(ConsentText),
        required=True,
        description="What the viewer has not agreed to yet, each to be asked by a box that is not ticked. Registering "
        "needs REGISTRATION; the others are free.",
    )

    resolve_ticket_type = staticmethod(lambda row, info: row)
    resolve_questions = staticmethod(lambda row, info: answers.form(ticket_type=row))

    @staticmethod
    def resolve_consents(row: models.TicketType, info: Any) -> list[Purpose]:
        # The directory is asked about where one enters it, the greeting among one's own data.
        elsewhere = (Purpose.DIRECTORY, Purpose.GREETING)
        return [purpose for purpose in missing(info.context.viewer) if purpose not in elsewhere]


class FormQuery(graphene.ObjectType):
    """What is asked before one registers."""

    registration_form = graphene.Field(
        RegistrationForm,
        ticket_type_id=graphene.ID(required=True, description="Its id."),
        invitation=graphene.String(description="The code of an invitation, for a hidden type."),
        description="The form for a ticket type; null if there is none, or the viewer may not see it.",
    )

    @permitted(Permission.PUBLIC)
    def resolve_registration_form(
        self: Any, info: Any, ticket_type_id: str, invitation: str | None = None
    ) -> models.TicketType | None:
        rows = models.TicketType.objects.select_related("event").filter(is_active=True)
        found = rows.filter(pk=number_of(ticket_type_id, "TicketType")).first()
        if found is None or not permissions.may_see_event(info.context.viewer, found.event):
            return None
        code, at = invitation or "", info.context.at
        invited = invitations.usable(code=code, event_ids=[found.event_id], at=at) if code else None
        return found if choices.is_shown(found, invited) else None

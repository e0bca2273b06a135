"""Messages of organisers to attendees."""

from typing import Any

import graphene

from events import messages
from network.doors import Permission
from network.global_ids import number_of

from ...acts import Act
from ..desk import DeskFilter, wanted


class MessageAttendees(Act, permission=Permission.ORGANISER):
    """Write to a filtered group of attendees, each in their own language, each person once."""

    class Input:
        """To whom, and what. Both parts are needed in every language that somebody of them reads."""

        event_id = graphene.ID(required=True, description="At which event.")
        filter = DeskFilter(description="Whom; without it, everybody who is still coming.")
        expected = graphene.Int(
            required=True, description="How many people it goes to, as `messageRecipients` counted: confirmed by you."
        )
        subject_vi = graphene.String(description="The subject in Vietnamese.")
        body_vi = graphene.String(description="The text in Vietnamese.")
        subject_en = graphene.String(description="The subject in English.")
        body_en = graphene.String(description="The text in English.")

    recipients = graphene.Int(description="How many people it goes to.")

    @staticmethod
    def do(caller: Any, *, event_id: str, expected: int, filter: Any = None, **texts: str | None) -> dict[str, Any]:
        sent = messages.send(
            event_id=number_of(event_id, "Event"),
            texts={name: text or "" for name, text in texts.items()},
            wanted=wanted(filter),
            expected=expected,
            actor=caller.viewer,
            at=caller.at,
            by="API",
        )
        return {"recipients": sent.recipients}

"""Questions that are asked at the door: which of them are in the way of letting somebody in, and what they answered."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from events import answers as answering
from events import history, permissions, seats
from events.answer_shapes import Asked
from events.models import GateDevice, Registration, TicketType
from events.refusals import RegistrationNotFound
from events.scan_rows import Actor


def missing(*, registration_id: int, ticket_type_id: int) -> list[Asked]:
    """Return the required questions of the door that a registration has not answered, in order, in six statements.

    One that is shown only after another one's answer is missing once that answer is there.
    """
    ticket_type = TicketType.objects.get(pk=ticket_type_id)
    given = answering.given(Registration(pk=registration_id))
    return [
        each
        for each in answering.form(ticket_type=ticket_type, at_door=True)
        if each.question.is_required
        and given.get(each.question.pk) is None
        and answering.is_shown(each.question, given)
    ]


def keep(*, registration_id: int, answers: Mapping[int, Any], actor: Actor, at: datetime) -> None:
    """Keep what was answered at a door; what was not, stays as it was, and may be missing still.

    May: who checks in at the event. Raises RegistrationNotFound, and Several with an Invalid at each
    `answers.<question>` as `answers.checked`: also unknown, for a question that is not asked at the door.
    """
    known = Registration.objects.filter(pk=registration_id).values_list("event", flat=True).first()
    if known is None or not permissions.may_check_in(actor, known):
        raise RegistrationNotFound()
    with transaction.atomic():
        seats.hold(event_id=known)
        registration = Registration.objects.select_related("person", "ticket_type").get(pk=registration_id)
        asked = answering.form(ticket_type=registration.ticket_type, at_door=True)
        standing = dict.fromkeys(each.question.pk for each in asked) | answering.given(registration)
        checked = answering.checked(
            ticket_type=registration.ticket_type,
            given=answers,
            person=registration.person,
            at_door=True,
            kept=standing,
        )
        answering.keep(registration=registration, checked=checked, at=at)
        person = actor.invited_by if isinstance(actor, GateDevice) else actor
        history.note(registration, "answers_changed", actor=person, at=at)

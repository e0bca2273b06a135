"""The attendee desk: what organisers do for and with registrations, one by one or many at once."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction

from events import answer_files, doors, history, mails, payments, permissions, registration, seats, waiting_list
from events.holding import held_registration
from events.models import AnswerFile, Registration, TicketType
from events.party import Companion
from events.refusals import EventFull, TicketTypeNotOffered, TooManyPlaces
from network import people
from network.models import Consent, Person
from network.refusals import NotPermitted, Refusal

Status = Registration.Status


def register_for(
    *,
    event_id: int,
    email: str,
    full_name: str,
    actor: Person,
    at: datetime,
    language: str = "vi",
    ticket_type_id: int | None = None,
    companions: Sequence[Companion] = (),
    answers: Mapping[int, Any] | None = None,
    files: "Mapping[int, File[bytes]] | None" = None,
    waits: bool = False,
    agreed: bool = False,
    channel: Registration.Channel = Registration.Channel.ADMIN,
) -> Registration:
    """Register somebody on their behalf; return the registration. The person is made if nobody has this address.

    `agreed`: the person told the organiser that they agree to their data being used to run the event; it is recorded
    with who wrote it down. `files` answer questions that ask for one; organisers answer their own questions, too.
    Raises NotPermitted, Invalid at `email` and `full_name`, and all that `register` and `answer_files.upload` raise.
    """
    if not permissions.may_run_desk(actor, event_id):
        raise NotPermitted()
    with _uploads() as uploaded, transaction.atomic():
        person = people.known_or_new(email=email, full_name=full_name, language=language)
        given = dict(answers or {})
        for number, file in (files or {}).items():
            uploaded.append(answer_files.upload(person=person, given=file, at=at, field=f"answers.{number}"))
            given[number] = str(uploaded[-1].pk)
        return registration.register(
            event_id=event_id,
            person=person,
            at=at,
            channel=channel,
            language=language,
            ticket_type_id=ticket_type_id,
            companions=companions,
            answers=given,
            consents=[Consent.Purpose.REGISTRATION] if agreed else [],
            waits=waits,
            actor=actor,
        )


@contextmanager
def _uploads() -> Iterator[list[AnswerFile]]:
    """Files that are kept only if what comes with them is: rows go with the transaction, files do not."""
    kept: list[AnswerFile] = []
    try:
        yield kept
    except BaseException:
        for row in kept:
            row.file.delete(save=False)
        raise


def move(*, registration_id: int, ticket_type_id: int, actor: Person, at: datetime) -> Registration:
    """Move a registration to another ticket type of its event; its tickets stay good. Return it.

    Where it holds places, the new type must have room. Of a higher fee the rest is due. Raises RegistrationNotFound,
    RegistrationNotInState, TicketTypeNotOffered, TooManyPlaces, EventFull.
    """
    with transaction.atomic():
        moved, held = held_registration(
            registration_id=registration_id, actor=actor, states=Registration.ACTIVE, desk_only=True
        )
        wanted = TicketType.objects.filter(pk=ticket_type_id, event=held.pk).first()
        if wanted is None:
            raise TicketTypeNotOffered()
        if wanted.pk == moved.ticket_type_id:
            return moved
        if moved.quantity > wanted.most_per_person:
            raise TooManyPlaces(most=wanted.most_per_person)
        left_id = moved.ticket_type_id
        if moved.holds_places:
            seats.give_back(seats=held, ticket_type_id=left_id, quantity=moved.quantity)
            if not seats.fit(seats=held, ticket_type_id=wanted.pk, quantity=moved.quantity):
                raise EventFull(event_id=held.pk, may_wait=False)
            seats.take(seats=held, ticket_type_id=wanted.pk, quantity=moved.quantity)
        moved.ticket_type = wanted
        if moved.status == Status.CONFIRMED:
            payments.charge(moved, fee=wanted.fee * moved.quantity)
        moved.save(update_fields=["ticket_type", "fee", "payment"])
        doors.changed(event_id=held.pk)
        history.note(moved, "moved", actor=actor, at=at, left=left_id, entered=wanted.pk)
        waiting_list.promote(held=held, at=at)
    return moved


def prioritise(*, registration_id: int, priority: int, actor: Person, at: datetime) -> Registration:
    """Put a waiting registration elsewhere in the queue (lower comes first); return it. Raises as `move`."""
    with transaction.atomic():
        waiting, held = held_registration(
            registration_id=registration_id, actor=actor, states=(Status.WAITLISTED,), desk_only=True
        )
        waiting.priority = max(-100, min(100, priority))
        waiting.save(update_fields=["priority"])
        history.note(waiting, "prioritised", actor=actor, at=at, priority=waiting.priority)
        waiting_list.promote(held=held, at=at)
    return waiting


def resend(*, registration_id: int, actor: Person, at: datetime) -> Registration:
    """Send the tickets of a confirmed registration once more; return it. Raises as `move`."""
    with transaction.atomic():
        again, _held = held_registration(
            registration_id=registration_id, actor=actor, states=(Status.CONFIRMED,), desk_only=True
        )
        history.note(again, "resent", actor=actor, at=at)
        mails.resent(registration=again, at=at)
    return again


@dataclass
class Outcome:
    """What came of an act on many registrations: how many it was done to, and who refused."""

    done: int = 0
    refused: list[tuple[int, Refusal]] = field(default_factory=list)


def many(act: Callable[[int], object], registration_ids: Iterable[int]) -> Outcome:
    """Do `act` to each registration, each in a transaction of its own; one refusal stops nobody else's."""
    outcome = Outcome()
    for registration_id in registration_ids:
        try:
            act(registration_id)
        except Refusal as refusal:
            outcome.refused.append((registration_id, refusal))
        else:
            outcome.done += 1
    return outcome

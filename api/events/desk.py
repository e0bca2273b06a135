"""The attendee desk: registrations as organisers see them. Every look at them is written down."""

from typing import Any

import graphene

from events import access, attendees, desk_counts, history_wording, messages, models, permissions
from events.attendees import Wanted
from events.desk_counts import Counts
from network.doors import Permission
from network.global_ids import number_of

from ..batch import compute, load
from ..connection import Edges, connection, paged
from ..errors import forbidden
from ..fields import Language, choices, chosen, identifier, many, one
from ..permission import permitted
from .questions import Answer, all_answers
from .ticket_types import TicketType
from .tickets import (
    Companion,
    Payment,
    PaymentState,
    QueuePlace,
    RegistrationStatus,
    Ticket,
    payment_of,
    place_of,
)

RegistrationChannel = choices("RegistrationChannel", models.Registration.Channel, "The door that it came in by.")
BY = "API"


class HistoryEntry(graphene.ObjectType):
    """One thing that happened to a registration."""

    act = graphene.String(required=True, description="What, as a code: “confirmed”, “moved”.")
    sentence = graphene.String(required=True, description="What, and by whom, to be read.")
    at = graphene.DateTime(required=True, description="When.")


class DeskRegistration(graphene.ObjectType):
    """A registration as the organisers of its event see it."""

    id = identifier()
    number = graphene.Int(required=True, description="Its number at the event.")
    name = graphene.String(required=True, description="Who registered; family name first.")
    email = graphene.String(required=True, description="Of who registered.")
    phone = graphene.String(required=True, description="E.164; often empty.")
    status = chosen(RegistrationStatus, "status", "What became of it.")
    channel = chosen(RegistrationChannel, "channel", "The door that it came in by.")
    language = graphene.Field(Language, required=True, description="Of the letters.")
    ticket_type = one(TicketType, "ticket_type", "What kind of tickets it is for.")
    quantity = graphene.Int(required=True, description="Places.")
    created_at = graphene.DateTime(required=True, description="When.")
    cancelled_at = graphene.DateTime(description="When it was cancelled.")
    offer_expires_at = graphene.DateTime(description="Until when an offered place is kept.")
    event = one("api.events.types.Event", "event", "At which event.")
    tickets = many(Ticket, "tickets", "One for each place, once it is confirmed; without their codes.")
    companions = graphene.List(
        graphene.NonNull(Companion), required=True, description="Who else comes, as long as there are no tickets."
    )
    payment = graphene.Field(Payment, description="Null if it is free, or not confirmed yet.", resolver=payment_of)
    place = graphene.Field(QueuePlace, description="Where it stands while it waits.", resolver=place_of)
    answers = graphene.List(graphene.NonNull(Answer), required=True, description="Organisers' own notes among them.")
    history = graphene.List(graphene.NonNull(HistoryEntry), required=True, description="What happened, oldest first.")

    resolve_language = staticmethod(lambda row, info: str(row.language))

    def resolve_name(self: Any, info: Any) -> str:
        return load(self, "person").full_name

    def resolve_email(self: Any, info: Any) -> str:
        return load(self, "person").email

    def resolve_phone(self: Any, info: Any) -> str:
        phone = load(self, "person").phone
        return phone.as_e164 if phone else ""

    def resolve_answers(self: Any, info: Any) -> Any:
        return load(self, "all_answers", all_answers)

    def resolve_history(self: Any, info: Any) -> Any:
        return compute(self, "told", _histories)

    @staticmethod
    def recall(text: str, viewer: Any) -> models.Registration | None:
        """Find it for whoever runs the desk of its event."""
        return _found(text, viewer)


DeskRegistrationConnection = connection(DeskRegistration)


class StatusCount(graphene.ObjectType):
    """How many registrations are in a state."""

    status = graphene.Field(RegistrationStatus, required=True, description="Which state.")
    registrations = graphene.Int(required=True, description="How many.")


class FeeSum(graphene.ObjectType):
    """So many registrations, so many đồng."""

    registrations = graphene.Int(required=True, description="How many.")
    amount = graphene.Int(required=True, description="In đồng.")


class DeskCounts(graphene.ObjectType):
    """An event's registrations at a glance."""

    registrations = graphene.Int(required=True, description="All of them, whatever became of them.")
    by_status = graphene.List(graphene.NonNull(StatusCount), required=True, description="States that occur.")
    people_waiting = graphene.Int(required=True, description="Places that are waited for.")
    offers_running_out = graphene.Int(required=True, description="Offers that end within hours.")
    due = graphene.Field(FeeSum, required=True, description="Fees still to be paid.")
    received = graphene.Field(FeeSum, required=True, description="Fees received.")
    to_return = graphene.Field(FeeSum, required=True, description="Received from people who no longer come.")

    @staticmethod
    def resolve_by_status(row: Counts, info: Any) -> list[StatusCount]:
        known = models.Registration.Status.values
        return [
            StatusCount(status=state, registrations=row.by_status[state]) for state in known if state in row.by_status
        ]


class DeskFilter(graphene.InputObjectType):
    """Whom an organiser asks for; several values of one kind are alternatives, nothing given is everybody."""

    statuses = graphene.List(graphene.NonNull(RegistrationStatus), description="In one of these states.")
    ticket_type_ids = graphene.List(graphene.NonNull(graphene.ID), description="Of one of these types.")
    payments = graphene.List(graphene.NonNull(PaymentState), description="With a fee in one of these states.")
    came = graphene.Boolean(description="Only those who were let in, or only those who were not.")
    search = graphene.String(
        description="Words of the name, accents optional; the e-mail; a phone's last digits; a ticket's number."
    )


def wanted(sent: dict[str, Any] | None) -> Wanted:
    """Return a filter as the rules take it."""
    given = sent or {}
    return Wanted(
        statuses=tuple(each.value for each in given.get("statuses") or ()),
        ticket_types=tuple(number_of(each, "TicketType") for each in given.get("ticket_type_ids") or ()),
        payments=tuple(each.value for each in given.get("payments") or ()),
        came=given.get("came"),
        search=given.get("search") or "",
    )


def _histories(rows: list[models.Registration]) -> dict[int, list[history_wording.Told]]:
    entries = models.HistoryEntry.objects.filter(registration__in=rows).select_related("actor").order_by("at", "pk")
    known = list(entries)
    told: dict[int, list[history_wording.Told]] = {row.pk: [] for row in rows}
    for entry, line in zip(known, history_wording.told(known), strict=True):
        told[entry.registration_id].append(line)
    return told


def _found(text: str, viewer: Any) -> models.Registration | None:
    rows = models.Registration.objects.select_related("person", "ticket_type", "event")
    found = rows.filter(pk=number_of(text, "Registration")).first()
    return found if found is not None and permissions.may_run_desk(viewer, found.event_id) else None


def _admit(info: Any, event_id: int) -> models.Event:
    found = models.Event.objects.filter(pk=event_id).first()
    if found is None or not permissions.may_run_desk(info.context.viewer, event_id):
        raise forbidden()
    return found


class DeskQuery(graphene.ObjectType):
    """What organisers ask about registrations."""

    registrations = paged(
        DeskRegistrationConnection,
        "The registrations of an event by their number, for its organisers. Every look is written down.",
        event=graphene.ID(required=True, description="Its id."),
        filter=DeskFilter(description="Whom; without it, everybody."),
    )
    registration = graphene.Field(
        DeskRegistration,
        id=graphene.ID(required=True, description="Its id."),
        description="One registration, for the organisers of its event; else null. Every look is written down.",
    )
    desk_counts = graphene.Field(
        DeskCounts,
        event=graphene.ID(required=True, description="Its id."),
        description="An event at a glance, for its organisers.",
    )
    message_recipients = graphene.Int(
        event=graphene.ID(required=True, description="Its id."),
        filter=DeskFilter(description="Whom; without it, everybody who is still coming."),
        description="How many people a message would go to, for `messageAttendees(expected:)`.",
    )

    @permitted(Permission.ORGANISER)
    def resolve_registrations(
        self: Any, info: Any, event: str, first: int | None = None, after: str | None = None, filter: Any = None
    ) -> Edges:
        number = _admit(info, number_of(event, "Event")).pk
        page = Edges(attendees.found(event_id=number, wanted=wanted(filter)).order_by("number"), first, after)
        _note(info, number, models.AttendeeAccess.Act.VIEW, len(page.nodes))
        return page

    @permitted(Permission.ORGANISER)
    def resolve_registration(self: Any, info: Any, id: str) -> Any:
        found = _found(id, info.context.viewer)
        if found is not None:
            _note(info, found.event_id, models.AttendeeAccess.Act.DETAIL, 1)
        return found

    @permitted(Permission.ORGANISER)
    def resolve_desk_counts(self: Any, info: Any, event: str) -> Counts:
        return desk_counts.counts(event=_admit(info, number_of(event, "Event")), at=info.context.at)

    @permitted(Permission.ORGANISER)
    def resolve_message_recipients(self: Any, info: Any, event: str, filter: Any = None) -> int:
        number = _admit(info, number_of(event, "Event")).pk
        return len(messages.recipients(event_id=number, wanted=wanted(filter)))


def _note(info: Any, event_id: int, act: models.AttendeeAccess.Act, people: int) -> None:
    caller = info.context
    access.note(event_id=event_id, person=caller.viewer, act=act, people=people, by=BY, at=caller.at)

"""Types of registrations and tickets, as their own people see them."""

from typing import Any

import graphene
from django.db.models import Prefetch

from events import models, payments, permissions, queries, tickets, waiting_list
from network.global_ids import number_of, uuid_of

from ..addresses import site_address
from ..batch import compute, load
from ..connection import connection
from ..fields import choices, chosen, identifier, many, one
from .questions import Answer, own_answers
from .ticket_types import TicketType

RegistrationStatus = choices("RegistrationStatus", models.Registration.Status, "The states of a registration.")
PaymentState = choices("PaymentState", models.Registration.Payment, "Whether a fee was paid.")
Status = models.Registration.Status


def _admissions() -> list["Prefetch[str]"]:
    return [queries.standing_admissions()]


def is_shown_by(ticket: models.Ticket, viewer: Any) -> bool:
    """Whether the viewer shows it at the door: its holder, or who registered, while it was handed to nobody else."""
    if not viewer.is_authenticated:
        return False
    if ticket.holder_id is not None:
        return ticket.holder_id == viewer.pk
    return load(ticket, "registration").person_id == viewer.pk


def online_url(registration: models.Registration, event: models.Event) -> str | None:
    """Where to take part online, for those who hold a place."""
    return (event.online_url or None) if registration.status == Status.CONFIRMED else None


class Ticket(graphene.ObjectType):
    """A ticket for one person."""

    id = identifier()
    number = graphene.String(required=True, description="To be read aloud; ends with a check digit.")
    code = graphene.String(
        description="The signed code that the QR picture carries; null for a ticket that somebody else shows."
    )
    holder_name = graphene.String(required=True, description="Whom it lets in.")
    is_mine = graphene.Boolean(required=True, description="Whether the viewer shows it at the door.")
    issued_at = graphene.DateTime(required=True, description="When the place was confirmed.")
    transferred_at = graphene.DateTime(description="When it was handed on, if it was.")
    is_valid = graphene.Boolean(
        required=True, description="Whether the registration stands and it was not given back or replaced."
    )
    admitted_at = graphene.DateTime(description="When it was let in.")
    gate = graphene.String(description="Where it was let in.")
    event = one("api.events.types.Event", "event", "At which event.")
    ticket_type = graphene.Field(TicketType, required=True, description="What kind of ticket it is.")
    registration = graphene.Field(
        lambda: Registration, description="The viewer's own registration; null if somebody else registered."
    )
    online_url = graphene.String(description="Where to take part online, for whoever shows it.")
    url = graphene.String(required=True, description="Its page on the site.")

    def resolve_code(self: Any, info: Any) -> str | None:
        return tickets.code(self) if is_shown_by(self, info.context.viewer) else None

    def resolve_is_mine(self: Any, info: Any) -> bool:
        return is_shown_by(self, info.context.viewer)

    def resolve_is_valid(self: Any, info: Any) -> bool:
        return self.revoked_at is None and load(self, "registration").status == Status.CONFIRMED

    def resolve_admitted_at(self: Any, info: Any) -> Any:
        return next((row.received_at for row in load(self, "admissions", _admissions)), None)

    def resolve_gate(self: Any, info: Any) -> str | None:
        return next((row.gate.name for row in load(self, "admissions", _admissions) if row.gate), None)

    def resolve_ticket_type(self: Any, info: Any) -> Any:
        return load(load(self, "registration"), "ticket_type")

    def resolve_registration(self: Any, info: Any) -> Any:
        found = load(self, "registration")
        return found if found.person_id == info.context.viewer.pk else None

    def resolve_online_url(self: Any, info: Any) -> str | None:
        if self.revoked_at is not None or not is_shown_by(self, info.context.viewer):
            return None
        return online_url(load(self, "registration"), load(self, "event"))

    def resolve_url(self: Any, info: Any) -> str:
        return site_address(f"/ve/{self.pk}/")

    @staticmethod
    def recall(text: str, viewer: Any) -> models.Ticket | None:
        """Find it for whoever shows it."""
        return queries.own_ticket(ticket_id=uuid_of(text, "Ticket"), person=viewer)


class BankTransfer(graphene.ObjectType):
    """How to pay a fee by bank transfer."""

    bank = graphene.String(required=True, description="The bank's number (BIN).")
    account = graphene.String(required=True, description="The account's number.")
    holder = graphene.String(required=True, description="The name on the account.")
    message = graphene.String(required=True, description="What the transfer must say, so that it is found.")
    vietqr = graphene.String(required=True, description="What the QR picture carries; any bank's app reads it.")

    resolve_bank = staticmethod(lambda row, info: row.event.bank_code)
    resolve_account = staticmethod(lambda row, info: row.event.bank_account)
    resolve_holder = staticmethod(lambda row, info: row.event.bank_holder)
    resolve_message = staticmethod(lambda row, info: payments.message(row))
    resolve_vietqr = staticmethod(lambda row, info: payments.vietqr(row))


class Payment(graphene.ObjectType):
    """The fee of a registration: paid on the spot or by transfer, and marked as received by people."""

    amount = graphene.Int(required=True, description="In đồng, for all its places.")
    due = graphene.Int(required=True, description="What of it is still to be paid.")
    state = graphene.Field(PaymentState, required=True, description="Whether it was paid.")
    paid_at = graphene.DateTime(description="When it was marked as received.")
    transfer = graphene.Field(BankTransfer, description="Null if nothing is due, or the event takes no transfers.")

    resolve_amount = staticmethod(lambda row, info: row.fee)
    resolve_state = staticmethod(lambda row, info: str(row.payment))

    @staticmethod
    def resolve_transfer(row: models.Registration, info: Any) -> Any:
        event = load(row, "event")
        return row if row.due and row.status == Status.CONFIRMED and payments.takes_transfers(event) else None


def payment_of(row: models.Registration, info: Any) -> models.Registration | None:
    """The registration as the payment that it stands for; None where nothing is to be paid."""
    return None if row.payment == models.Registration.Payment.NONE else row


class QueuePlace(graphene.ObjectType):
    """Where a waiting registration stands."""

    number = graphene.Int(required=True, description="Its place, counted from 1.")
    of = graphene.Int(required=True, description="How many registrations wait.")
    places = graphene.Int(required=True, description="How many places those before it wait for.")


def place_of(row: models.Registration, info: Any) -> Any:
    """Where it stands in the queue, looked up for the whole batch."""
    return compute(row, "place", waiting_list.places)


class Companion(graphene.ObjectType):
    """Somebody who comes along, until there is a ticket."""

    name = graphene.String(required=True, description="As it will stand on the ticket.")
    email = graphene.String(required=True, description="Empty: who registered shows their ticket.")

    resolve_name = staticmethod(lambda row, info: row["name"])
    resolve_email = staticmethod(lambda row, info: row["email"])


class Registration(graphene.ObjectType):
    """The viewer's own registration for an event."""

    id = identifier()
    number = graphene.Int(required=True, description="Its number at the event.")
    status = chosen(RegistrationStatus, "status", "What became of it.")
    ticket_type = one(TicketType, "ticket_type", "What kind of tickets it is for.")
    quantity = graphene.Int(required=True, description="Places: the viewer and whom they bring along.")
    created_at = graphene.DateTime(required=True, description="When it came in.")
    cancelled_at = graphene.DateTime(description="When it was cancelled.")
    event = one("api.events.types.Event", "event", "At which event.")
    tickets = many(Ticket, "tickets", "One for each place, once it is confirmed.")
    companions = graphene.List(
        graphene.NonNull(Companion), required=True, description="Who else comes, as long as there are no tickets."
    )
    payment = graphene.Field(Payment, description="Null if it is free, or not confirmed yet.", resolver=payment_of)
    place = graphene.Field(QueuePlace, description="Where it stands while it waits.", resolver=place_of)
    offer_expires_at = graphene.DateTime(description="Until when an offered place is kept.")
    answers = graphene.List(graphene.NonNull(Answer), required=True, description="What the viewer answered.")
    answers_until = graphene.DateTime(required=True, description="Until when answers can be changed.")
    online_url = graphene.String(description="Where to take part online, for those who hold a place.")

    def resolve_answers(self: Any, info: Any) -> Any:
        return load(self, "own_answers", own_answers)

    def resolve_answers_until(self: Any, info: Any) -> Any:
        event = load(self, "event")
        return event.answers_until or event.starts_at

    def resolve_online_url(self: Any, info: Any) -> str | None:
        return online_url(self, load(self, "event"))

    @staticmethod
    def recall(text: str, viewer: Any) -> models.Registration | None:
        """Find it for its person, or for whoever runs the desk of its event."""
        found = models.Registration.objects.filter(pk=number_of(text, "Registration")).first()
        if found is None or found.person_id == viewer.pk or permissions.may_run_desk(viewer, found.event_id):
            return found
        return None


RegistrationConnection = connection(Registration)

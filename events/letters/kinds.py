"""Every kind of letter: when it goes out, the house's words for it, the one act that it leads to."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

COMMON = ("name", "event", "code", "date", "time", "place")
"""Placeholders that every letter can fill."""


class LeadsTo(StrEnum):
    """Where the letter's one button leads."""

    TICKET = "ticket"
    MY_TICKETS = "my_tickets"
    EVENT = "event"
    PROGRAMME = "programme"


@dataclass(frozen=True, kw_only=True)
class LetterKind:
    """One kind of letter. `subject`, `headline` and `opening` may hold the kind's placeholders in braces."""

    name: str
    title: Any
    occasion: Any
    subject: Any
    headline: Any
    opening: Any
    act: Any
    leads_to: LeadsTo
    own: tuple[str, ...] = field(default=())
    """Placeholders of its own, beside the common ones."""
    calendar: str = ""
    """REQUEST, CANCEL, or none; a letter to somebody who was never invited carries none."""
    is_urgent: bool = False
    """Whether the button is the one red act."""
    shows_tickets: bool = False
    note: Any = ""
    """What stands in small print under the button."""
    says_fee: bool = False
    """Whether it says what is still to be paid, to who registered."""

    @property
    def is_ending(self) -> bool:
        """Whether it tells of an end, not of something that comes."""
        return self.calendar == "CANCEL" or self.name in {"declined", "rejected", "offer_expired"}

    @property
    def placeholders(self) -> tuple[str, ...]:
        """What may stand in braces in its words."""
        return (*COMMON, *self.own)


_CODE = _("Show this code at the door, on your phone or on paper. The invitation for your calendar is attached.")

_CANNOT_COME = _("Plans changed? Under “My tickets” you change your answers or give your place back.")

_ALL = (
    LetterKind(
        name="received",
        title=_("Registration received"),
        occasion=_("Somebody registered for a ticket that an organiser approves."),
        subject=_("We have your registration: {event}"),
        headline=_("We have your registration"),
        opening=_("An organiser looks at it now and you get a letter either way. No place is taken for you yet."),
        act=_("See my registration"),
        leads_to=LeadsTo.MY_TICKETS,
    ),
    LetterKind(
        name="waitlisted",
        title=_("On the waiting list"),
        occasion=_("Every place is taken and somebody joined the waiting list."),
        subject=_("You are on the waiting list: {event}"),
        headline=_("You are on the waiting list"),
        opening=_("As soon as a place is free we offer it to you by mail and keep it for a while. Nothing else to do."),
        act=_("See where I stand"),
        leads_to=LeadsTo.MY_TICKETS,
        note=_("Do not want to wait any more? Leave the list under “My tickets”."),
    ),
    LetterKind(
        name="offered",
        title=_("A place is offered"),
        occasion=_("A place came free for somebody on the waiting list."),
        subject=_("A place for you: {event}"),
        headline=_("There is a place for you"),
        opening=_("We keep it for you until {deadline}. After that it goes to the next in the queue."),
        act=_("Accept or decline"),
        leads_to=LeadsTo.MY_TICKETS,
        own=("deadline",),
        is_urgent=True,
        note=_("Cannot come? Please decline: somebody else is waiting for the place."),
    ),
    LetterKind(
        name="offer_expired",
        title=_("The offer ended"),
        occasion=_("Nobody accepted an offered place in time."),
        subject=_("The offered place went on: {event}"),
        headline=_("The place went to the next in the queue"),
        opening=_("We kept it for you until {deadline} and heard nothing. Want to come after all? Register once more."),
        act=_("To the event"),
        leads_to=LeadsTo.EVENT,
        own=("deadline",),
    ),
    LetterKind(
        name="declined",
        title=_("Offer declined"),
        occasion=_("Somebody declined the place that was offered to them."),
        subject=_("You declined the place: {event}"),
        headline=_("The place goes to somebody else"),
        opening=_("Thank you for telling us: the next in the queue can come now. See you another time."),
        act=_("See the programme"),
        leads_to=LeadsTo.PROGRAMME,
    ),
    LetterKind(
        name="rejected",
        title=_("Registration turned down"),
        occasion=_("An organiser turned a registration down."),
        subject=_("About your registration: {event}"),
        headline=_("This time we have no place for you"),
        opening=_("Thank you for wanting to come. We had to choose, and it was not easy. Other dates are open to you."),
        act=_("See the programme"),
        leads_to=LeadsTo.PROGRAMME,
    ),
    LetterKind(
        name="confirmed",
        title=_("Registration confirmed"),
        occasion=_("Somebody has a place: with their tickets and the invitation for the calendar."),
        subject=_("Your ticket: {event}"),
        headline=_("Your place is kept"),
        opening=_CODE,
        act=_("Open my ticket"),
        leads_to=LeadsTo.TICKET,
        calendar="REQUEST",
        shows_tickets=True,
        says_fee=True,
        note=_CANNOT_COME,
    ),
    LetterKind(
        name="companion",
        title=_("Brought along"),
        occasion=_("Somebody was registered by another person who brings them along: with their own ticket."),
        subject=_("{host} registered you: {event}"),
        headline=_("{host} keeps a place for you"),
        opening=_CODE,
        act=_("Open my ticket"),
        leads_to=LeadsTo.TICKET,
        own=("host",),
        calendar="REQUEST",
        shows_tickets=True,
        note=_("Cannot come? Hand the ticket on to somebody else under “My tickets”, or tell who registered you."),
    ),
    LetterKind(
        name="people_added",
        title=_("People added to a group"),
        occasion=_("Somebody added people to their group."),
        subject=_("More tickets: {event}"),
        headline=_("Your group has grown"),
        opening=_("Here are the new tickets. The tickets that you had stay as they are."),
        act=_("Open my tickets"),
        leads_to=LeadsTo.MY_TICKETS,
        shows_tickets=True,
        says_fee=True,
        note=_CANNOT_COME,
    ),
    LetterKind(
        name="resent",
        title=_("Ticket sent again"),
        occasion=_("An organiser sent somebody their tickets once more."),
        subject=_("Your ticket once more: {event}"),
        headline=_("Your ticket, once more"),
        opening=_CODE,
        act=_("Open my ticket"),
        leads_to=LeadsTo.TICKET,
        calendar="REQUEST",
        shows_tickets=True,
        says_fee=True,
        note=_CANNOT_COME,
    ),
    LetterKind(
        name="paid",
        title=_("Fee received"),
        occasion=_("An organiser marked the fee of a registration as received."),
        subject=_("Your fee arrived: {event}"),
        headline=_("Your fee arrived"),
        opening=_("We received {fee}. Nothing is left to pay. Your ticket stays as it is."),
        act=_("Open my tickets"),
        leads_to=LeadsTo.MY_TICKETS,
        own=("fee",),
        note=_CANNOT_COME,
    ),
    LetterKind(
        name="transferred_to",
        title=_("Ticket handed to somebody"),
        occasion=_("Somebody got a ticket that was handed on to them: with its new code."),
        subject=_("{giver} gave you a ticket: {event}"),
        headline=_("{giver} gave you a ticket"),
        opening=_CODE,
        act=_("Open my ticket"),
        leads_to=LeadsTo.TICKET,
        own=("giver",),
        calendar="REQUEST",
        shows_tickets=True,
        note=_("Cannot come? Hand the ticket on to somebody else under “My tickets”."),
    ),
    LetterKind(
        name="transferred_away",
        title=_("Ticket handed on"),
        occasion=_("Somebody handed a ticket on: their old code is worth nothing any more."),
        subject=_("You handed your ticket on: {event}"),
        headline=_("{receiver} has the ticket now"),
        opening=_("A new code went to them; pictures of the old one no longer open the door."),
        act=_("To the event"),
        leads_to=LeadsTo.EVENT,
        own=("receiver",),
        calendar="CANCEL",
    ),
    LetterKind(
        name="place_withdrawn",
        title=_("Place of a companion given back"),
        occasion=_("Who registered somebody gave that place back."),
        subject=_("Your place was given back: {event}"),
        headline=_("Your place was given back"),
        opening=_(
            "{host}, who registered you, gave it back. Your ticket is no longer valid. Register yourself to come."
        ),
        act=_("To the event"),
        leads_to=LeadsTo.EVENT,
        own=("host",),
        calendar="CANCEL",
    ),
    LetterKind(
        name="cancelled",
        title=_("Registration cancelled"),
        occasion=_("A registration was cancelled, by the person or by an organiser."),
        subject=_("Your registration is cancelled: {event}"),
        headline=_("Your registration is cancelled"),
        opening=_("Tickets of this registration are no longer valid. If plans change again, register once more."),
        act=_("To the event"),
        leads_to=LeadsTo.EVENT,
        calendar="CANCEL",
    ),
    LetterKind(
        name="moved",
        title=_("New time or place"),
        occasion=_("The event was moved in time or place."),
        subject=_("New time or place: {event}"),
        headline=_("A new time or place"),
        opening=_("It is now on {date}, {time}, at: {place}. What you registered for stays valid."),
        act=_("To the event"),
        leads_to=LeadsTo.EVENT,
        calendar="REQUEST",
    ),
    LetterKind(
        name="event_cancelled",
        title=_("Event cancelled"),
        occasion=_("The event will not take place."),
        subject=_("Cancelled: {event}"),
        headline=_("This event will not take place"),
        opening=_("We are sorry. You need not do anything. We would be glad to see you at another date."),
        act=_("See the programme"),
        leads_to=LeadsTo.PROGRAMME,
        calendar="CANCEL",
    ),
    LetterKind(
        name="reminder",
        title=_("Reminder"),
        occasion=_("One day before the event, to everybody who has a place."),
        subject=_("See you soon: {event}"),
        headline=_("We look forward to seeing you"),
        opening=_("{date}, {time}. Keep your ticket at hand: the code opens the door, also without a network."),
        act=_("Open my ticket"),
        leads_to=LeadsTo.TICKET,
        shows_tickets=True,
        says_fee=True,
        note=_CANNOT_COME,
    ),
)
KINDS = {kind.name: kind for kind in _ALL}


def kind_named(name: str) -> LetterKind | None:
    """Return the kind of this name, or None."""
    return KINDS.get(name)

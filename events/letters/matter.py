"""What a letter is about: read once from what its draft remembers, or made up for a preview."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.formats import number_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from events import calendar, payments, waiting_list
from events.letters.kinds import LetterKind, kind_named
from events.models import Registration, Ticket
from network.models import OutgoingMail, Person
from network.outbox import SubjectGone
from network.templatetags.dates import dated, until

PREFIX = "events."
"""Before the kind's name, in the outbox that all rooms share."""


@dataclass(frozen=True, kw_only=True)
class Matter:
    """Everything that a letter says, in rows that are loaded."""

    kind: LetterKind
    registration: Registration
    reader: Person
    address: str
    language: str
    at: datetime
    tickets: Sequence[Ticket] = ()
    """Those that the reader shows: with their codes."""
    elsewhere: Sequence[str] = field(default=())
    """Names of the group's people who got their tickets themselves."""
    other: Person | None = None
    """Who brought the reader along, gave them a ticket, or has it now."""
    deadline: datetime | None = None
    place_in_queue: waiting_list.Place | None = None
    sequence: int | None = None
    """Of the calendar part; None: the reader was not invited, or is not told anything new."""

    @property
    def is_own(self) -> bool:
        """Whether the reader is who registered."""
        return self.reader.pk == self.registration.person_id

    @property
    def owes(self) -> bool:
        """Whether the letter says what is to be paid."""
        return self.kind.says_fee and self.is_own and self.registration.payment == Registration.Payment.DUE

    @property
    def takes_transfers(self) -> bool:
        """Whether it can be paid by bank transfer."""
        return self.owes and payments.takes_transfers(self.registration.event)

    def values(self) -> dict[str, str]:
        """Return what fills the placeholders, in the active language."""
        event = self.registration.event
        other = self.other.full_name if self.other else _("Somebody")
        return {
            "name": self.reader.given_name or _("friend"),
            "event": event.title,
            "code": event.code,
            "date": dated(event.starts_at),
            "time": until(event.starts_at, event.ends_at),
            "place": calendar.place(event),
            "deadline": deadline_as_read(self.deadline),
            "fee": money(self.registration.received),
            **dict.fromkeys(("host", "giver", "receiver"), other),
        }


def deadline_as_read(moment: datetime | None) -> str:
    """Return a moment as a letter says it: "16:30, Thứ Bảy, 05/12/2026"."""
    if moment is None:
        return ""
    return f"{localtime(moment):%H:%M}, {dated(moment)}"


def money(fee: int) -> str:
    """Return an amount of đồng as people here write it: "150.000 đồng"."""
    return _("%(amount)s VND") % {"amount": number_format(fee, force_grouping=True)}


def matter_of(mail: OutgoingMail) -> Matter:
    """Return what a drafted mail is about, in as many statements for one ticket as for ten.

    Raises SubjectGone if the registration, its reader or a ticket exists no longer.
    """
    facts = mail.facts
    kind = kind_named(mail.kind.removeprefix(PREFIX))
    rows = Registration.objects.select_related("event__venue", "person", "ticket_type")
    registration = rows.filter(pk=facts["registration"]).first()
    if kind is None or registration is None:
        raise SubjectGone("the registration")
    people = Person.objects.filter(is_active=True).in_bulk([facts["reader"], facts.get("other", facts["reader"])])
    if facts["reader"] not in people:
        raise SubjectGone("the reader")
    reader = people[facts["reader"]]
    return Matter(
        kind=kind,
        registration=registration,
        reader=reader,
        address=mail.recipient,
        language=mail.language,
        at=mail.queued_at,
        tickets=_shown(registration, reader, facts.get("tickets", {})),
        elsewhere=_elsewhere(registration, mail) if kind.says_fee and reader == registration.person else (),
        other=people.get(facts.get("other", 0)),
        deadline=datetime.fromisoformat(facts["deadline"]) if facts.get("deadline") else None,
        place_in_queue=waiting_list.place(registration) if kind.name == "waitlisted" else None,
        sequence=facts.get("sequence"),
    )


def _shown(registration: Registration, reader: Person, versions: Mapping[str, int]) -> list[Ticket]:
    """The reader's tickets as they were when the draft was left."""
    if not versions:
        return []
    shown = list(registration.tickets.filter(pk__in=versions).order_by("number"))
    if len(shown) < len(versions):
        raise SubjectGone("a ticket")
    for ticket in shown:
        if ticket.version != versions[str(ticket.pk)]:
            # Handed on since: the letter shows the code that it was about, which is dead now, never the new one.
            ticket.version, ticket.holder_name = versions[str(ticket.pk)], reader.full_name
    return shown


def _elsewhere(registration: Registration, mail: OutgoingMail) -> list[str]:
    """Who came into the group by the same act and got their ticket themselves; it is still theirs."""
    same = registration.tickets.filter(issued_at=mail.queued_at, version=1, revoked_at=None)
    theirs = same.exclude(holder=None)
    return list(theirs.order_by("number").values_list("holder_name", flat=True))

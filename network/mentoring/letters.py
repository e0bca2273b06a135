"""The letters about an hour, written by the worker: in the reader's language and by the clock of the reader's zone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from network.mentoring import entries
from network.mentoring.addresses import booking_address, slots_address
from network.mentoring.mails import PREFIX
from network.mentoring.offers import HERE, zone_of_person
from network.mentoring.slots import Span
from network.models import Booking, OutgoingMail, Person
from network.outbox import Letter, SubjectGone, writer
from network.templatetags.dates import dated, until

NOTE = gettext_lazy("Plans changed? On the page of the hour you can move or cancel it until it begins.")


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of letter: its words, what it does to a calendar."""

    subject: Any
    headline: Any
    opening: Any
    calendar: str = ""
    note: Any = ""
    is_ending: bool = False


KINDS: Mapping[str, Kind] = {
    "booked": Kind(
        subject=gettext_lazy("Mentor hour: %(other)s, %(date)s"),
        headline=gettext_lazy("The hour is booked"),
        opening=gettext_lazy("Both of you have this letter. The entry for your calendar is attached."),
        calendar="REQUEST",
        note=NOTE,
    ),
    "moved": Kind(
        subject=gettext_lazy("New time: mentor hour with %(other)s, %(date)s"),
        headline=gettext_lazy("The hour has a new time"),
        opening=gettext_lazy("%(by)s moved it. It was to be on %(former)s. Your calendar follows by itself."),
        calendar="REQUEST",
        note=NOTE,
    ),
    "cancelled": Kind(
        subject=gettext_lazy("Cancelled: mentor hour with %(other)s, %(date)s"),
        headline=gettext_lazy("The hour will not take place"),
        opening=gettext_lazy("%(by)s cancelled it. Your calendar drops the entry by itself."),
        calendar="CANCEL",
        is_ending=True,
    ),
    "tomorrow": Kind(
        subject=gettext_lazy("Tomorrow: mentor hour with %(other)s, %(time)s"),
        headline=gettext_lazy("See each other tomorrow"),
        opening=gettext_lazy("Write down beforehand what you want to have answered: the hour is short."),
        note=NOTE,
    ),
    "soon": Kind(
        subject=gettext_lazy("In an hour: mentor hour with %(other)s"),
        headline=gettext_lazy("It begins within an hour"),
        opening=gettext_lazy("Here is where you meet."),
    ),
}


@dataclass(frozen=True, kw_only=True)
class Matter:
    """What a letter is about, read once."""

    kind: Kind
    booking: Booking
    reader: Person
    by: Person | None
    span: Span
    former: datetime | None
    sequence: int
    mail: OutgoingMail
    zone: ZoneInfo

    @property
    def is_booker(self) -> bool:
        """Whether the reader is who booked; else they are the mentor."""
        return self.reader.pk == self.booking.booker_id

    @property
    def other(self) -> str:
        """The other one, as the reader knows them."""
        return self.booking.mentor.full_name if self.is_booker else entries.guest(self.booking)

    def values(self) -> dict[str, str]:
        """What fills the placeholders, in the active language and zone."""
        other = self.by.full_name if self.by else _("Somebody of the network")
        by = _("You") if self.by and self.by.pk == self.reader.pk else other
        return {
            "other": self.other,
            "by": by,
            "date": dated(self.span.starts_at),
            "time": f"{timezone.localtime(self.span.starts_at):%H:%M}",
            "former": f"{dated(self.former)}, {timezone.localtime(self.former):%H:%M}" if self.former else "",
        }


@writer(*(f"{PREFIX}{name}" for name in KINDS))
def write(mail: OutgoingMail) -> Letter:
    """Write the letter of a draft that `network.mentoring.mails` left. Raises SubjectGone."""
    matter = _matter_of(mail)
    with override(mail.language), timezone.override(matter.zone):
        values = matter.values()
        words = {name: str(getattr(matter.kind, name)) % values for name in ("subject", "headline", "opening")}
        context = {**words, **_context(matter)}
        return Letter(
            recipient=mail.recipient,
            recipient_name=matter.reader.full_name,
            subject=words["subject"],
            text=render_to_string("mail/hours.txt", context).strip() + "\n",
            html=render_to_string("mail/hours.html", context),
            language=mail.language,
            calendar=_calendar_part(matter),
            calendar_method=matter.kind.calendar or "REQUEST",
        )


def _context(matter: Matter) -> dict[str, Any]:
    booking, language = matter.booking, matter.mail.language
    address, act = booking_address(booking, language), _("See the hour")
    if matter.kind.is_ending and matter.is_booker and booking.profile is not None:
        address, act = slots_address(booking.profile.slug, language), _("Choose another hour")
    return {
        "language": language,
        "kind": {"is_urgent": False},
        "matter": matter,
        "booking": booking,
        "is_ending": matter.kind.is_ending,
        "note": matter.kind.note,
        "address": address,
        "act": act,
        "until": until(matter.span.starts_at, matter.span.ends_at),
        "zone": "" if matter.zone.key == HERE else matter.zone.key.replace("_", " "),
        "words": booking.cancel_words if matter.kind.is_ending else "",
    }


def _calendar_part(matter: Matter) -> bytes | None:
    if not matter.kind.calendar:
        return None
    return entries.written(
        entries.Message(
            method=matter.kind.calendar,
            booking=matter.booking,
            span=matter.span,
            sequence=matter.sequence,
            to=matter.reader,
            address=matter.mail.recipient,
            language=matter.mail.language,
            at=matter.mail.queued_at,
        )
    )


def _matter_of(mail: OutgoingMail) -> Matter:
    """Raises SubjectGone if the booking or the reader exists no longer, or the reminder's hour stands no longer."""
    facts = mail.facts
    name = mail.kind.removeprefix(PREFIX)
    rows = Booking.objects.select_related("mentor", "booker", "organisation", "profile")
    booking = rows.filter(pk=facts["booking"]).first()
    people = Person.objects.filter(is_active=True).in_bulk([facts["reader"], facts.get("by") or facts["reader"]])
    if booking is None:
        raise SubjectGone("the booking")
    if facts["reader"] not in people:
        raise SubjectGone("the reader")
    if not KINDS[name].calendar and (booking.state != Booking.State.BOOKED or booking.sequence != facts["sequence"]):
        raise SubjectGone("the hour, at that time")
    former = facts.get("former")
    return Matter(
        kind=KINDS[name],
        booking=booking,
        reader=people[facts["reader"]],
        by=people.get(facts.get("by") or 0),
        span=Span(datetime.fromisoformat(facts["starts"]), datetime.fromisoformat(facts["ends"])),
        former=datetime.fromisoformat(former) if former else None,
        sequence=facts["sequence"],
        mail=mail,
        zone=zone_of_person(facts["reader"]),
    )

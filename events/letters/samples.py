"""A letter about made-up people at a made-up event: what the comms team sees while it writes."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils.timezone import localtime

from events import tickets
from events.letters.kinds import LetterKind
from events.letters.matter import Matter
from events.models import Event, Registration, Ticket, TicketType, Venue
from events.waiting_list import Place
from network.models import Person


def matter(kind: LetterKind, *, language: str, at: datetime) -> Matter:
    """Return what a letter of this kind could be about. Nothing of it is in the database."""
    reader = Person(pk=1, full_name="Phạm Thu Hà", email="ha@example.org", preferred_language=language)
    other = Person(pk=2, full_name="Nguyễn Văn Đức", email="duc@example.org")
    is_host = kind.name not in {"companion", "place_withdrawn", "transferred_to"}
    registration = _registration(reader if is_host else other, fee=150_000 if kind.name == "paid" else 0, at=at)
    return Matter(
        kind=kind,
        registration=registration,
        reader=reader,
        address=reader.email,
        language=language,
        at=at,
        tickets=[_ticket(registration, reader)] if kind.shows_tickets else [],
        other=other,
        deadline=at + timedelta(days=1),
        place_in_queue=Place(number=3, of=12, places=2) if kind.name == "waitlisted" else None,
    )


def _registration(person: Person, *, fee: int, at: datetime) -> Registration:
    starts = localtime(at + timedelta(days=12)).replace(hour=14, minute=0, second=0, microsecond=0)
    event = Event(
        kind=Event.Kind.CAFE,
        code="CAFE 047",
        slug="ca-phe-047",
        title_vi="Bán hàng cho nhà máy, từ bản thử đến hợp đồng",
        title_en="Selling to factories: from pilot to contract",
        starts_at=starts,
        ends_at=starts + timedelta(hours=2, minutes=30),
        venue=Venue(
            name_vi="Khu làm việc chung",
            name_en="City co-working space",
            street="1 Phạm Ngũ Lão",
            ward="phường Gia Viên",
        ),
    )
    ticket_type = TicketType(event=event, name_vi="Vé vào cửa", name_en="Admission")
    return Registration(event=event, person=person, ticket_type=ticket_type, number=12, fee=fee, received=fee)


def _ticket(registration: Registration, holder: Person) -> Ticket:
    readable = tickets.number(registration.event.code, registration.number)
    return Ticket(pk=UUID(int=47), registration=registration, number=readable, holder_name=holder.full_name)

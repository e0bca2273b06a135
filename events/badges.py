"""Badges of an event: who gets one, in which order, and who may print them. Made by the worker."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from tempfile import TemporaryFile

from django.db.models import QuerySet
from django.utils import timezone

from events import access, badge_sheets, permissions, tickets
from events.badge_sheets import Badge, Layout
from events.models import Answer, AttendeeAccess, Event, Question, Registration, Ticket, TicketType
from events.refusals import EventNotFound, NobodyThere
from events.typesetting import printable
from network import jobs
from network.models import Job, Person
from network.refusals import Invalid
from network.vietnamese import name_sort_key

KIND = "badges.print"


def ask(*, event_id: int, layout: str, actor: Person, at: datetime, language: str = "vi") -> Job:
    """Have the badges of an event printed into one PDF, by given name; return the job that will hold it.

    `language` is that of what is printed: the event's title and the ticket types. Raises EventNotFound (also for
    whoever does not run the event's desk), Invalid (layout) and NobodyThere when no ticket is valid.
    """
    if not permissions.may_run_desk(actor, event_id) or not Event.objects.filter(pk=event_id).exists():
        raise EventNotFound()
    if layout not in set(Layout):
        raise Invalid(field="layout", reason="unknown")
    if not valid_tickets(event_id).exists():
        raise NobodyThere()
    given = {"event": event_id, "layout": layout}
    return jobs.ask(kind=KIND, actor=actor, about=f"event:{event_id}", given=given, language=language, at=at)


def valid_tickets(event_id: int) -> QuerySet[Ticket]:
    """The tickets with which people will come: of confirmed registrations, not given back."""
    rows = Ticket.objects.filter(event=event_id, revoked_at=None, registration__status=Registration.Status.CONFIRMED)
    return rows.select_related("registration")


@jobs.kind(KIND, admits=permissions.may_have_job)
def print_badges(run: jobs.Running) -> None:
    """Write the PDF and note that somebody took the names away."""
    event = Event.objects.filter(pk=run.given["event"]).first()
    if event is None or not permissions.may_run_desk(run.actor, event.pk):
        raise EventNotFound()
    rows = sorted(valid_tickets(event.pk), key=lambda ticket: (name_sort_key(ticket.holder_name), ticket.number))
    if not rows:
        raise NobodyThere()
    layout = Layout(run.given["layout"])
    access.note(event_id=event.pk, person=run.actor, act=AttendeeAccess.Act.BADGES, people=len(rows), at=timezone.now())
    with TemporaryFile() as file:
        badge_sheets.write(
            file,
            badges=_badges(run, event, rows),
            layout=layout,
            event_code=event.code,
            event_title=event.title,
            language=run.job.language,
        )
        run.finish(file=file, name=f"the-deo-{event.slug}-{layout.lower()}.pdf", report=_report(rows))


def _badges(run: jobs.Running, event: Event, rows: list[Ticket]) -> Iterator[Badge]:
    types = dict(enumerate(TicketType.objects.filter(event=event)))
    paints = {ticket_type.pk: paint for paint, ticket_type in types.items()}
    names = {ticket_type.pk: ticket_type.name for ticket_type in types.values()}
    organisations = _organisations(event.pk)
    for done, ticket in enumerate(rows, start=1):
        registration = ticket.registration
        yield Badge(
            name=ticket.holder_name,
            # Whoever was handed a ticket did not answer for it.
            organisation="" if ticket.transferred_at else organisations.get(registration.pk, ""),
            ticket_type=names[registration.ticket_type_id],
            paint=paints[registration.ticket_type_id],
            number=ticket.number,
            code=tickets.code(ticket),
        )
        run.progress(done, len(rows))


def _organisations(event_id: int) -> Mapping[int, str]:
    """What was answered to the event's first question for an organisation, by registration."""
    asked = Answer.objects.filter(
        question__event=event_id, question__kind=Question.Kind.ORGANISATION, question__is_staff_only=False
    )
    found: dict[int, str] = {}
    for registration_id, value in asked.order_by("question__order", "question").values_list("registration", "value"):
        if isinstance(value, str) and value:
            found.setdefault(registration_id, value)
    return found


def _report(rows: list[Ticket]) -> dict[str, int]:
    """How many, and how many have a name in letters that our type lacks: it is to be written by hand."""
    nameless = sum(not printable(ticket.holder_name) for ticket in rows)
    return {"people": len(rows)} | ({"nameless": nameless} if nameless else {})

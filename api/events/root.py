"""Questions about events."""

from typing import Any

import graphene

from events import queries
from network.doors import Permission
from network.global_ids import number_of, uuid_of

from ..batch import together
from ..connection import Edges, paged
from ..permission import permitted
from .tickets import Registration, RegistrationConnection, Ticket
from .types import Event, EventConnection, EventKind, EventSeries

When = graphene.Enum.from_enum(
    queries.When, name="EventWhen", description=lambda value: None if value else "Which events, by their end."
)


class EventsQuery(graphene.ObjectType):
    """The programme, and the viewer's own tickets."""

    events = paged(
        EventConnection,
        "Public events: the soonest first, past ones the latest first.",
        kind=EventKind(),
        when=When(default_value=queries.When.UPCOMING),
        series=graphene.String(description="A series' slug."),
        search=graphene.String(description="Words of the code, title or summary; accents are optional."),
    )
    event = graphene.Field(
        Event,
        description="One event by one of its names.",
        slug=graphene.String(),
        code=graphene.String(),
        id=graphene.ID(),
    )
    series_list = graphene.List(graphene.NonNull(EventSeries), required=True)
    series = graphene.Field(EventSeries, slug=graphene.String(required=True))
    my_tickets = graphene.List(
        graphene.NonNull(Ticket),
        required=True,
        description="The tickets that the viewer shows at the door, also those that others handed to them; those of "
        "the newest event first.",
    )
    my_registrations = paged(
        RegistrationConnection, "The viewer's registrations, whatever became of them; the newest event first."
    )
    my_registration = graphene.Field(
        Registration,
        id=graphene.ID(required=True, description="Its id."),
        description="One of the viewer's own registrations.",
    )
    ticket = graphene.Field(
        Ticket,
        id=graphene.ID(required=True, description="Its id."),
        description="One of the tickets that the viewer shows.",
    )

    @permitted(Permission.PUBLIC)
    def resolve_events(
        self: Any,
        info: Any,
        when: queries.When,
        first: int | None = None,
        after: str | None = None,
        kind: Any = None,
        **filters: str | None,
    ) -> Edges:
        given = {name: (value or "").replace("\0", "") for name, value in filters.items()}
        rows = queries.public_events(at=info.context.at, when=when, kind=kind.value if kind else "", **given)
        return Edges(rows, first, after)

    @permitted(Permission.PUBLIC)
    def resolve_event(
        self: Any, info: Any, slug: str | None = None, code: str | None = None, id: str | None = None
    ) -> Any:
        number = number_of(id or "", "Event")
        return queries.event_facts(viewer=info.context.viewer, slug=slug or "", code=code or "", event_id=number)

    @permitted(Permission.PUBLIC)
    def resolve_series_list(self: Any, info: Any) -> Any:
        return together(queries.series_list())

    @permitted(Permission.PUBLIC)
    def resolve_series(self: Any, info: Any, slug: str) -> Any:
        return queries.series_list().filter(slug=slug).first()

    @permitted(Permission.SIGNED_IN)
    def resolve_my_tickets(self: Any, info: Any) -> Any:
        return together(queries.tickets_of(info.context.viewer))

    @permitted(Permission.SIGNED_IN)
    def resolve_my_registrations(self: Any, info: Any, first: int | None = None, after: str | None = None) -> Edges:
        return Edges(queries.registrations_of(info.context.viewer), first, after)

    @permitted(Permission.SIGNED_IN)
    def resolve_my_registration(self: Any, info: Any, id: str) -> Any:
        number = number_of(id, "Registration")
        return queries.own_registration(registration_id=number, person=info.context.viewer)

    @permitted(Permission.SIGNED_IN)
    def resolve_ticket(self: Any, info: Any, id: str) -> Any:
        return queries.own_ticket(ticket_id=uuid_of(id, "Ticket"), person=info.context.viewer)

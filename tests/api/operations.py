"""One operation for each root field of the schema, asking for as much as it gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from events import checkin, registration, tickets
from events.models import Event, EventStaff, Registration
from network.global_ids import encode, global_id
from network.models import Person
from tests.factories import NOW, MentorProfileFactory, PersonFactory, gate, main_list, on_duty, open_event, planner

NONCE = UUID("7d6f5c0a-6d5e-4c52-9f4e-1f6c3a6d2b11")


@dataclass
class World:
    """An open event with everybody who has to do with it."""

    event: Event
    held: Registration
    callers: dict[str, Person | None]
    first_nonce: UUID

    @property
    def variables(self) -> dict[str, Any]:
        """What the operations below are asked with."""
        ticket = self.held.tickets.get()
        return {
            "event": global_id(self.event),
            "slug": self.event.slug,
            "series": self.event.series.slug,
            "ticket": global_id(ticket),
            "registration": global_id(self.held),
            "list": global_id(main_list(self.event)),
            "gate": global_id(gate(self.event)),
            "code": tickets.code(ticket),
            "nonce": str(NONCE),
            "first": str(self.first_nonce),
        }


def world() -> World:
    """Make one: the attendee holds a place, somebody else was let in by the door volunteer."""
    event = open_event()
    callers = {
        "anonymous": None,
        "attendee": PersonFactory.create(),
        "mentor": MentorProfileFactory.create().person,
        "door": on_duty(event),
        "organiser": on_duty(event, EventStaff.Role.ORGANISER),
        "editor": planner(),
    }
    site = Registration.Channel.SITE
    held = registration.register(event_id=event.pk, person=callers["attendee"], at=NOW, channel=site)
    other = registration.register(event_id=event.pk, person=PersonFactory.create(), at=NOW, channel=site)
    scan = checkin.Scan(code=tickets.code(other.tickets.get()), nonce=uuid4(), device="Lan 2")
    checkin.redeem(list_id=main_list(event).pk, scan=scan, actor=callers["door"], at=NOW)
    return World(event=event, held=held, callers=callers, first_nonce=scan.nonce)


PAGE_INFO = "pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount"
ORGANISATION = "id slug kind name summary description sectors { name } parent { name } children { name } url"
MEMBERS = "members { name title mentor { slug } }"
MENTOR = "id slug name givenName headline bio helpsWith languages sectors { name } memberships { title } isListed url"
EVENT = (
    "id code slug kind status title summary startsAt endsAt attendanceMode edition isOpenForRegistration admitted url "
    "calendarUrl venue { id name address } organiser { name } series { code title editions calendarUrl url } "
    "seats { capacity taken left } tracks { name } myRegistration { id status tickets { number } } "
    "sessions { title startsAt room track { name } speakers { name headline organisation { name } mentor { slug } } } "
    "story { title body { __typename } image { alt } }"
)
TICKET = (
    "id number code holderName issuedAt isValid admittedAt gate url event { title venue { name } organiser { name } } "
    "registration { status onlineUrl event { code } }"
)
ARRIVAL = "sequence kind name ticketType number gate device at admitted"
ERRORS = "errors { code field message }"

QUERIES = {
    "me": "{ me { id email fullName givenName preferredLanguage phone mentor { slug } } }",
    "events": f"{{ events(when: ALL) {{ edges {{ cursor node {{ {EVENT} }} }} {PAGE_INFO} }} }}",
    "event": f"query ($slug: String!) {{ event(slug: $slug) {{ {EVENT} }} }}",
    "seriesList": "{ seriesList { id code slug title summary editions organiser { name } url calendarUrl } }",
    "series": "query ($series: String!) { series(slug: $series) { code editions } }",
    "myTickets": f"{{ myTickets {{ {TICKET} }} }}",
    "ticket": f"query ($ticket: ID!) {{ ticket(id: $ticket) {{ {TICKET} }} }}",
    "myDoorEvents": "{ myDoorEvents { id code slug title status startsAt endsAt venue { name } gates { id name } "
    "checkInLists { id name isDefault admitted expected } } }",
    "checkInBoard": f"query ($event: ID!) {{ checkInBoard(event: $event) {{ admitted seatsTaken capacity sequence "
    f"event {{ code }} arrivals {{ {ARRIVAL} }} }} }}",
    "organisations": f"{{ organisations {{ nodes {{ {ORGANISATION} {MEMBERS} }} {PAGE_INFO} }} }}",
    "organisation": f'{{ organisation(slug: "organisation-0") {{ {ORGANISATION} }} }}',
    "mentors": f"{{ mentors {{ nodes {{ {MENTOR} }} {PAGE_INFO} }} }}",
    "mentor": f'{{ mentor(slug: "co-van-0") {{ {MENTOR} }} }}',
    "sectors": "{ sectors { id code name } }",
    "news": f"{{ news {{ nodes {{ title lead url image {{ alt }} body {{ __typename }} }} {PAGE_INFO} }} }}",
    "page": '{ page(path: "/") { __typename id title url locale } }',
}
MUTATIONS = {
    "register": f"mutation ($event: ID!) {{ register(input: {{eventId: $event}}) {{ registration {{ id status "
    f"tickets {{ number code }} event {{ code }} }} {ERRORS} }} }}",
    "cancelRegistration": f"mutation ($registration: ID!) {{ cancelRegistration(input: {{registrationId: "
    f"$registration}}) {{ registration {{ status }} {ERRORS} }} }}",
    "redeem": f"mutation ($list: ID!, $code: String!, $nonce: UUID!, $gate: ID) {{ redeem(input: {{listId: $list, "
    f'code: $code, nonce: $nonce, device: "Lan 2", gateId: $gate}}) {{ status reason sequence admitted '
    f"admission {{ name ticketType number }} first {{ at gate device }} {ERRORS} }} }}",
    "annul": f'mutation ($first: UUID!) {{ annul(input: {{nonce: $first, device: "Lan 2"}}) {{ annulled {ERRORS} }} }}',
    "updateMyMentorProfile": 'mutation { updateMyMentorProfile(input: {headlineVi: "Mới"}) '
    f"{{ mentor {{ headline }} {ERRORS} }} }}",
}
SUBSCRIPTIONS = {
    "eventCounter": "subscription ($event: ID!) { eventCounter(eventId: $event) "
    "{ eventId admitted seatsTaken capacity } }",
    "checkIns": f"subscription ($event: ID!) {{ checkIns(eventId: $event, after: 0) {{ {ARRIVAL} }} }}",
}
NOT_THERE = encode("Event", 987654)

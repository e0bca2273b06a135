"""One operation for each root field of the schema, asking for as much as it gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from events import checkin, scan_upload, tickets
from events.gate_devices import Enrolled
from events.models import CheckIn, Event, EventStaff, Question, Registration, TicketType
from events.party import Companion
from events.scan_rows import Scan
from events.scan_upload import OfflineScan
from network.global_ids import encode, global_id
from network.models import Booking, Change, Person, Subscription
from network.newsletter import links
from tests.api import directory_operations, entries, hours_operations, joining_operations, newsroom_operations
from tests.api.attendance import asked, enrolled, invited, kind_of, offered, taken
from tests.api.fragments import (
    ARRIVAL,
    CHOICES,
    CONSENT,
    CONSENT_TEXT,
    DESK,
    DEVICE,
    DOOR_LIST,
    ERRORS,
    EVENT,
    MEMBERS,
    MENTOR,
    NUMBERS,
    ORGANISATION,
    PAGE_INFO,
    QUESTION,
    REGISTRATION,
    TICKET,
    TYPE,
)
from tests.api.talk import CONTACT_MUTATIONS, CONTACT_QUERIES, Talk, talk
from tests.factories import NOW, PersonFactory, ProfileFactory, gate, main_list, on_duty, open_event, planner
from tests.network.entries import reviewer
from tests.network.mentoring_scenes import NEXT_MONDAY, open_hours, standing

NONCE = UUID("7d6f5c0a-6d5e-4c52-9f4e-1f6c3a6d2b11")
PASSWORD = "hoa phượng đỏ"


@dataclass
class World:
    """An open event with everybody who has to do with it."""

    event: Event
    question: Question
    kind: TicketType
    held: Registration
    applied: Registration
    owing: Registration
    offered: Registration
    callers: dict[str, Person | None]
    phones: dict[str, Enrolled]
    first_nonce: UUID
    conflict: CheckIn
    enrolment: str
    talk: Talk
    directory: dict[str, Any]
    hour: Booking
    past: Booking
    joining: dict[str, str]
    change: Change
    reader: Subscription

    @property
    def variables(self) -> dict[str, Any]:
        """What the operations below are asked with."""
        ticket = self.held.tickets.order_by("number").first()
        assert ticket is not None
        return {
            "event": global_id(self.event),
            **entries.variables(self.change),
            "slug": self.event.slug,
            "series": self.event.series.slug,
            "type": global_id(self.kind),
            "question": global_id(self.question),
            "ticket": global_id(ticket),
            "registration": global_id(self.held),
            "applied": global_id(self.applied),
            "owing": global_id(self.owing),
            "offered": global_id(self.offered),
            "list": global_id(main_list(self.event)),
            "gate": global_id(gate(self.event)),
            "code": tickets.code(ticket),
            "nonce": str(NONCE),
            "first": str(self.first_nonce),
            "people": 5,
            "conflict": global_id(self.conflict),
            "sent": NOW.isoformat(),
            "enrolment": self.enrolment,
            **self.talk.variables,
            **self.directory,
            "hour": global_id(self.hour),
            "mentor": self.hour.profile.slug if self.hour.profile else "",
            "past": global_id(self.past),
            "slot": (NEXT_MONDAY + timedelta(hours=1)).isoformat(),
            **self.joining,
            "email": "moi@example.org",
            "letter": links.own(self.reader.pk),
            "confirm": links.to_confirm(self.reader.pk, self.reader.rounds),
        }


def world() -> World:
    """Make one: the attendee holds two places here and is offered one elsewhere; somebody else was let in by the door
    volunteer; others wait for approval and owe a fee."""
    event, other = open_event(), open_event(capacity=1)
    callers = {
        "anonymous": None,
        "attendee": PersonFactory.create(),
        "mentor": ProfileFactory.create().person,
        "door": on_duty(event),
        "organiser": on_duty(event, EventStaff.Role.ORGANISER),
        "editor": planner(),
        "reviewer": reviewer(),
    }
    for person in callers.values():
        if person is not None:
            person.set_password(PASSWORD)
            person.save()
    kind = event.ticket_types.get()
    TicketType.objects.filter(pk=kind.pk).update(most_per_person=5)
    question = asked(event)
    held = taken(event, callers["attendee"], companions=[Companion(name="Bạn Cùng Đi")], answers={question.pk: "M"})
    first = taken(event, PersonFactory.create())
    scan = checkin.Scan(code=tickets.code(first.tickets.get()), nonce=uuid4(), device="Lan 2")
    checkin.redeem(list_id=main_list(event).pk, scan=scan, actor=callers["door"], at=NOW)
    mentor = callers["mentor"]
    assert mentor is not None
    open_hours(mentor.profile)
    return World(
        directory=directory_operations.kept(callers["attendee"]),
        hour=standing(mentor.profile, NEXT_MONDAY, by=callers["attendee"]),
        past=standing(mentor.profile, NOW - timedelta(days=1), by=callers["attendee"]),
        event=event,
        question=question,
        kind=kind,
        held=held,
        applied=taken(event, PersonFactory.create(), kind_of(event, "Nhà đầu tư", needs_approval=True)),
        owing=taken(event, PersonFactory.create(), kind_of(event, "Bữa trưa", fee=100_000)),
        offered=offered(other, callers["attendee"]),
        callers=callers,
        phones={"phone": enrolled(event), "other_phone": enrolled(other)},
        first_nonce=scan.nonce,
        conflict=_let_in_twice(event, callers["door"]),
        enrolment=invited(event, "Cửa B").code,
        talk=talk(callers["attendee"], callers["mentor"]),
        joining=joining_operations.world(callers["attendee"]),
        change=entries.waiting(callers["mentor"]),
        reader=Subscription.objects.create(email=f"doc-{event.pk}@example.org", asked_at=NOW, confirmed_at=NOW),
    )


def _let_in_twice(event: Event, volunteer: Person | None) -> CheckIn:
    """One more is let in, and once more by another phone, which has no network."""
    assert volunteer is not None
    ticket = taken(event, PersonFactory.create()).tickets.get()
    once = Scan(code=ticket.number, nonce=uuid4())
    checkin.redeem(list_id=main_list(event).pk, scan=once, actor=volunteer, at=NOW)
    sent = Scan(code=tickets.code(ticket), nonce=uuid4(), scanned_at=NOW + timedelta(minutes=1))
    scan = OfflineScan(scan=sent, list_id=main_list(event).pk, was_let_in=True)
    at = NOW + timedelta(minutes=2)
    (kept,) = scan_upload.upload(scans=[scan], device="Minh 1", sent_at=at, actor=on_duty(event), at=at)
    assert kept.row is not None
    return kept.row


QUERIES = {
    **hours_operations.queries(PAGE_INFO),
    "me": "{ me { id email fullName givenName preferredLanguage phone mentor { slug } } }",
    "events": f"{{ events(when: ALL) {{ edges {{ cursor node {{ {EVENT} }} }} {PAGE_INFO} }} }}",
    "event": f"query ($slug: String!) {{ event(slug: $slug) {{ {EVENT} }} }}",
    "seriesList": "{ seriesList { id code slug title summary editions organiser { name } url calendarUrl } }",
    "series": "query ($series: String!) { series(slug: $series) { code editions } }",
    "myTickets": f"{{ myTickets {{ {TICKET} }} }}",
    "ticket": f"query ($ticket: ID!) {{ ticket(id: $ticket) {{ {TICKET} }} }}",
    "registrationForm": f"query ($type: ID!) {{ registrationForm(ticketTypeId: $type) {{ ticketType {{ {TYPE} }} "
    f"questions {{ {QUESTION} }} consents {{ {CONSENT_TEXT} }} }} }}",
    "myRegistrations": f"{{ myRegistrations {{ nodes {{ {REGISTRATION} }} {PAGE_INFO} }} }}",
    "myRegistration": f"query ($registration: ID!) {{ myRegistration(id: $registration) {{ {REGISTRATION} }} }}",
    "myConsents": f"{{ myConsents {{ {CONSENT} }} }}",
    "consentTexts": f"{{ consentTexts {{ {CONSENT_TEXT} }} }}",
    "newsletters": f"{{ newsletters {{ nodes {{ number subject preheader text sentAt url }} {PAGE_INFO} }} }}",
    "newsletterChoices": f"query ($letter: String!) {{ newsletterChoices(token: $letter) {{ {CHOICES} }} }}",
    "myData": "{ myData { exportedAt sections } }",
    "registrations": f"query ($event: ID!) {{ registrations(event: $event, filter: {{payments: [NONE, DUE]}}) "
    f"{{ nodes {{ {DESK} }} {PAGE_INFO} }} }}",
    "registration": f"query ($registration: ID!) {{ registration(id: $registration) {{ {DESK} }} }}",
    "deskCounts": "query ($event: ID!) { deskCounts(event: $event) { registrations byStatus { status registrations } "
    "peopleWaiting offersRunningOut due { registrations amount } received { registrations amount } "
    "toReturn { registrations amount } } }",
    "messageRecipients": 'query ($event: ID!) { messageRecipients(event: $event, filter: {search: "nguyen"}) }',
    "myDoorEvents": "{ myDoorEvents { id code slug title status startsAt endsAt venue { name } gates { id name } "
    f"checkInLists {{ {DOOR_LIST} }} }} }}",
    "doorSearch": 'query ($list: ID!) { doorSearch(listId: $list, text: "nguyen") '
    "{ number name ticketType status state registrationNumber party } }",
    "thisDevice": f"{{ thisDevice {{ {DEVICE} }} }}",
    "checkInBoard": f"query ($event: ID!) {{ checkInBoard(event: $event) {{ admitted {NUMBERS} "
    f"event {{ code }} arrivals {{ {ARRIVAL} }} }} }}",
    "doorSnapshot": "query ($list: ID!) { doorSnapshot(listId: $list) { listId eventId changes sequence total endsAt "
    "publicKey list { allowsReentry allowsMultiple onceADay opensAt closesAt needsListId asks } tickets { id version "
    "number name search ticketType group state scans { direction at nonce gate device } } endCursor hasNextPage } }",
    "doorChanges": "query ($list: ID!) { doorChanges(listId: $list, sequence: 0, changes: 0) { changes sequence "
    "hasMore stale admitted inside scans { ticketId direction at nonce gate device annulled sequence } } }",
    "checkInConflicts": "query ($event: ID!) { checkInConflicts(event: $event) { id reason name number list "
    "forced { at gate device wasOffline } first { at gate device wasOffline } } }",
    "organisations": f"{{ organisations {{ nodes {{ {ORGANISATION} {MEMBERS} }} {PAGE_INFO} }} }}",
    "organisation": f'{{ organisation(slug: "organisation-0") {{ {ORGANISATION} }} }}',
    "mentors": f"{{ mentors {{ nodes {{ {MENTOR} }} {PAGE_INFO} }} }}",
    "mentor": f'{{ mentor(slug: "co-van-0") {{ {MENTOR} }} }}',
    **directory_operations.QUERIES,
    "sectors": "{ sectors { id code name } }",
    "person": f'{{ person(slug: "co-van-0") {{ {MENTOR} }} }}',
    "compareFunds": f'{{ compareFunds(slugs: ["organisation-0"]) {{ {ORGANISATION} }} }}',
    "networkNumbers": "{ networkNumbers { total byKind { value label count } bySector { value } byYear { value } "
    "byWard { value } targets { code name wanted count isMet source } } }",
    **newsroom_operations.queries(PAGE_INFO),
    **CONTACT_QUERIES,
    **joining_operations.QUERIES,
    **entries.QUERIES,
}


def act(name: str, given: str, answer: str, **variables: str) -> str:
    """A mutation with one input."""
    declared = ", ".join(f"${variable}: {kind}" for variable, kind in variables.items())
    head = f"mutation ({declared})" if variables else "mutation"
    return f"{head} {{ {name}(input: {{{given}}}) {{ {answer} {ERRORS} }} }}"


OWN = f"registration {{ {REGISTRATION} }}"
DESKED = f"registration {{ {DESK} }}"
MUTATIONS = {
    **hours_operations.mutations(act),
    **newsroom_operations.mutations(act),
    "register": f"mutation ($event: ID!) {{ register(input: {{eventId: $event}}) {{ registration {{ id status "
    f"tickets {{ number code }} event {{ code }} }} {ERRORS} }} }}",
    "cancelRegistration": f"mutation ($registration: ID!) {{ cancelRegistration(input: {{registrationId: "
    f"$registration}}) {{ registration {{ status }} {ERRORS} }} }}",
    "acceptOffer": act("acceptOffer", "registrationId: $offered", OWN, offered="ID!"),
    "declineOffer": act("declineOffer", "registrationId: $offered", OWN, offered="ID!"),
    "changeAnswers": act(
        "changeAnswers",
        'registrationId: $registration, answers: [{questionId: $question, choices: ["L"]}]',
        OWN,
        registration="ID!",
        question="ID!",
    ),
    "addPeople": act(
        "addPeople", 'registrationId: $registration, companions: [{name: "Lê An"}]', OWN, registration="ID!"
    ),
    "leaveGroup": act("leaveGroup", "ticketId: $ticket", OWN, ticket="ID!"),
    "transferTicket": act(
        "transferTicket", 'ticketId: $ticket, name: "Lê An", email: "an@example.org"', "number holderName", ticket="ID!"
    ),
    "approveRegistration": act("approveRegistration", "registrationId: $applied", DESKED, applied="ID!"),
    "rejectRegistration": act("rejectRegistration", "registrationId: $applied", DESKED, applied="ID!"),
    "moveRegistration": act(
        "moveRegistration", "registrationId: $owing, ticketTypeId: $type", DESKED, owing="ID!", type="ID!"
    ),
    "resendTickets": act("resendTickets", "registrationId: $registration", DESKED, registration="ID!"),
    "markFeeReceived": act("markFeeReceived", "registrationId: $owing", "state amount", owing="ID!"),
    "registerOnBehalf": act(
        "registerOnBehalf",
        'eventId: $event, email: "an@example.org", fullName: "Lê An", agreed: true',
        DESKED,
        event="ID!",
    ),
    "messageAttendees": act(
        "messageAttendees",
        'eventId: $event, expected: $people, subjectVi: "Chỗ gửi xe", bodyVi: "Ở cổng B."',
        "recipients",
        event="ID!",
        people="Int!",
    ),
    "giveConsent": act("giveConsent", "purpose: PHOTO", f"consents {{ {CONSENT} }}"),
    "withdrawConsent": act("withdrawConsent", "purpose: PHOTO", f"consents {{ {CONSENT} }}"),
    "subscribeToNewsletter": act(
        "subscribeToNewsletter", 'email: "moi@example.org", kinds: [CAFE], roles: [STUDENT]', "isAsked"
    ),
    "confirmNewsletter": act(
        "confirmNewsletter", "token: $confirm", f"token choices {{ {CHOICES} }}", confirm="String!"
    ),
    "chooseNewsletter": act(
        "chooseNewsletter",
        "token: $letter, roles: [MENTOR], language: EN",
        f"choices {{ {CHOICES} }}",
        letter="String!",
    ),
    "leaveNewsletter": act("leaveNewsletter", "token: $letter", "isLeft", letter="String!"),
    "sendDeletionCode": act("sendDeletionCode", "", "email"),
    **directory_operations.MUTATIONS,
    "deleteMe": act("deleteMe", f'password: "{PASSWORD}"', "isDeleted"),
    "redeem": f"mutation ($list: ID!, $code: String!, $nonce: UUID!, $gate: ID) {{ redeem(input: {{listId: $list, "
    f'code: $code, nonce: $nonce, device: "Lan 2", gateId: $gate}}) {{ status reason direction sequence admitted '
    "inside questions { id label } admission { name ticketType number ticketId registrationId due party { size inside "
    f"waiting {{ number name }} }} }} first {{ at gate device }} {ERRORS} }} }}",
    "admitParty": f'mutation ($first: UUID!) {{ admitParty(input: {{nonce: $first, device: "Lan 2", count: 1}}) '
    f"{{ admitted {{ number name }} count sequence {ERRORS} }} }}",
    "uploadScans": "mutation ($list: ID!, $code: String!, $nonce: UUID!, $sent: DateTime!) { uploadScans(input: "
    '{device: "Lan 2", sentAt: $sent, scans: [{nonce: $nonce, listId: $list, code: $code, scannedAt: $sent, '
    f"letIn: true}}]}}) {{ results {{ nonce taken status reason forced }} {ERRORS} }} }}",
    "settleCheckIn": act("settleCheckIn", "checkInId: $conflict, settlement: BOTH", "settled", conflict="ID!"),
    "annul": f'mutation ($first: UUID!) {{ annul(input: {{nonce: $first, device: "Lan 2"}}) {{ annulled {ERRORS} }} }}',
    "registerAtDoor": act(
        "registerAtDoor",
        'listId: $list, nonce: $nonce, gateId: $gate, device: "Lan 2", name: "Lê An", email: "le.an@example.org", '
        'phone: "0912 345 678", agrees: true',
        "number registrationNumber status reason sequence admitted inside "
        f"admission {{ name ticketType number due }} questions {{ {QUESTION} }}",
        list="ID!",
        nonce="UUID!",
        gate="ID",
    ),
    "enrolDevice": act("enrolDevice", "code: $enrolment", f"token device {{ {DEVICE} }}", enrolment="String!"),
    "reportDevice": act(
        "reportDevice", 'waiting: 3, appVersion: "1.2", gateId: $gate', f"device {{ {DEVICE} }}", gate="ID!"
    ),
    "leaveDevice": f"mutation {{ leaveDevice {{ left {ERRORS} }} }}",
    **joining_operations.MUTATIONS,
    **CONTACT_MUTATIONS,
    **entries.MUTATIONS,
}
SUBSCRIPTIONS = {
    **hours_operations.SUBSCRIPTIONS,
    "eventCounter": "subscription ($event: ID!) { eventCounter(eventId: $event) "
    "{ eventId admitted inside seatsTaken seatsLeft capacity } }",
    "eventStatistics": f"subscription ($event: ID!) {{ eventStatistics(eventId: $event) {{ {NUMBERS} }} }}",
    "myRegistration": f"subscription ($registration: ID!) {{ myRegistration(id: $registration) {{ {REGISTRATION} }} }}",
    "checkIns": f"subscription ($event: ID!) {{ checkIns(eventId: $event, after: 0) {{ {ARRIVAL} }} }}",
}
NOT_THERE = encode("Event", 987654)

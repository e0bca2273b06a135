"""What a phone at a gate keeps for when there is no network."""

from typing import Any

import graphene

from events import door_snapshot
from network.doors import Permission
from network.global_ids import encode, number_of
from network.vietnamese import fold

from ..permission import permitted
from .door import ScanDirection, worded_type


class DoorTicketState(graphene.Enum):
    """Whether a ticket is good at a list, whatever the time."""

    GOOD = ""
    UNPAID = "unpaid"
    BLOCKED = "blocked"
    CANCELED = "canceled"
    PRODUCT = "product"


class DoorScan(graphene.ObjectType):
    """In or out, before."""

    direction = graphene.Field(ScanDirection, required=True)
    at = graphene.DateTime(required=True)
    nonce = graphene.UUID(required=True)
    gate = graphene.String(required=True, description="Empty if no gate was chosen.")
    device = graphene.String(required=True)

    resolve_gate = staticmethod(lambda visit, info: visit.gate or "")


class DoorTicket(graphene.ObjectType):
    """A ticket as a gate may see it: no e-mail address, no phone number."""

    id = graphene.ID(required=True, description="As the signed code bears it.")
    version = graphene.Int(required=True, description="A code of a lower version died.")
    number = graphene.String(required=True, description="The ticket's readable number.")
    name = graphene.String(required=True)
    search = graphene.String(required=True, description="The name folded: small, without accents, đ as d.")
    ticket_type = graphene.String(required=True)
    group = graphene.ID(description="The same for the tickets of one registration; null for who comes alone.")
    state = graphene.Field(DoorTicketState, required=True)
    scans = graphene.List(graphene.NonNull(DoorScan), required=True, description="What it did at this list, in order.")

    resolve_id = staticmethod(lambda kept, info: kept.guest.ticket_id)
    resolve_version = staticmethod(lambda kept, info: kept.guest.version)
    resolve_number = staticmethod(lambda kept, info: kept.guest.number)
    resolve_name = staticmethod(lambda kept, info: kept.guest.name)
    resolve_search = staticmethod(lambda kept, info: fold(kept.guest.name))
    resolve_ticket_type = staticmethod(lambda kept, info: worded_type(kept.guest))
    resolve_state = staticmethod(lambda kept, info: str(kept.state))
    resolve_scans = staticmethod(lambda kept, info: kept.guest.visits)

    @staticmethod
    def resolve_group(kept: door_snapshot.Kept, info: Any) -> str | None:
        return encode("Registration", kept.guest.registration_id) if kept.guest.places > 1 else None


class DoorListRules(graphene.ObjectType):
    """By what a phone decides alone."""

    allows_reentry = graphene.Boolean(required=True, description="Who went out may come in again.")
    allows_multiple = graphene.Boolean(required=True, description="Anybody may come in any number of times.")
    once_a_day = graphene.Boolean(required=True, description="Only this day's scans count.")
    opens_at = graphene.DateTime(description="Nobody before.")
    closes_at = graphene.DateTime(description="Nobody from then on.")
    needs_list_id = graphene.ID(description="Only who was let in by that list before.")
    asks = graphene.Boolean(required=True, description="Whether questions may have to be answered at the door.")

    resolve_allows_reentry = staticmethod(lambda facts, info: facts.manners.allows_reentry)
    resolve_allows_multiple = staticmethod(lambda facts, info: facts.manners.allows_multiple)
    resolve_once_a_day = staticmethod(lambda facts, info: facts.manners.once_a_day)

    @staticmethod
    def resolve_needs_list_id(facts: Any, info: Any) -> str | None:
        return encode("CheckInList", facts.needs_id) if facts.needs_id else None


class DoorSnapshot(graphene.ObjectType):
    """A page of the tickets of a list's event, in the order of their numbers."""

    list_id = graphene.ID(required=True)
    event_id = graphene.ID(required=True)
    changes = graphene.Int(required=True, description="What `doorChanges` compares.")
    sequence = graphene.Int(required=True, description="From where `doorChanges` goes on; the first page's counts.")
    total = graphene.Int(required=True, description="How many tickets there are.")
    ends_at = graphene.DateTime(required=True, description="The event's end: a day later this is to be wiped.")
    public_key = graphene.String(required=True, description="Ed25519, 32 bytes in base64: what codes are signed by.")
    list = graphene.Field(DoorListRules, required=True)
    tickets = graphene.List(graphene.NonNull(DoorTicket), required=True)
    end_cursor = graphene.String(description="The next page's `after`; null on the last.")
    has_next_page = graphene.Boolean(required=True)

    resolve_list_id = staticmethod(lambda page, info: encode("CheckInList", page.facts.pk))
    resolve_event_id = staticmethod(lambda page, info: encode("Event", page.facts.event_id))
    resolve_changes = staticmethod(lambda page, info: page.facts.changes)
    resolve_ends_at = staticmethod(lambda page, info: page.facts.ends_at)
    resolve_list = staticmethod(lambda page, info: page.facts)
    resolve_end_cursor = staticmethod(lambda page, info: page.cursor)
    resolve_has_next_page = staticmethod(lambda page, info: page.cursor is not None)


class DoorScanNews(graphene.ObjectType):
    """Somebody went in or out at the list, or that was taken back."""

    ticket_id = graphene.ID(required=True)
    direction = graphene.Field(ScanDirection, required=True)
    at = graphene.DateTime(required=True)
    nonce = graphene.UUID(required=True, description="Of the scan: a taken back one is found by it.")
    gate = graphene.String(required=True)
    device = graphene.String(required=True)
    annulled = graphene.Boolean(required=True)
    sequence = graphene.Int(required=True)


class DoorChanges(graphene.ObjectType):
    """What happened at a list since."""

    changes = graphene.Int(required=True)
    sequence = graphene.Int(required=True, description="Up to where this tells.")
    has_more = graphene.Boolean(required=True, description="Ask again from there at once.")
    stale = graphene.Boolean(required=True, description="Tickets died or rules changed: take the snapshot anew.")
    admitted = graphene.Int(required=True, description="How many have arrived at the event.")
    inside = graphene.Int(required=True, description="How many are inside.")
    scans = graphene.List(graphene.NonNull(DoorScanNews), required=True)

    resolve_scans = staticmethod(lambda news, info: news.steps)


class SnapshotQuery(graphene.ObjectType):
    """What a gate keeps."""

    door_snapshot = graphene.Field(
        DoorSnapshot,
        required=True,
        list_id=graphene.ID(required=True),
        after=graphene.String(description="The last page's `endCursor`."),
        first=graphene.Int(default_value=door_snapshot.PAGE, description="500 at most."),
        description="The tickets of a list's event, for who checks in there.",
    )
    door_changes = graphene.Field(
        DoorChanges,
        required=True,
        list_id=graphene.ID(required=True),
        sequence=graphene.Int(required=True, description="Up to where the phone knows."),
        changes=graphene.Int(required=True, description="The snapshot's."),
        description="What happened at a list behind `sequence`; ask every few seconds.",
    )

    @permitted(Permission.DOOR)
    def resolve_door_snapshot(self: Any, info: Any, list_id: str, first: int, after: str | None = None) -> Any:
        number = number_of(list_id, "CheckInList")
        return door_snapshot.snapshot(list_id=number, after=after, first=first, actor=info.context.actor)

    @permitted(Permission.DOOR)
    def resolve_door_changes(self: Any, info: Any, list_id: str, sequence: int, changes: int) -> Any:
        number = number_of(list_id, "CheckInList")
        return door_snapshot.news(list_id=number, sequence=sequence, changes=changes, actor=info.context.actor)

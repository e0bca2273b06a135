"""The doors of the visibility matrix: every page of the site and every path of the schema that leads to an entry.

A door is found by itself: each address of the site, each field of the schema's root. One that must be told something (a
slug, an id) stands in `ARGUMENTS` or `ASKED`, one that shows no entry in `CLOSED`, with the reason; a door that
stands nowhere fails the suite.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from html import unescape
from typing import Any

import orjson
from django.test import Client
from django.urls import URLPattern, reverse
from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLUnionType,
    Undefined,
    get_named_type,
    is_leaf_type,
)

from api.schema import schema
from frontend import site_urls, urls
from network.global_ids import global_id
from tests.factories import NOW
from tests.network.matrix_world import World

Told = Callable[[World], list[dict[str, Any]]]
TARGETS = {"Organisation", "Profile"}
DEPTH = 3
"""So many entries, lists and other objects below the root's."""


def _organisations(world: World) -> list[dict[str, Any]]:
    return [{"slug": row.slug} for row in world.organisations.values()]


def _person(world: World) -> list[dict[str, Any]]:
    return [{"slug": world.profile.slug}]


def _files(world: World) -> list[dict[str, Any]]:
    return [{"form": "csv"}, {"form": "json"}]


ARGUMENTS: Mapping[str, Told] = {
    "event": lambda world: [{"slug": world.event.slug}],
    "series": lambda world: [{"slug": world.event.series.slug}] if world.event.series else [],
    "organisation": _organisations,
    "organisation_sheet": _organisations,
    "contact_organisation": _organisations,
    "claim": _organisations,
    "colleagues": _organisations,
    "confirm_organisation": _organisations,
    "own_organisation": _organisations,
    "own_organisation_history": _organisations,
    "mentor": _person,
    "person": _person,
    "hours": _person,
    "contact_person": _person,
    "claim_person": _person,
    "confirm_profile": _person,
    "organisations_file": _files,
    "people_file": _files,
}
"""What an address of the site is told."""

SUFFIXES: Mapping[str, Told] = {
    "organisations": lambda world: [
        {},
        {"q": "tổ chức"},
        *({"kind": row.kind} for row in world.organisations.values()),
    ],
    "compare_funds": lambda world: [{name: world.organisations["fund_facts"].slug} for name in ("quy", "fund", "slug")],
}
"""What an address is asked with behind its question mark."""

TICKETS = "about one's own tickets and places; an organiser's name may not be hidden"
OWN = "about what stands between the people concerned; entries are named, no more"
CLOSED: Mapping[str, str] = {
    **dict.fromkeys(
        [
            "ticket", "ticket_code", "ticket_hand_on", "ticket_cancel", "tickets_worker", "certificate_file",
            "certificate", "registration", "offer_accept", "offer_decline", "registration_answers",
            "registration_people", "registration_cancel", "register", "event_picture", "board", "board_conflicts",
        ],
        TICKETS,
    ),
    **dict.fromkeys(
        [
            "contact_thread", "contact_block", "contact_report", "booking", "booking_move", "booking_cancel",
            "booking_notes", "booking_no_show", "booking_feedback", "book_hour", "my_application",
            "colleague_invitation", "still_correct", "apply",
            "change_picture", "change_undo", "change_withdraw", "held_picture",
        ],
        OWN,
    ),
    **dict.fromkeys(["letter", "letter_body", "letter_part", "letter_source"], "the demo's own mailbox"),
    **dict.fromkeys(["cover", "page_picture", "series_feed", "event_feed"], "pictures and calendars alone"),
    **dict.fromkeys(
        ["newsletter_choices", "newsletter_confirm", "newsletter_issue", "newsletter_leave"],
        "the newsletter: what an editor wrote, and one's own subscription",
    ),
    "page_preview": "a draft of the newsroom, whose blocks are read as those of the page",
    **dict.fromkeys(
        ["saved_list", "saved_list_change", "saved_entry_remove", "shared_list"],
        "rows that this world does not have; the entries stand on the same cards as in the lists",
    ),
}  # fmt: skip
"""Addresses that show no entry, or whose rows this world does not hold, and why."""

ASKED: Mapping[str, Told] = {
    "organisation": _organisations,
    "mentor": _person,
    "person": _person,
    "event": lambda world: [{"slug": world.event.slug}],
    "series": lambda world: [{"code": world.event.series.code, "slug": world.event.series.slug}],  # type: ignore[union-attr]
    "page": lambda world: [{"path": "/"}],
    "similarOrganisations": lambda world: [{"name": row.name_vi} for row in world.organisations.values()],
    "compareFunds": lambda world: [{"slugs": [world.organisations["fund_facts"].slug]}],
    "directorySearch": lambda world: [{"search": "tổ chức"}],
    "suggestions": lambda world: [
        {"for": global_id(world.profile), "kind": "STARTUPS"},
        {"for": global_id(world.organisations["startup_facts"]), "kind": "MENTORS"},
        {"for": global_id(world.organisations["startup_facts"]), "kind": "FUNDS"},
    ],
    "mentorHours": lambda world: [
        {"slug": world.profile.slug, "from": NOW.date().isoformat(), "to": (NOW + timedelta(7)).date().isoformat()}
    ],
    "events": lambda world: [{"when": "ALL"}],
}
"""What a field of the schema's root is asked with; those that need nothing are asked as they are."""

ELSEWHERE = {
    "pagePreview",
    "checkInBoard",
    "sharedList",
    "thread",
    "ticket",
    "registration",
    "myRegistration",
    "registrations",
    "registrationForm",
}
"""Fields of the root about rows that this world does not have; their types lead to an event like `events`."""


OFFERS: Mapping[str, set[str]] = {"page /ho-so/": {"needs", "skills"}}
"""Forms that offer the whole list from which a field is chosen: its words stand there whoever has chosen them."""


def routes() -> Iterator[URLPattern]:
    """Every address of the site."""
    for pattern in (*site_urls.urlpatterns, *urls.urlpatterns):
        if isinstance(pattern, URLPattern) and pattern.name:
            yield pattern


def unlisted_pages() -> set[str]:
    """Addresses that need to be told something, and nobody says what."""
    return {
        str(route.name)
        for route in routes()
        if route.pattern.regex.groups and route.name not in ARGUMENTS and route.name not in CLOSED
    }


def pages(world: World) -> Iterator[str]:
    """Every page to be read."""
    for route in routes():
        name = str(route.name)
        if name in CLOSED:
            continue
        told = ARGUMENTS[name](world) if route.pattern.regex.groups else [{}]
        for given in told:
            address = reverse(name, kwargs=given)
            for query in SUFFIXES.get(name, lambda _world: [{}])(world):
                asked = "&".join(f"{key}={value}" for key, value in query.items())
                yield f"{address}?{asked}" if asked else address


NOISE = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"|csrf[\w-]*="[^"]*"|data-token="[^"]*"', re.IGNORECASE
)


def read(client: Client, address: str) -> str:
    """What a page says, without what differs at every reading. Pages that the caller may not open say nothing."""
    answer = client.get(address)
    content = b"".join(answer) if answer.streaming else answer.content  # type: ignore[arg-type,attr-defined]
    assert answer.status_code < 500, address
    return unescape(NOISE.sub("", content.decode("utf-8", "replace"))) if answer.status_code == 200 else ""


# The schema, walked.


def _fields(kind: GraphQLNamedType) -> dict[str, GraphQLField]:
    return kind.fields if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType) else {}


def _possible(kind: GraphQLNamedType) -> list[GraphQLNamedType]:
    if isinstance(kind, GraphQLUnionType | GraphQLInterfaceType):
        return list(schema.graphql_schema.get_possible_types(kind))
    return [kind]


def _needs_telling(field: GraphQLField) -> bool:
    return any(
        isinstance(each.type, GraphQLNonNull) and each.default_value is Undefined for each in field.args.values()
    )


def reaching() -> set[str]:
    """The names of the types from which an entry can be reached."""
    found = set(TARGETS)
    types = schema.graphql_schema.type_map.values()
    while True:
        more = {
            kind.name
            for kind in types
            if kind.name not in found
            and (
                any(get_named_type(field.type).name in found for field in _fields(kind).values())
                or any(each.name in found for each in _possible(kind) if each is not kind)
            )
        }
        if not more:
            return found
        found |= more


REACHING = reaching()
PAGING = {"edges", "pageInfo"}
"""The same rows stand in `nodes`."""


def selection(kind: GraphQLNamedType, depth: int, *, within: bool = False) -> str:
    """Everything that can be asked of a type without telling it anything, and on to the entries behind it."""
    if isinstance(kind, GraphQLUnionType | GraphQLInterfaceType):
        parts = [(each, selection(each, depth, within=within)) for each in _possible(kind)]
        return " ".join(f"... on {each.name} {{ {_aliased(each, said)} }}" for each, said in parts if said)
    within = within or kind.name in TARGETS
    said = []
    for name, field in _fields(kind).items():
        of = get_named_type(field.type)
        if _needs_telling(field) or name in PAGING:
            continue
        if is_leaf_type(of):
            said.append(name)
        elif depth > 0 and (of.name in REACHING or within):
            further = selection(of, depth - (0 if kind.name.endswith("Connection") else 1), within=within)
            if further:
                said.append(f"{name} {{ {further} }}")
    return " ".join(said)


def _aliased(kind: GraphQLNamedType, said: str) -> str:
    """Fields of one name and different types cannot stand side by side."""
    names = set(_fields(kind))
    depth, parts = 0, []
    for token in said.split():
        at_top, depth = depth == 0, depth + token.count("{") - token.count("}")
        parts.append(f"{kind.name}_{token}: {token}" if at_top and token in names else token)
    return " ".join(parts)


def root_fields() -> Mapping[str, GraphQLField]:
    """The fields of the schema's root that lead to entries."""
    query = schema.graphql_schema.query_type
    assert query is not None
    return {name: field for name, field in query.fields.items() if get_named_type(field.type).name in REACHING}


def unlisted_fields() -> set[str]:
    """Fields of the root that need to be told something, and nobody says what."""
    needing = {name for name, field in root_fields().items() if _needs_telling(field)}
    return needing - set(ASKED) - ELSEWHERE


def unasked() -> set[str]:
    """Fields below the root that lead to entries, and need to be told something."""
    return {
        f"{kind.name}.{name}"
        for kind in schema.graphql_schema.type_map.values()
        if kind is not schema.graphql_schema.query_type and kind is not schema.graphql_schema.mutation_type
        for name, field in _fields(kind).items()
        if get_named_type(field.type).name in REACHING and _needs_telling(field)
        and kind is not schema.graphql_schema.subscription_type
    }  # fmt: skip


def carriers(root: Any) -> set[str]:
    """The types that lead to entries and can be reached from a root."""
    if root is None:
        return set()
    found: set[str] = set()
    waiting = [get_named_type(field.type) for field in root.fields.values()]
    while waiting:
        kind = waiting.pop()
        if kind.name in found or kind.name not in REACHING:
            continue
        found.add(kind.name)
        waiting += [get_named_type(field.type) for field in _fields(kind).values()]
        waiting += [each for each in _possible(kind) if each is not kind]
    return found


def documents(world: World) -> Iterator[tuple[str, str]]:
    """Every field of the root that leads to entries, with everything on the way, as documents."""
    for name, field in root_fields().items():
        if name in ELSEWHERE:
            continue
        said = selection(get_named_type(field.type), DEPTH)
        for given in ASKED[name](world) if name in ASKED else [{}]:
            known = {key: value for key, value in given.items() if key in field.args}
            told = ", ".join(f"{key}: {_literal(field, key, value)}" for key, value in known.items())
            yield name, f"{{ {name}{f'({told})' if told else ''} {{ {said} }} }}"


def _literal(field: GraphQLField, key: str, value: Any) -> str:
    of = get_named_type(field.args[key].type)
    if is_leaf_type(of) and hasattr(of, "values"):
        return str(value)
    return orjson.dumps(value).decode()


def ask(client: Client, document: str) -> str:
    """What the API answers; a refusal says nothing of an entry."""
    headers = {"Accept": "application/json", "Origin": "http://testserver"}
    answer = client.post(
        "/graphql", orjson.dumps({"query": document}), content_type="application/json", headers=headers
    )
    told = orjson.loads(answer.content)
    codes = {error["extensions"]["code"] for error in told.get("errors", [])}
    assert codes <= {"UNAUTHENTICATED", "FORBIDDEN", "BAD_USER_INPUT"}, told["errors"]
    return orjson.dumps(told.get("data"), option=orjson.OPT_INDENT_2).decode()

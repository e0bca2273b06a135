"""Who sees what, everywhere: every field × who may see it × every caller × every door. Leaks: 0.

Three figures, each with its control:
- marks: a value that stands in one field alone, looked for in everything that a caller can read;
- changes: the same readings before and after every hidden field was changed: not a byte may differ;
- search: nobody finds an entry by what is hidden.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from api.schema import schema
from network import visibility
from network.directory import index
from network.entry_fields import ORGANISATION_FIELDS, PROFILE_FIELDS, fields_of
from network.models import Visibility
from tests.factories import NOW
from tests.network import matrix_doors as doors
from tests.network.matrix_world import OTHER, SEES, World, make, plant, wanted

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
SETTINGS = [None, Visibility.PUBLIC, Visibility.MEMBERS, Visibility.STAFF]
OUTSIDE = [caller for caller, seen in SEES.items() if seen != set(Visibility)]
INSIDE = [caller for caller in SEES if caller not in OUTSIDE]
Readings = dict[str, str]
NOWHERE: set[str] = set()
"""Fields with marks that no door shows to anybody."""


@pytest.fixture
def world(settings: Any) -> Iterator[World]:
    much = 10_000_000
    settings.GRAPHQL_LIMITS = dict.fromkeys(
        ["body_bytes", "characters", "tokens", "depth", "aliases", "root_fields", "repeats", "directives", "cost"], much
    )
    with time_machine.travel(NOW, tick=False):
        yield make()


def client_of(world: World, caller: str) -> Client:
    client, person = Client(), world.callers[caller]
    if person is not None:
        client.force_login(person)
    return client


def readings(world: World, caller: str) -> Readings:
    """Everything that a caller reads, by door: lists and files are made from the index."""
    cache.clear()
    index.rebuild()
    client = client_of(world, caller)
    read = {f"page {address}": doors.read(client, address) for address in doors.pages(world)}
    return read | {
        f"graph {name} {n}": doors.ask(client, said) for n, (name, said) in enumerate(doors.documents(world))
    }


def leaks(world: World, caller: str, chosen: Visibility | None, read: Readings) -> list[str]:
    """Marks that stand in a reading, and that the caller may not see."""
    entries = {entry.slug: entry for entry in world.entries}
    found = []
    for mark in world.marks:
        entry = entries[mark.entry]
        if wanted(entry, fields_of(entry)[mark.name], chosen) in SEES[caller]:
            continue
        found += [
            f"{mark.entry}.{mark.name} to {caller}: {door}"
            for door, text in read.items()
            if mark.pattern.search(text) and mark.name not in doors.OFFERS.get(door, set())
        ]
    return found


@pytest.mark.parametrize("chosen", SETTINGS, ids=lambda chosen: str(chosen or "default"))
def test_no_mark_leaks(world: World, chosen: Visibility | None) -> None:
    """Of those who may not see everything; for the others no mark is a leak."""
    world.show(chosen)
    found, counted = [], 0
    for caller in OUTSIDE:
        read = readings(world, caller)
        counted += sum(1 for text in read.values() if text)
        found += leaks(world, caller, chosen, read)
    assert counted > 60
    assert found == []


@pytest.mark.parametrize("caller", INSIDE)
def test_who_may_see_everything_does(world: World, caller: str) -> None:
    """Hidden from all others, every field that some door shows is read by its owner and by those who keep it."""
    world.show(Visibility.STAFF)
    read = readings(world, caller)
    seen = {mark.name for mark in world.marks if any(mark.pattern.search(text) for text in read.values())}
    assert {mark.name for mark in world.marks if _may_hide(mark.name)} - seen == NOWHERE


def test_what_is_hidden_changes_nothing(world: World) -> None:
    """Choices and flags hold no mark; but an answer that depended on one would differ. All hidden fields at once."""
    world.show(Visibility.STAFF)
    before = {caller: readings(world, caller) for caller in OUTSIDE}
    _change_hidden(world)
    after = {caller: readings(world, caller) for caller in OUTSIDE}
    told = [
        f"{caller}: {door}"
        for caller in OUTSIDE
        for door, said in before[caller].items()
        if after[caller][door] != said
    ]
    assert told == []


def _change_hidden(world: World) -> None:
    """Other values in every field that may be hidden, the same in the others."""
    kept = {
        entry.slug: {name: getattr(entry, name, None) for name in ("headline_vi", "headline_en", "name_vi", "name_en",
                   "summary_vi", "summary_en")}
        for entry in world.entries
    }  # fmt: skip
    shown = [world.profile.skills.get()]
    fixed = {entry.slug: _fixed(entry) for entry in world.entries}
    plant(world, OTHER)
    world.profile.skills.set(shown)
    for entry in world.entries:
        for name, value in (kept[entry.slug] | fixed[entry.slug]).items():
            holder, _dot, column = name.rpartition(".")
            row = getattr(entry, holder) if holder else entry
            if hasattr(row, column):
                setattr(row, column, value)
                row.save()
    world.show(Visibility.STAFF)


def _fixed(entry: Any) -> dict[str, Any]:
    """The values of the other columns that may not be hidden."""
    values = {}
    for known in fields_of(entry).values():
        for column in known.columns:
            holder, _dot, name = column.rpartition(".")
            row = getattr(entry, holder, None) if holder else entry
            if not known.may_hide and not known.many and row is not None:
                values[column] = getattr(row, name)
    return values


@pytest.fixture
def switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is hidden from anybody."""
    monkeypatch.setattr(visibility.Standing, "may_see", lambda standing, row, name: True)


@pytest.mark.usefixtures("switched_off")
def test_without_the_guard_every_mark_is_found(world: World) -> None:
    """The control of the marks: the doors lead to every field, and the patterns recognise what stands there."""
    world.show(Visibility.STAFF)
    found = leaks(world, "anonymous", Visibility.STAFF, readings(world, "anonymous"))
    fields = {line.partition(" to ")[0].partition(".")[2] for line in found}
    hideable = {mark.name for mark in world.marks if _may_hide(mark.name)}
    assert len(found) > 20
    assert hideable - fields == NOWHERE


def _may_hide(name: str) -> bool:
    return any(name in fields and fields[name].may_hide for fields in (PROFILE_FIELDS, ORGANISATION_FIELDS))


@pytest.mark.usefixtures("switched_off")
def test_without_the_guard_answers_would_differ(world: World) -> None:
    """The control of the changes."""
    world.show(Visibility.STAFF)
    before = readings(world, "anonymous")
    _change_hidden(world)
    after = readings(world, "anonymous")
    assert len({door for door in before if before[door] != after[door]}) >= 5


SEARCHES: dict[str, Callable[[Client, str], str]] = {
    "organisations": lambda client, word: doors.read(client, f"/mang-luoi/?q={word}"),
    "mentors": lambda client, word: doors.read(client, f"/co-van/?q={word}"),
    "organisations by GraphQL": lambda client, word: doors.ask(
        client, f'{{ organisations(search: "{word}") {{ nodes {{ slug }} }} }}'
    ),
    "mentors by GraphQL": lambda client, word: doors.ask(
        client, f'{{ mentors(search: "{word}") {{ nodes {{ slug }} }} }}'
    ),
}
"""Doors that are asked with a word."""


def found_by(world: World, caller: str, word: str) -> set[str]:
    """The entries that any search finds by a word."""
    client = client_of(world, caller)
    slugs = {entry.slug for entry in world.entries}
    said = " ".join(search(client, word) for search in SEARCHES.values())
    return {slug for slug in slugs if f"/{slug}/" in said or f'"{slug}"' in said}


def test_nobody_is_found_by_what_is_hidden(world: World) -> None:
    world.show(Visibility.STAFF)
    index.rebuild()
    known = {entry.slug: fields_of(entry) for entry in world.entries}
    hidden = [mark for mark in world.marks if mark.search and known[mark.entry][mark.name].may_hide]
    assert len(hidden) > 15
    found = [
        f"{mark.entry}.{mark.name} by {caller}"
        for caller in ("anonymous", "member", "staff")
        for mark in hidden
        if mark.entry in found_by(world, caller, mark.search)
    ]
    assert found == []


def test_a_search_finds_what_is_shown(world: World) -> None:
    """The control of the search: an entry is found by a name, which cannot be hidden."""
    index.rebuild()
    names = [mark for mark in world.marks if mark.search and mark.name == "name"]
    assert {mark.entry for mark in names if mark.entry in found_by(world, "anonymous", mark.search)} == {
        entry.slug for entry in world.organisations.values()
    }


def test_every_door_is_listed() -> None:
    """An address or a field that leads to entries and that nobody has told what to ask."""
    assert doors.unlisted_pages() == set()
    assert doors.unlisted_fields() == set()
    assert doors.unasked() == set()


def test_a_door_that_is_not_listed_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control."""
    few = {name: told for name, told in doors.ARGUMENTS.items() if name != "organisation"}
    monkeypatch.setattr(doors, "ARGUMENTS", few)
    assert doors.unlisted_pages() == {"organisation"}
    monkeypatch.setattr(doors, "ASKED", {name: told for name, told in doors.ASKED.items() if name != "mentor"})
    assert doors.unlisted_fields() == {"mentor"}


NAMING = {"Claim"}
"""Types of acts that name an entry, by the very type that questions answer with."""


def test_acts_and_streams_give_no_type_that_questions_do_not() -> None:
    """What an act or a stream answers with is resolved by the same types, so that it is in the matrix too."""
    root = schema.graphql_schema
    asked = doors.carriers(root.query_type)
    for other in (root.mutation_type, root.subscription_type):
        entries = {name for name in doors.carriers(other) if not name.endswith("Payload")}
        assert entries - asked <= NAMING

"""What the demonstration tells: whole in both languages, and on any day with a café to come."""

import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from config.demo import gatherings
from config.demo.dates import HAI_PHONG, Calendar, cafe_week
from config.demo.organisations import told as told_organisations
from config.demo.people import crowd, email_of
from config.demo.sources import CONTENT, read

WEDNESDAY = datetime(2026, 11, 25, 10, 0, tzinfo=HAI_PHONG)
FILES = sorted(path.stem for path in CONTENT.glob("*.yaml"))


@pytest.mark.parametrize("name", FILES)
def test_accents_are_composed(name: str) -> None:
    text = (CONTENT / f"{name}.yaml").read_text(encoding="utf-8")

    assert unicodedata.is_normalized("NFC", text)


def _pairs(node: Any) -> Iterator[tuple[str, Any, Any]]:
    """Every field that is told in a language, with what the other language has in its place."""
    if isinstance(node, dict):
        for key in node:
            stem, _, language = key.rpartition("_")
            if language in {"vi", "en"} and not key.endswith("room_vi"):
                other = {"vi": "en", "en": "vi"}[language]
                yield key, node[key], node.get(f"{stem}_{other}" if stem else other)
            yield from _pairs(node[key])
    elif isinstance(node, list):
        for item in node:
            yield from _pairs(item)


@pytest.mark.parametrize("name", [name for name in FILES if name != "facts"])
def test_everything_is_told_in_both_languages(name: str) -> None:
    missing = [key for key, told, other in _pairs(read(name)) if not told or not other]

    assert missing == []


def _shape(parts: list[dict[str, Any]]) -> list[Any]:
    return [[sorted(part), [len(value) if isinstance(value, list) else 1 for value in part.values()]] for part in parts]


@pytest.mark.parametrize("name", ["news", "campaigns", "stories"])
def test_both_languages_tell_the_same_story(name: str) -> None:
    for row in read(name):
        assert _shape(row["body_vi"]) == _shape(row["body_en"]), row


def test_codes_are_unique() -> None:
    organisations = [row["code"] for row in told_organisations()]
    people = [row["code"] for row in [*read("mentors"), *read("speakers")]]
    events = [row["code"] for row in read("gatherings")["events"]]
    names = [row["name"] for row in [*read("mentors"), *read("speakers")]] + [name for _email, name in crowd()]

    assert [code for code, count in Counter(organisations + people).items() if count > 1] == []
    assert [code for code, count in Counter(events).items() if count > 1] == []
    assert len({email_of(code) for code in people} | {email for email, _name in crowd()}) == len(names)


def test_there_are_46_cafes_with_titles_of_their_own_and_one_to_come() -> None:
    editions = read("cafe")["editions"]

    assert [row["n"] for row in editions] == list(range(1, 48))
    assert len({row["vi"] for row in editions}) == len({row["en"] for row in editions}) == 47


def test_who_speaks_and_where_is_known() -> None:
    people = {row["code"] for row in [*read("mentors"), *read("speakers")]}
    venues, organisations = {row["code"] for row in read("venues")}, {row["code"] for row in told_organisations()}

    for each in gatherings.told().values():
        speakers = {*each.speakers, *(code for row in each.sessions for code in row["speakers"])}
        assert speakers <= people, each.code
        assert each.venue in venues or (each.mode == "ONLINE" and not each.venue), each.code
        assert each.organiser in organisations, each.code


@pytest.mark.parametrize("days", range(0, 400, 3))
def test_on_any_day_the_next_cafe_is_within_two_weeks_and_the_46_before_it_are_held(days: int) -> None:
    calendar = Calendar(now=WEDNESDAY + timedelta(days=days))
    told = gatherings.told()
    ahead = told["CAFE 047"].starts(calendar) - calendar.now
    held = [told[f"CAFE {number:03d}"].ends(calendar) for number in range(1, 47)]

    assert timedelta(days=4) < ahead < timedelta(days=14)
    assert held == sorted(set(held))
    assert held[-1] < calendar.now
    assert {end.weekday() for end in held} == {5}


def test_cafes_are_a_month_apart() -> None:
    gaps = {cafe_week(number + 1) - cafe_week(number) for number in range(1, 47)}

    assert gaps == {4, 5}


def test_campaigns_are_movements_of_the_plan_under_their_own_names() -> None:
    movements = {row["code"]: row["vi"].replace(" - ", " – ") for row in read("facts")["movements"]}

    for row in read("campaigns"):
        assert row["vi"] == movements[row["movement"]]
        assert row["number"] == f"PT {list(movements).index(row['movement']) + 1:02d}"

"""Blocks: what editors may put in, what readers see, and rows that find themselves."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.blocks.struct_block import StructBlockValidationError

from cms import live
from cms.blocks.live import CountdownBlock
from cms.blocks.media import FilmBlock, film_host
from events import planning, schedule
from tests.api.newsroom import article, document, mentor
from tests.factories import OrganisationFactory, SectorFactory, facts, open_event, planner

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves the temporary file open in which it makes a rendition.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


def later(days: int) -> dict[str, Any]:
    """When an event of these tests is held: seen from now, for blocks look at the clock."""
    starts = timezone.now() + timedelta(days=days)
    return {"starts_at": starts, "ends_at": starts + timedelta(hours=2)}


def test_a_story_of_every_kind_is_drawn(client: Client) -> None:
    event = open_event(**later(12))
    organisation = OrganisationFactory.create()
    page = article(event)
    shown = client.get(page.url).content.decode()
    for part in (
        'class="gallery"',
        "<video",
        '<rect width="50.0"',
        '<th scope="row">2026</th><td class="numeric">12</td>',
        f"/su-kien/{event.slug}/",
        '<strong class="numeric">12</strong>',
        "/mang-luoi/" + organisation.slug,
        "tep-",
        'alt="KIST"',
    ):
        assert part in shown, part
    assert "<iframe" not in shown


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("https://www.youtube.com/watch?v=1", "YouTube"),
        ("https://youtu.be/1", "YouTube"),
        ("https://m.youtube.com/watch?v=1", "YouTube"),
        ("https://vimeo.com/1", "Vimeo"),
        ("http://youtube.com/1", ""),
        ("https://youtube.com.example.org/1", ""),
        ("https://example.org/?youtube.com", ""),
        ("https://youtube.com@example.org/", ""),
        ("javascript:alert(1)//youtube.com", ""),
    ],
)
def test_films_stand_where_we_know(address: str, place: str) -> None:
    assert film_host(address) == place


def film(**parts: Any) -> Any:
    block = FilmBlock()
    return block.to_python({"title": "Phim", "file": None, "captions": None, "url": "", "transcript": "", **parts})


@pytest.mark.parametrize(
    ("parts", "at"),
    [
        (lambda: {}, "file"),
        (lambda: {"file": document("mp4").pk, "url": "https://youtu.be/1"}, "file"),
        (lambda: {"file": document("exe").pk}, "file"),
        (lambda: {"url": "https://example.org/film"}, "url"),
        (lambda: {"file": document("mp4").pk, "captions": document("txt").pk}, "captions"),
    ],
)
def test_a_film_that_cannot_be_shown_is_refused_at_its_field(parts: Callable[[], dict[str, Any]], at: str) -> None:
    with pytest.raises(StructBlockValidationError) as refused:
        FilmBlock().clean(film(**parts()))
    assert set(refused.value.block_errors) == {at}


def test_a_film_is_taken() -> None:
    FilmBlock().clean(film(url="https://vimeo.com/1"))
    FilmBlock().clean(film(file=document("webm").pk, captions=document("vtt").pk))


def found(*wanted: live.Wanted) -> list[list[Any]]:
    return live.found(wanted, at=timezone.now(), locale="vi")


def test_events_to_come_are_found_by_kind_and_series() -> None:
    first, second = open_event(**later(3)), open_event(edition=2, **later(2))
    talk = open_event(kind="TRAINING", series_id=None, edition=None, **later(4))
    planning.plan_event(facts=facts(edition=9, **later(1)), actor=planner())
    schedule.cancel_event(event_id=open_event(edition=5, **later(5)).pk, actor=planner(), at=timezone.now())
    asked = [
        live.Wanted(what="events", most=12),
        live.Wanted(what="events", most=1),
        live.Wanted(what="events", kind="TRAINING", most=3),
        live.Wanted(what="events", group=first.series.slug, most=3),
    ]
    assert found(*asked) == [[second, first, talk], [second], [talk], [second, first]]


def test_mentors_and_organisations_are_found_by_field_and_kind() -> None:
    sea, data = SectorFactory.create(code="sea"), SectorFactory.create(code="data")
    both, one, hidden = mentor(), mentor(), mentor()
    for profile, sectors in ((both, [sea, data]), (one, [sea]), (hidden, [sea])):
        profile.sectors.set(sectors)
    hidden.is_listed = False
    hidden.save()
    fund = OrganisationFactory.create(kind="VENTURE_FUND", name_vi="Quỹ")
    club = OrganisationFactory.create(kind="UNIVERSITY_CLUB", name_vi="Câu lạc bộ")
    fund.sectors.add(sea)
    club.sectors.add(sea)
    asked = [
        live.Wanted(what="mentors", group="data", most=4),
        live.Wanted(what="mentors", group="sea", most=4),
        live.Wanted(what="organisations", group="sea", most=4),
        live.Wanted(what="organisations", kind="VENTURE_FUND", group="sea", most=4),
        live.Wanted(what="organisations", kind="VENTURE_FUND", group="data", most=4),
    ]
    told = found(*asked)
    assert told[0] == [both]
    assert {row.pk for row in told[1]} == {both.pk, one.pk}
    assert told[2:] == [[club, fund], [fund], []]
    assert [found(each)[0] for each in asked] == told


def test_news_are_found_by_topic() -> None:
    event = open_event(**later(3))
    old, new, other = article(event), article(event), article(event)
    for page, topic in ((old, "Cà phê"), (new, "Cà phê"), (other, "Đào tạo")):
        page.topic = topic
        page.save()
    coffee = live.Wanted(what="news", group="Cà phê", most=5)
    assert found(coffee, live.Wanted(what="news", most=1)) == [[new, old], [other]]


@pytest.mark.parametrize(("days", "told"), [(0, 0), (1, 1), (30, 30)])
def test_a_countdown_counts_days(days: int, told: int) -> None:
    starts = timezone.localtime().replace(hour=23, minute=58) + timedelta(days=days)
    event = open_event(starts_at=starts, ends_at=starts + timedelta(hours=2))
    assert CountdownBlock().to_python({"title": "", "event": event.pk}).days == told


def test_a_countdown_is_silent_about_drafts() -> None:
    draft = planning.plan_event(facts=facts(**later(3)), actor=planner())
    assert CountdownBlock().to_python({"title": "", "event": draft.pk}).days is None

"""Headlines, programmes, letters: the pieces that pages are put together from."""

from datetime import timedelta

import pytest

from events import queries
from events.models import Session, Speaker, Track
from frontend import letters, programme
from frontend.templatetags.words import phrases
from tests.factories import open_event, planner


@pytest.mark.parametrize(
    ("headline", "held"),
    [
        ("Một câu", "Một câu"),
        ("Hải Phòng – Cà phê", '<span class="phrase">Hải Phòng –</span> <span class="phrase">Cà phê</span>'),
        ("A & B: <C>", '<span class="phrase">A &amp; B:</span> <span class="phrase">&lt;C&gt;</span>'),
    ],
)
def test_phrases_hold_together(headline: str, held: str) -> None:
    assert phrases(headline) == held


@pytest.mark.django_db
def test_sessions_stand_beside_one_another() -> None:
    event = open_event()
    quays = [Track.objects.create(event=event, name_vi=name, order=order) for order, name in enumerate("AB")]
    begins = event.starts_at
    half = timedelta(minutes=30)
    speaker = Speaker.objects.create(name="Vũ Thị Men")
    for title, track, start, end in (
        ("Hai", quays[1], begins + half, begins + 2 * half),
        ("Một", quays[0], begins + half, begins + 3 * half),
        ("Đón khách", None, begins, begins + half),
        ("Hôm sau", quays[0], begins + timedelta(days=1), begins + timedelta(days=1) + half),
    ):
        session = Session.objects.create(event=event, track=track, title_vi=title, starts_at=start, ends_at=end)
        if track:
            session.speakers.add(speaker)
    loaded = queries.event_page(slug=event.slug, viewer=planner())
    assert loaded is not None
    days = programme.days(event=loaded, at=begins + half)
    laid_out = [[[(row.title, row.number) for row in slot.sessions] for slot in day.slots] for day in days]
    assert laid_out == [[[("Đón khách", 0)], [("Một", 1), ("Hai", 2)]], [[("Hôm sau", 1)]]]
    first_day = days[0].slots
    assert first_day[1].ends_at == begins + 3 * half
    assert [(row.is_pause, row.is_now) for slot in first_day for row in slot.sessions] == [
        (True, False),
        (False, True),
        (False, True),
    ]
    assert programme.speakers(loaded) == [speaker]


def test_pictures_of_a_letter_get_addresses() -> None:
    html = '<img src="cid:a"><img src=\'cid:b\'><i style="background: url(cid:a)">cid:a</i>'
    shown = letters.with_pictures_at(html, {"a": "/1/"})
    assert shown == '<img src="/1/"><img src=\'\'><i style="background: url(/1/)">cid:a</i>'

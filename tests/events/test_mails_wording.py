"""The comms team's words: what may stand in them, what is refused, and that what fills them stays data."""

import html
from typing import Any

import pytest

from events.letters import samples, wording, writing
from events.letters.kinds import KINDS
from events.models import LetterWording
from network.models import Person
from network.refusals import NotFound, NotPermitted, Several
from network.wording import word
from tests.factories import NOW, PersonFactory, planner

HOSTILE = [
    ("{event.__class__}", "stray_braces"),
    ("{event.title}", "stray_braces"),
    ("{event[title]}", "stray_braces"),
    ("{event!r}", "stray_braces"),
    ("{event:>999999999}", "stray_braces"),
    ("{name.__init__.__globals__}", "stray_braces"),
    ("{0}", "stray_braces"),
    ("{}", "stray_braces"),
    ("{ name }", "stray_braces"),
    ("{Name}", "stray_braces"),
    ("{name", "stray_braces"),
    ("name}", "stray_braces"),
    ("{{name}}", "stray_braces"),
    ("{{ settings.SECRET_KEY }}", "stray_braces"),
    ("{% load static %}", "stray_braces"),
    ("{# hidden #}", "stray_braces"),
    ("{na{code}me}", "stray_braces"),
    ("{password}", "unknown_placeholder"),
    ("{email}", "unknown_placeholder"),
    ("{deadline}", "unknown_placeholder"),
    ("Chào {name}, {giver} gửi", "unknown_placeholder"),
    ("%s", "format_code"),
    ("%(name)s", "format_code"),
    ("%d chỗ", "format_code"),
    ("${name}", "format_code"),
    ("$(id)", "format_code"),
    ("#{name}", "format_code"),
    ("<b>Chào</b>", "markup"),
    ("<script>alert(1)</script>", "markup"),
    ("<!-- x -->", "markup"),
    ("</p>", "markup"),
    ("&nbsp;", "markup"),
    ("&#60;b", "markup"),
    ("Chào\x00", "control_character"),
    ("Chào\x1b[31m", "control_character"),
    ("Chào\u202eabc", "control_character"),
    ("Chào\u200b", "control_character"),
    ("Chào\u2028bạn", "control_character"),
    ("Chào\tbạn", "control_character"),
]
HARMLESS = [
    "Giảm 100% phí",
    "a < b, 5 > 3 & c",
    "Vé $5 – 100%!",
    "Gặp {name} ở {place}, {date}, {time} ({code})",
    "Xem https://haiphong.example/%C4%91?a=1&b=2",
    "Vui quá 👩‍💻",
    "“Đổi mới”",
]


@pytest.mark.parametrize(("text", "reason"), HOSTILE)
@pytest.mark.parametrize("field", ["subject_vi", "opening_en"])
@pytest.mark.django_db
def test_hostile_words_are_refused_at_their_field(text: str, reason: str, field: str) -> None:
    with pytest.raises(Several) as refused:
        wording.reword(kind="confirmed", texts={field: text}, actor=planner())
    [refusal] = refused.value.refusals
    assert (refusal.field, refusal.facts["reason"]) == (field, reason)
    assert "%(known)" not in word(refusal)
    assert not LetterWording.objects.exists()


@pytest.mark.parametrize("text", HARMLESS)
@pytest.mark.django_db
def test_harmless_words_are_kept_as_they_are(text: str) -> None:
    wording.reword(kind="confirmed", texts={"opening_vi": text, "subject_vi": text}, actor=planner())
    kept = wording.kept(KINDS["confirmed"])
    assert (kept["opening_vi"], kept["subject_vi"], kept["opening_en"]) == (text, text, "")


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        ({"subject_vi": "x" * 161}, {"subject_vi": "too_long"}),
        ({"opening_en": "x" * 2001}, {"opening_en": "too_long"}),
        ({"subject_en": "one\ntwo"}, {"subject_en": "one_line"}),
        ({"subject_en": "one\r\nBcc: all@example.org"}, {"subject_en": "one_line"}),
        ({"subject_vi": "{x}", "opening_en": "<b>"}, {"subject_vi": "unknown_placeholder", "opening_en": "markup"}),
    ],
)
@pytest.mark.django_db
def test_every_field_is_told_its_own(texts: dict[str, str], told: dict[str, str]) -> None:
    with pytest.raises(Several) as refused:
        wording.reword(kind="confirmed", texts=texts, actor=planner())
    assert {refusal.field: refusal.facts["reason"] for refusal in refused.value.refusals} == told


def test_the_refusal_names_what_may_stand_there() -> None:
    with pytest.raises(Several) as refused:
        wording.checked_texts(KINDS["offered"], {"opening_vi": "Chào {ten}"})
    said = word(refused.value.refusals[0])
    assert said == (
        "{ten} không phải ô điền của thư này. Có các ô: {name}, {event}, {code}, {date}, {time}, {place}, {deadline}."
    )


def test_decomposed_accents_are_composed_and_line_breaks_kept() -> None:
    checked = wording.checked_texts(KINDS["confirmed"], {"opening_vi": "  Đo\u031b\u0300i\r\nmới\n\nHẹn gặp  "})
    assert checked["opening_vi"] == "Đời\nmới\n\nHẹn gặp"


def _written(matter: Any = None, **texts: str) -> Any:
    matter = matter or samples.matter(KINDS["confirmed"], language="vi", at=NOW)
    return writing.letter(matter, wording.checked_texts(matter.kind, texts))


def test_own_words_stand_in_the_letter() -> None:
    letter = _written(subject_vi="Hẹn {name} ngày {date}", opening_vi="Chào {name}!\nDòng hai.\n\nĐoạn hai ở {place}.")
    assert letter.subject == "Hẹn Hà ngày Thứ Bảy, 05/12/2026"
    assert "<p>Chào Hà!<br>Dòng hai.</p>\n\n<p>Đoạn hai ở Khu làm việc chung" in letter.html
    assert "Chào Hà!\nDòng hai.\n\nĐoạn hai ở Khu làm việc chung" in letter.text


@pytest.mark.parametrize(
    "name",
    [
        "<script>alert(1)</script>",
        "Hà\r\nBcc: all@example.org",
        "{code}",
        "{name}",
        "%(event)s",
        "\\g<0> \\1",
        "{{ settings.SECRET_KEY }}",
    ],
)
def test_what_fills_a_placeholder_stays_data(name: str) -> None:
    matter = samples.matter(KINDS["companion"], language="vi", at=NOW)
    assert matter.other is not None
    matter.other.full_name = name
    letter = _written(matter, subject_vi="{host} mời bạn", opening_vi="{host} mời bạn")
    flat = " ".join(name.split())
    assert letter.subject == f"{flat} mời bạn"
    assert f"{flat} mời bạn" in letter.text
    assert f"<p>{html.escape(flat)} mời bạn</p>" in letter.html
    assert "<script>" not in letter.html


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_house_keeps_its_own_rules(name: str, language: str) -> None:
    house = wording.house_words(KINDS[name], language)
    texts = {f"subject_{language}": house.subject, f"opening_{language}": house.opening}
    kept = wording.checked_texts(KINDS[name], texts)
    assert {field: kept[field] for field in texts} == texts
    filled = house.filled(samples.matter(KINDS[name], language=language, at=NOW).values())
    assert "{" not in filled.subject + filled.headline + filled.opening


@pytest.mark.django_db
def test_kept_words_reach_the_letter_and_leave_it_when_reset() -> None:
    actor = planner()
    matter = samples.matter(KINDS["moved"], language="en", at=NOW)
    wording.reword(kind="moved", texts={"subject_en": "Moved: {code}"}, actor=actor)
    assert writing.letter(matter).subject == "Moved: CAFE 047"
    assert LetterWording.objects.get().changed_by == actor
    wording.reset(kind="moved", actor=actor)
    assert writing.letter(matter).subject == "New time or place: Selling to factories: from pilot to contract"


@pytest.mark.django_db
def test_words_that_are_all_empty_are_the_houses() -> None:
    actor = planner()
    wording.reword(kind="moved", texts={"subject_vi": "Đổi: {code}"}, actor=actor)
    wording.reword(kind="moved", texts={"subject_vi": "  "}, actor=actor)
    assert wording.reworded_kinds() == set()


@pytest.mark.django_db
def test_only_who_plans_events_words_letters() -> None:
    stranger: Person = PersonFactory.create()
    with pytest.raises(NotPermitted):
        wording.reword(kind="moved", texts={"subject_vi": "Đổi"}, actor=stranger)
    with pytest.raises(NotPermitted):
        wording.reset(kind="moved", actor=stranger)
    with pytest.raises(NotFound):
        wording.reword(kind="nothing", texts={}, actor=planner())
    assert not LetterWording.objects.exists()

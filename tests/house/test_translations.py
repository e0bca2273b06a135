"""Nobody who reads Vietnamese meets an English sentence by accident."""

import ast
import re
import unicodedata
from pathlib import Path

import polib
import pytest
from django.utils.translation.trans_real import DjangoTranslation

from config.bootstrap import catalogues
from tests.house.sources import place
from tests.house.wording import in_python, in_template, messages

CATALOGUES = list(catalogues.sources())
PLACEHOLDER = re.compile(r"%\(\w+\)[sdf]|\{\w*\}")


def is_translated(key: str) -> bool:
    """As Django itself looks it up: our catalogues, then those of the packages; plurals have keys of their own."""
    vietnamese = DjangoTranslation("vi")
    return any(vietnamese._catalog.get(form) for form in (key, (key, 0)))


def test_every_text_has_a_vietnamese_translation() -> None:
    missing = {message.key: message.where for message in messages() if not is_translated(message.key)}
    assert missing == {}


@pytest.mark.parametrize("path", CATALOGUES, ids=place)
def test_catalogue_is_finished(path: Path) -> None:
    entries = [entry for entry in polib.pofile(str(path)) if not entry.obsolete]
    assert [entry.msgid for entry in entries if entry.fuzzy or not entry.translated()] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=place)
def test_catalogue_is_composed(path: Path) -> None:
    """Vietnamese comes in two encodings that look alike; NFC is the one that browsers search for."""
    assert unicodedata.is_normalized("NFC", path.read_text())


@pytest.mark.parametrize("path", CATALOGUES, ids=place)
def test_tone_marks_stand_where_most_of_ours_stand(path: Path) -> None:
    """“xoá” and “huỷ” are “xóa” and “hủy” to others: a search in the page finds only the one that is written."""
    words = re.findall(r"[^\W\d_]+", " ".join(entry.msgstr for entry in polib.pofile(str(path))))
    elsewhere = re.compile(r"(?<![qQ])(?:[òóỏõọ][ae]|[ùúủũụ]y)$")
    assert [word for word in words if elsewhere.search(word)] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=place)
def test_translations_keep_the_placeholders(path: Path) -> None:
    for entry in polib.pofile(str(path)):
        asked = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        for translation in entry.msgstr_plural.values() or [entry.msgstr]:
            assert set(PLACEHOLDER.findall(translation)) == asked, entry.msgid


def test_texts_are_found_in_python() -> None:
    module = ast.parse(
        "_('a'); pgettext('c', 'b'); ngettext('one', 'many', n); gettext(name); translation.gettext('d')"
    )
    assert [key for _, key in in_python(module)] == ["a", "c\x04b", "one", "d"]


def test_texts_are_found_in_templates() -> None:
    source = """{% load i18n %}{% translate "A 'b' (c) d" %} {{ _("D") }} <p title="{% translate 'E' context 'f' %}">
    {% blocktranslate count n=seats trimmed %}One seat{% plural %}{{ n }} seats{% endblocktranslate %}"""
    assert set(in_template(source)) == {"A 'b' (c) d", "D", "f\x04E", "One seat"}

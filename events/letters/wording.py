"""The comms team's own words for letters: plain text with placeholders of a list, filled without any template language.

A placeholder is a word in braces, "{name}", and nothing else in braces is taken: no attribute, index or format can be
asked for. What fills it is data: it is never searched for placeholders again, cannot add a line to a subject, and is
escaped where it meets HTML.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.translation import override

from events import permissions
from events.letters.kinds import LetterKind, kind_named
from events.models import LetterWording
from network.models import Person
from network.refusals import Invalid, NotFound, NotPermitted, Refusal, Several

PLACEHOLDER = re.compile(r"\{([a-z]+)\}")
FORMAT = re.compile(r"%\(|%[a-zA-Z](?![0-9A-Za-z])|\$\{|\$\(|#\{")
"""What other languages take for a gap: nobody means it as text, and a reader must not see it."""
MARKUP = re.compile(r"<[a-zA-Z/!?]|&#?\w+;")
KEPT = "\n\u00a0\u200d"
"""Not printable by Unicode's book, yet meant: a line's end, a space that holds words together, a composed emoji."""
LONGEST = {"subject": 160, "opening": 2000}
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
FIELDS = tuple(f"{part}_{language}" for language in LANGUAGES for part in LONGEST)


@dataclass(frozen=True, kw_only=True)
class Words:
    """What a kind of letter says in one language, with its placeholders."""

    subject: str
    headline: str
    opening: str

    def filled(self, values: Mapping[str, str]) -> "Words":
        """Return the words with each placeholder replaced by its value; the subject stays one line."""
        return Words(
            subject=" ".join(fill(self.subject, values).split()),
            headline=" ".join(fill(self.headline, values).split()),
            opening=fill(self.opening, values),
        )


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return `text` with placeholders replaced in one pass; what comes in is not read again."""
    return PLACEHOLDER.sub(lambda found: _printable(values.get(found[1], "")), text)


def _printable(value: str) -> str:
    return " ".join("".join(mark if mark.isprintable() else " " for mark in value).split())


def house_words(kind: LetterKind, language: str) -> Words:
    """Return the words that a letter has by itself."""
    with override(language):
        return Words(subject=str(kind.subject), headline=str(kind.headline), opening=str(kind.opening))


def words(kind: LetterKind, language: str, own: Mapping[str, str] | None = None) -> Words:
    """Return what a letter says: the comms team's words where there are some, else the house's.

    `own` are words that are not kept (yet), for a preview.
    """
    if own is None:
        own = kept(kind)
    house = house_words(kind, language)
    return Words(
        subject=own.get(f"subject_{language}") or house.subject,
        headline=house.headline,
        opening=own.get(f"opening_{language}") or house.opening,
    )


def kept(kind: LetterKind) -> dict[str, str]:
    """Return the comms team's words by field (`subject_vi`, …); empty where the house's stand."""
    row = LetterWording.objects.filter(kind=kind.name).values(*FIELDS).first() or {}
    return {name: row.get(name) or "" for name in FIELDS}


def reworded_kinds() -> set[str]:
    """Return the names of the kinds that have words of their own."""
    return set(LetterWording.objects.values_list("kind", flat=True))


def reword(*, kind: str, texts: Mapping[str, str], actor: Person) -> None:
    """Keep the comms team's words for a kind of letter; where a text is empty, the house's words stand.

    `texts` by field: `subject_vi`, `opening_vi`, `subject_en`, `opening_en`. Raises NotPermitted, NotFound for an
    unknown kind, and Several, of Invalid at each field: too_long, unknown_placeholder, stray_braces, format_code,
    markup, one_line, control_character.
    """
    wanted = _asked_for(kind, actor)
    checked = checked_texts(wanted, texts)
    with transaction.atomic():
        if not any(checked.values()):
            LetterWording.objects.filter(kind=wanted.name).delete()
            return
        LetterWording.objects.update_or_create(kind=wanted.name, defaults={**checked, "changed_by": actor})


def reset(*, kind: str, actor: Person) -> None:
    """Give a kind of letter the house's words back. Raises NotPermitted, NotFound."""
    LetterWording.objects.filter(kind=_asked_for(kind, actor).name).delete()


def _asked_for(name: str, actor: Person) -> LetterKind:
    if not permissions.may_plan_events(actor):
        raise NotPermitted()
    kind = kind_named(name)
    if kind is None:
        raise NotFound()
    return kind


def checked_texts(kind: LetterKind, texts: Mapping[str, str]) -> dict[str, str]:
    """Return the texts as they may be kept. Raises Several, of Invalid at each field as `reword` says."""
    checked: dict[str, str] = {}
    refused: list[Refusal] = []
    for field in FIELDS:
        try:
            checked[field] = _checked(kind, field, texts.get(field, ""))
        except Invalid as refusal:
            refused.append(refusal)
    if refused:
        raise Several(refused)
    return checked


def _checked(kind: LetterKind, field: str, text: str) -> str:
    part = field.rpartition("_")[0]
    return checked_text(
        text, field=field, placeholders=kind.placeholders, longest=LONGEST[part], is_line=part == "subject"
    )


def checked_text(text: str, *, field: str, placeholders: Iterable[str], longest: int, is_line: bool) -> str:
    """Return a text with placeholders as it may be kept, composed and without spaces around it.

    Raises Invalid at `field`: too_long, one_line, control_character, markup, unknown_placeholder, format_code,
    stray_braces.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if len(text) > longest:
        raise Invalid(field=field, reason="too_long", limit=longest)
    if is_line and "\n" in text:
        raise Invalid(field=field, reason="one_line")
    if any(not mark.isprintable() and mark not in KEPT for mark in text):
        raise Invalid(field=field, reason="control_character")
    if MARKUP.search(text):
        raise Invalid(field=field, reason="markup")
    _refuse_other_gaps(list(placeholders), field, text)
    return text


def _refuse_other_gaps(placeholders: list[str], field: str, text: str) -> None:
    known = ", ".join(f"{{{name}}}" for name in placeholders)
    for name in PLACEHOLDER.findall(text):
        if name not in placeholders:
            raise Invalid(field=field, reason="unknown_placeholder", placeholder=f"{{{name}}}", known=known)
    if found := FORMAT.search(text):
        raise Invalid(field=field, reason="format_code", code=found[0], known=known)
    if set("{}") & set(PLACEHOLDER.sub("", text)):
        raise Invalid(field=field, reason="stray_braces", known=known)

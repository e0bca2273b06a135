"""Those who come along, as lines of a form: a name, and an e-mail address if they get their ticket themselves."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from events.party import Companion
from network.refusals import Invalid, Refusal, Several, each

MOST_LINES = 10


def fields(places: int) -> dict[str, forms.Field]:
    """Return the fields of as many lines as there are places, up to ten."""
    known: dict[str, forms.Field] = {}
    for line in range(min(max(places, 0), MOST_LINES)):
        number = line + 1
        known[f"companions.{line}.name"] = forms.CharField(
            label=_("Person %(number)s: name") % {"number": number}, required=False, max_length=200
        )
        known[f"companions.{line}.email"] = forms.CharField(
            label=_("Person %(number)s: e-mail (may stay empty)") % {"number": number}, required=False, max_length=300
        )
    return known


def _lines(stated: Mapping[str, Any]) -> Iterator[tuple[int, Companion]]:
    for line in range(MOST_LINES):
        name, email = (stated.get(f"companions.{line}.{part}") or "" for part in ("name", "email"))
        if name or email:
            yield line, Companion(name=name, email=email)


def companions(stated: Mapping[str, Any]) -> list[Companion]:
    """Return the people of the lines that are filled in."""
    return [companion for _line, companion in _lines(stated)]


def at_lines(stated: Mapping[str, Any], refusal: Refusal) -> Refusal:
    """Return the refusal with its fields counted in lines: a rule counts only people."""
    lines = [line for line, _companion in _lines(stated)]
    return Several([_at_line(lines, single) for single in each(refusal)])


def _at_line(lines: list[int], refusal: Refusal) -> Refusal:
    start, _dot, rest = refusal.field.partition(".")
    if start != "companions" or not rest or not isinstance(refusal, Invalid):
        return refusal
    index, _dot, part = rest.partition(".")
    facts = dict(refusal.facts)
    return Invalid(field=f"companions.{lines[int(index)]}.{part}", reason=facts.pop("reason"), **facts)

"""What the pages of organisations and people have in common."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from frontend import sea_chart
from frontend.moorings import moorings
from frontend.sea_chart import Mark
from frontend.templatetags.look import paint
from network import entry_pages
from network.models import Organisation, Profile
from network.relationships import Relation
from network.visibility import Seen

FEWEST = 2
"""Relations that make a drawing; one alone is said in words."""


def address(entry: Organisation | Profile) -> str:
    """Return the path of an entry's page in the active language; the roles of a person are loaded."""
    if isinstance(entry, Organisation):
        return reverse("organisation", args=[entry.slug])
    return reverse("mentor" if entry_pages.is_mentor(entry) else "person", args=[entry.slug])


def told(subject: str, relations: Sequence[Relation]) -> dict[str, Any]:
    """Return the relations for a page: in groups, each with its label, and drawn for a wide screen and a phone."""
    day = timezone.localdate()
    groups = [
        {"label": label, "relations": [_shown(each, is_over=each.is_over(day)) for each in group]}
        for label, group in groupby(relations, key=lambda each: each.label)
    ]
    title = _("Who has to do with %(name)s; the lists tell the same") % {"name": subject}
    drawn = {"subject": subject, "relations": relations, "title": title, "day": day}
    wide, narrow = (moorings(**drawn), moorings(**drawn, narrow=True)) if len(relations) >= FEWEST else ("", "")
    return {"groups": groups, "wide": wide, "narrow": narrow}


def _shown(relation: Relation, *, is_over: bool) -> dict[str, Any]:
    kind = relation.party.get_kind_display() if isinstance(relation.party, Organisation) else relation.party.headline
    return {"told": relation, "url": address(relation.party), "kind": kind, "is_over": is_over}


def small_chart(seen: Seen) -> str:
    """Return where an organisation lies, on the closest chart; empty where that is not known or not shown."""
    if seen.latitude is None:
        return ""
    mark = Mark(latitude=seen.latitude, longitude=seen.longitude, name=seen.name, colour=paint(seen.kind))
    frame = sea_chart.frame_of(seen.latitude, seen.longitude)
    return sea_chart.chart(frame, [mark], radius=14, title=_("Where %(name)s lies") % {"name": seen.name})


def listed(words: str | None) -> list[str]:
    """Return what an owner wrote below each other, or behind commas, one by one."""
    parts: Iterable[str] = (words or "").splitlines()
    if len([part for part in parts if part.strip()]) < 2:
        parts = (words or "").split(",")
    return [part.strip()[:1].upper() + part.strip()[1:] for part in parts if part.strip()]

"""What the history of entries holds about a person: what they wanted said, what was said to them, what they decided."""

import json
from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from network import mentions
from network.entries import pictures
from network.models import Change, Person
from network.own_data import Erasure, OwnFile, Row, section

WORDS = ("values", "visibility", "decisions", "words")


def _of(person: Person) -> Q:
    return Q(profile__person=person) | Q(author=person) | Q(reviewer=person)


def _changes(person: Person) -> Iterator[Row]:
    rows = Change.objects.filter(_of(person)).select_related("profile__person", "organisation", "author")
    for change in rows.order_by("made_at", "pk"):
        yield {
            "entry": str(change.entry),
            "made_at": change.made_at,
            "state": change.get_state_display(),
            "is_author": change.author_id == person.pk,
            "is_reviewer": change.reviewer_id == person.pk,
            "values": _told(change.values),
            "visibility": _told(change.visibility),
            "decisions": _told(change.decisions),
            "picture": _picture(change) if change.profile and change.profile.person_id == person.pk else "",
            "words": change.words,
            "decided_at": change.decided_at,
        }


def _picture(change: Change) -> OwnFile | str:
    """The picture that was to be shown, where it is still kept."""
    name = str(change.values.get("photo", {}).get("new", {}).get("photo", ""))
    file = pictures.kept(change.entry, name)
    if file is None:
        return ""
    file.close()  # whoever reads it opens it
    return OwnFile(name=name, file=file)


def _told(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False) if value else ""


def _erase(erasure: Erasure) -> None:
    """The history of their own entry goes; of an organisation's entry stays what it said, and nothing said to them."""
    Change.objects.filter(profile__person=erasure.person).delete()
    theirs = Change.objects.filter(author=erasure.person)
    for change in theirs:
        change.words = ""
        change.decisions = {name: {**said, "note": ""} for name, said in change.decisions.items()}
        change.save(update_fields=["words", "decisions"])
    mentions.strike(Change.objects.filter(_of(erasure.person)), erasure.marks, *WORDS)
    mentions.strike(mentions.naming(Change.objects.all(), erasure.marks, *WORDS), erasure.marks, *WORDS)


section(
    "entry_changes",
    rank=1,
    title=_("Changes in the directory"),
    columns={
        "entry": _("Entry"),
        "made_at": _("Made"),
        "state": _("State"),
        "is_author": _("You wrote it"),
        "is_reviewer": _("You decided"),
        "values": _("What was to be said"),
        "visibility": _("Who sees it"),
        "decisions": _("What was decided"),
        "picture": _("Photo"),
        "words": _("What was said"),
        "decided_at": _("Decided"),
    },
    models=(Change,),
    collect=_changes,
    erase=_erase,
    hidden=("values", "decisions"),
)

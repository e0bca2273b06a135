"""Who sees which field of an entry: the one place that decides, for pages, the API, search and exports alike.

A door asks once who the viewer is (`standing_of`) and reads entries through `Seen`, which gives an empty value for
what the viewer may not see: a template or a resolver cannot forget to ask.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.auth.models import AnonymousUser

from network.entry_fields import ORGANISATION_FIELDS, PROFILE_FIELDS, EntryField, fields_of
from network.models import Membership, Organisation, Person, Profile, Visibility

KEEPERS = ("network.view_profile", "network.change_profile", "network.review_entry")
"""Whoever has one of these keeps the directory, and sees all of an entry."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What the viewer is to the directory, found once for a request."""

    person_id: int | None = None
    is_member: bool = False
    is_keeper: bool = False
    keeps: frozenset[int] = frozenset()

    def owns(self, row: Profile | Organisation) -> bool:
        """Whether the entry is the viewer's own, or that of an organisation whose entry they keep."""
        if isinstance(row, Profile):
            return self.person_id is not None and row.person_id == self.person_id
        return row.pk in self.keeps

    def may_see(self, row: Profile | Organisation, name: str) -> bool:
        """Whether the viewer may see the field `name` of an entry that they may see at all. Raises KeyError: none."""
        if self.is_keeper or self.owns(row):
            fields_of(row)[name]
            return True
        wanted = chosen(row, fields_of(row)[name])
        return wanted == Visibility.PUBLIC or (wanted == Visibility.MEMBERS and self.is_member)


NOBODY = Standing()


def standing_of(viewer: Person | AnonymousUser) -> Standing:
    """Return what the viewer is to the directory.

    A member of the network is somebody with a listed entry of their own, or with a place in a listed organisation.
    """
    if not viewer.is_authenticated:
        return NOBODY
    places = Membership.objects.filter(person=viewer).values_list("organisation_id", "role", "organisation__is_listed")
    rows = list(places)
    editing = {Membership.Role.OWNER.value, Membership.Role.EDITOR.value}
    is_member = any(listed for _pk, _role, listed in rows)
    return Standing(
        person_id=viewer.pk,
        is_member=is_member or Profile.objects.filter(person=viewer, is_listed=True).exists(),
        is_keeper=viewer.is_active and any(viewer.has_perm(permission) for permission in KEEPERS),
        keeps=frozenset(pk for pk, role, _listed in rows if role in editing),
    )


def chosen(row: Profile | Organisation, field: EntryField) -> Visibility:
    """Return who may see a field: what its owner chose, else its default. What may not be hidden is the default."""
    said = row.visibility.get(field.name) if field.may_hide and isinstance(row.visibility, dict) else None
    return Visibility(said) if said in Visibility.values else field.default


class Seen:
    """An entry as one viewer sees it: reads like the row, with an empty value for what is hidden from them.

    A field is read by the name of its column, of facts too, with or without its language: `seen.bio`, `seen.bio_en`,
    `seen.services`, `seen.ticket_min`. Rows of a relation come as a list. What is no field of `network.entry_fields`
    (the slug, the kind, whether it is listed) is read as it is; facts of a kind are not handed out whole.
    """

    def __init__(self, row: Profile | Organisation, standing: Standing = NOBODY) -> None:
        self.row = row
        self.standing = standing

    def __getattr__(self, name: str) -> Any:
        row = self.__dict__["row"]
        if name in FACTS:
            raise AttributeError(name)
        known = _paths(isinstance(row, Profile)).get(name)
        if known is None:
            return getattr(row, name)
        field, path = known
        is_shown = self.standing.may_see(row, field.name)
        if field.many:
            return list(getattr(row, path).all()) if is_shown else []
        value = _read(row, path)
        return value if is_shown else _blank(value)


FACTS = frozenset({"fund_facts", "startup_facts", "centre_facts", "club_facts"})


@cache
def _paths(of_people: bool) -> Mapping[str, tuple[EntryField, str]]:
    """By what may be written after the dot: the field that it belongs to, and where it stands."""
    paths: dict[str, tuple[EntryField, str]] = {}
    for field in (PROFILE_FIELDS if of_people else ORGANISATION_FIELDS).values():
        for column in field.columns:
            bare = column.removesuffix("_vi").removesuffix("_en")
            for path in (column, bare):
                paths[path.rsplit(".", 1)[-1]] = (field, path)
    return paths


def _read(row: Profile | Organisation, path: str) -> Any:
    facts, _dot, name = path.rpartition(".")
    holder = getattr(row, facts, None) if facts else row
    return getattr(holder, name) if holder is not None else None


def _blank(value: Any) -> Any:
    """What stands for a hidden value: text, files and phone numbers are empty, lists too, anything else is none."""
    if isinstance(value, list | dict):
        return type(value)()
    return None if value is None or isinstance(value, bool | int | float) else ""

"""The world of the visibility matrix: entries of every kind, each field of which holds a value found nowhere else."""

import re
from base64 import b32encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from django.db.models import BigIntegerField, BooleanField, EmailField, FileField, Model, SmallIntegerField, URLField
from phonenumber_field.modelfields import PhoneNumberField

from cms.tree import ensure_tree
from events.models import Event, Session, Speaker
from network.entry_fields import EntryField, fields_of
from network.models import (
    CentreFacts,
    ClubFacts,
    FundFacts,
    Membership,
    Organisation,
    Person,
    Profile,
    Relationship,
    Skill,
    StartupFacts,
    Visibility,
)
from tests.api.newsroom import article
from tests.factories import NOW, OrganisationFactory, PersonFactory, ProfileFactory, SectorFactory, open_event

Entry = Profile | Organisation
FACTS: dict[str, type[Model]] = {
    "fund_facts": FundFacts,
    "startup_facts": StartupFacts,
    "centre_facts": CentreFacts,
    "club_facts": ClubFacts,
}
KINDS = {
    "fund_facts": "VENTURE_FUND",
    "startup_facts": "STARTUP",
    "centre_facts": "INCUBATOR",
    "club_facts": "UNIVERSITY_CLUB",
}
OTHER = 1000
"""The base of the other values."""
CHOSEN: dict[str, tuple[Any, Any]] = {
    "availability": ("OPEN", "LIMITED"),
    "languages": ("vi", "vi,en"),
    "currency": ("VND", "USD"),
    "stages": (["SEED"], ["GROWTH"]),
    "stage": ("SEED", "GROWTH"),
}
"""Columns that hold one of a few values: no marker can stand there, so they are told apart by what changes."""
SEES = {
    "anonymous": {Visibility.PUBLIC},
    "stranger": {Visibility.PUBLIC},
    "member": {Visibility.PUBLIC, Visibility.MEMBERS},
    **{caller: set(Visibility) for caller in ("owner", "reviewer", "staff")},
}
"""What the contract says, written down once more: the matrix asks no rule that it judges."""


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A value planted in a field of an entry, and how it is recognised in an answer."""

    entry: str
    name: str
    pattern: "re.Pattern[str]"
    search: str = ""


@dataclass
class World:
    """Everything that doors lead to."""

    owner: Person
    profile: Profile
    organisations: dict[str, Organisation]
    event: Event
    callers: dict[str, Person | None]
    marks: list[Mark] = field(default_factory=list)

    @property
    def entries(self) -> list[Entry]:
        """The person and one organisation of each kind with facts."""
        return [self.profile, *self.organisations.values()]

    def show(self, chosen: Visibility | None) -> None:
        """Let every field that may be hidden be seen by `chosen`; None: by its default."""
        for entry in self.entries:
            said = {name: str(chosen) for name, known in fields_of(entry).items() if known.may_hide} if chosen else {}
            type(entry)._default_manager.filter(pk=entry.pk).update(visibility=said)


def wanted(entry: Entry, known: EntryField, chosen: Visibility | None) -> Visibility:
    """Who is to see a field, as the contract says."""
    return chosen if chosen is not None and known.may_hide else known.default


def make() -> World:
    """Make it: the owner of all has a place in each organisation; they are related, and stand at an event, in news."""
    owner = PersonFactory.create(full_name="Chu Tất Cả")
    profile = ProfileFactory.create(person=owner, slug="chu-tat-ca", roles=["MENTOR", "FOUNDER"])
    organisations = {facts: _organisation(facts, owner) for facts in FACTS}
    centre, startup = organisations["centre_facts"], organisations["startup_facts"]
    Organisation.objects.filter(pk=startup.pk).update(parent=centre)
    for kind, source in (("INVESTED_IN", organisations["fund_facts"]), ("INCUBATES", centre)):
        Relationship.objects.create(kind=kind, organisation=source, target=startup)
    Relationship.objects.create(kind="MENTORS", profile=profile, target=organisations["club_facts"])
    world = World(owner, profile, organisations, _event(profile, centre), _callers(owner))
    plant(world, OTHER)  # so that the list of skills is the same before and after
    plant(world, 0)
    return world


def _organisation(facts: str, owner: Person) -> Organisation:
    made = OrganisationFactory.create(kind=KINDS[facts], slug=facts.replace("_", "-"))
    made.sectors.add(SectorFactory.create())
    FACTS[facts].objects.create(organisation=made)  # type: ignore[attr-defined]  # a model of ours
    Membership.objects.create(person=owner, organisation=made, role="OWNER", is_public=True, title="Chủ")
    return made


def _event(profile: Profile, centre: Organisation) -> Event:
    ensure_tree()
    event = open_event(organiser_id=centre.pk)
    session = Session.objects.create(event=event, title_vi="Phiên", starts_at=event.starts_at, ends_at=event.ends_at)
    session.speakers.add(Speaker.objects.create(name="An", organisation=centre, person=profile.person))
    article(event)
    return event


def _callers(owner: Person) -> dict[str, Person | None]:
    reviewer = PersonFactory.create()
    known = Permission.objects.filter(codename__in=["review_entry", "view_profile"]).order_by("codename")
    reviewer.user_permissions.add(known.get(codename="view_profile"))
    return {
        "anonymous": None,
        "stranger": PersonFactory.create(),
        "member": ProfileFactory.create(slug="hoi-vien").person,
        "owner": owner,
        "reviewer": reviewer,
        "staff": PersonFactory.create(is_superuser=True, is_staff=True),
    }


def plant(world: World, base: int) -> None:
    """Write into each column of each field a value of its own; another `base`, other values."""
    world.marks.clear()
    number = base
    for entry in world.entries:
        for known in fields_of(entry).values():
            for column in known.columns:
                number += 1
                for pattern, search in _written(entry, known, column, number):
                    mark = re.compile(pattern, re.IGNORECASE)
                    world.marks.append(Mark(entry=entry.slug, name=known.name, pattern=mark, search=search))
        for holder in (entry, *(getattr(entry, facts, None) for facts in FACTS)):
            if holder is not None:
                holder.save()


def _written(entry: Entry, known: EntryField, column: str, number: int) -> Iterator[tuple[str, str]]:
    """Write one column; give what to look for."""
    word = _word(number)
    if known.many:
        yield from _rows(entry, known, word)
        return
    path, _dot, name = column.rpartition(".")
    holder: Any = getattr(entry, path, None) if path else entry
    if holder is None:
        return
    value, pattern, search = _value(holder, name, number, word)
    if name == "photo" or name == "logo":
        getattr(holder, name).save(f"{word}.png", ContentFile(PICTURE), save=False)
    else:
        setattr(holder, name, value)
    if pattern:
        yield pattern, search


def _rows(entry: Entry, known: EntryField, word: str) -> Iterator[tuple[str, str]]:
    if known.name in {"needs", "skills"}:
        words = {"name_vi": f"Biết {word}", "name_en": f"Knows {word}"}
        skill = Skill.objects.get_or_create(code=word, defaults=words)[0]
        getattr(entry, known.name).set([skill])
        yield rf"\b{word}\b", word
    elif known.name == "funding_rounds":
        entry.funding_rounds.all().delete()  # type: ignore[union-attr]  # an organisation's
        round_ = {"stage": "SEED", "announced_on": NOW.date(), "source_url": f"https://{word}.example/"}
        entry.funding_rounds.create(investors=word, **round_)  # type: ignore[union-attr]
        yield rf"\b{word}\b", word
    elif known.name == "intellectual_property":
        entry.intellectual_property.all().delete()  # type: ignore[union-attr]
        entry.intellectual_property.create(kind="PATENT", title=word)  # type: ignore[union-attr]
        yield rf"\b{word}\b", word


def _value(holder: Any, name: str, number: int, word: str) -> tuple[Any, str, str]:
    """A value for a column, the pattern that finds it in an answer, and the word that a search would be asked with."""
    column = holder._meta.get_field(name)
    second = number > 500
    if name in CHOSEN:
        return CHOSEN[name][second], "", ""
    if isinstance(column, BooleanField):
        return not second, "", ""
    if isinstance(column, PhoneNumberField):
        return f"+8491{number:07d}", rf"91[ .]?{_spaced(f'{number:07d}')}", f"91{number:07d}"
    if name in {"latitude", "longitude"}:
        return round((20 if name == "latitude" else 106) + number / 9973, 6), "", ""
    if isinstance(column, BigIntegerField | SmallIntegerField) or column.get_internal_type().endswith("IntegerField"):
        figure = 21_000 + number
        return figure, rf"(?<![\d.]){str(figure)[:2]}[.,\u00a0 ]?{str(figure)[2:]}(?!\d)", ""
    if name == "links":
        return [f"https://{word}.example/"], word, word
    if isinstance(column, URLField):
        return f"https://{word}.example/", word, word
    if isinstance(column, EmailField):
        return f"{word}@rieng.example", word, word
    if isinstance(column, FileField):
        return None, word, ""
    return word, rf"\b{word}", word


def _word(number: int) -> str:
    """A word that no search that forgives slips takes for another."""
    return "zq" + b32encode(sha256(str(number).encode()).digest()).decode().lower()[:9]


def _spaced(digits: str) -> str:
    return "[ .]?".join(digits)


PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)

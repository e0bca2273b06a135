"""Who has to do with whom: told from both sides, with dates, and only where both sides are in the directory.

That an organisation belongs to another is its `parent`; it is told here with the rest, as BELONGS_TO.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from network.models import Membership, Organisation, Person, Profile, Relationship

BELONGS_TO: Final = "BELONGS_TO"
MEMBERSHIP: Final = "MEMBERSHIP"
Kind = Relationship.Kind

TELLING: Final = {
    (BELONGS_TO, True): _("Belongs to"),
    (BELONGS_TO, False): _("Moored alongside"),
    (Kind.RUNS, True): _("Runs"),
    (Kind.RUNS, False): _("Run by"),
    (Kind.FOUNDED, True): _("Founded"),
    (Kind.FOUNDED, False): _("Founded by"),
    (Kind.INVESTED_IN, True): _("Invested in"),
    (Kind.INVESTED_IN, False): _("Investors"),
    (Kind.MENTORS, True): _("Is a mentor of"),
    (Kind.MENTORS, False): _("Mentored by"),
    (Kind.INCUBATES, True): _("Incubates"),
    (Kind.INCUBATES, False): _("Incubated by"),
    (Kind.PARTNERS_WITH, True): _("Partners"),
    (Kind.PARTNERS_WITH, False): _("Partners"),
    (Kind.SUPPORTED, True): _("Supplied support to"),
    (Kind.SUPPORTED, False): _("Support received from"),
}
"""What stands over the other party, by kind and by whether the reader's subject is the source. In a page's order."""
ORDER: Final = {key: place for place, key in enumerate(TELLING)}


@dataclass(frozen=True, kw_only=True)
class Relation:
    """One relation as its subject tells it: `party` is the other side. A parent's or child's has no `pk`."""

    kind: str
    is_source: bool
    party: Organisation | Profile
    since: date | None = None
    until: date | None = None
    note: str = ""
    source_url: str = ""
    pk: int | None = None

    @property
    def label(self) -> str:
        """What stands over the other party, in the active language."""
        return str(TELLING[self.kind, self.is_source])

    @property
    def name(self) -> str:
        """The other party's name."""
        return str(self.party)

    @property
    def is_person(self) -> bool:
        """Whether the other party is a person."""
        return isinstance(self.party, Profile)

    def is_over(self, day: date) -> bool:
        """Whether it had ended by `day`."""
        return self.until is not None and self.until < day


def of_organisations(rows: Iterable[Organisation]) -> Mapping[int, list[Relation]]:
    """Return the relations of each organisation, by its key: as many statements for many as for one."""
    homes = {row.pk: row.parent_id for row in rows}
    told: dict[int, list[Relation]] = defaultdict(list)
    for row in _shown().filter(Q(organisation__in=homes) | Q(target__in=homes)):
        if row.organisation_id is not None and row.organisation_id in homes:
            told[row.organisation_id].append(_relation(row, row.target, is_source=True))
        source = row.organisation or row.profile
        if row.target_id in homes and source is not None:
            told[row.target_id].append(_relation(row, source, is_source=False))
    listed = Organisation.objects.filter(is_listed=True)
    above = {each.pk: each for each in listed.filter(pk__in=[pk for pk in homes.values() if pk])}
    for pk, parent in homes.items():
        if parent is not None and parent in above:
            told[pk].append(Relation(kind=BELONGS_TO, is_source=True, party=above[parent]))
    for child in listed.filter(parent__in=homes):
        told[child.parent_id or 0].append(Relation(kind=BELONGS_TO, is_source=False, party=child))
    return {pk: _in_order(told[pk]) for pk in homes}


def of_people(rows: Iterable[Profile]) -> Mapping[int, list[Relation]]:
    """Return the relations of each person's entry, by its key: as many statements for many as for one."""
    told: dict[int, list[Relation]] = {row.pk: [] for row in rows}
    for row in _shown().filter(profile__in=told):
        told[row.profile_id or 0].append(_relation(row, row.target, is_source=True))
    return {pk: _in_order(found) for pk, found in told.items()}


def _shown() -> QuerySet[Relationship]:
    """Those that are to be shown, and both sides of which are in the directory."""
    sources = Q(organisation__is_listed=True) | Q(profile__is_listed=True, profile__person__is_active=True)
    rows = Relationship.objects.filter(sources, is_public=True, target__is_listed=True)
    return rows.select_related("organisation", "profile__person", "target").prefetch_related("profile__roles")


def _relation(row: Relationship, party: Organisation | Profile, *, is_source: bool) -> Relation:
    return Relation(
        kind=row.kind,
        is_source=is_source,
        party=party,
        since=row.since,
        until=row.until,
        note=row.note,
        source_url=row.source_url,
        pk=row.pk,
    )


def _in_order(relations: list[Relation]) -> list[Relation]:
    """By kind and side; what lasts before what is over, the latest first."""
    return sorted(
        relations,
        key=lambda each: (
            ORDER[each.kind, each.is_source],
            each.until is not None,
            -(each.since or date.min).toordinal(),
            each.name,
        ),
    )


@dataclass(frozen=True, kw_only=True)
class Tie:
    """What ties a person to an organisation: a kind of relationship, MEMBERSHIP or BELONGS_TO.

    `via` is the person's organisation that it runs through; None: the person themself.
    """

    kind: str
    via: Organisation | None = None
    since: date | None = None
    until: date | None = None


def conflicts_of_interest(*, person: Person, organisation: Organisation) -> list[Tie]:
    """Return whatever ties a person to an organisation, shown in the directory or not, over or not.

    For those who must not be partial (judges, reviewers) and for suggestions: never told to somebody else.
    """
    homes = {row.organisation_id: row.organisation for row in _places(person)}
    ties = [Tie(kind=MEMBERSHIP)] if homes.pop(organisation.pk, None) else []
    through = Q(profile__person=person, target=organisation)
    through |= Q(organisation__in=homes, target=organisation) | Q(organisation=organisation, target__in=homes)
    for row in Relationship.objects.filter(through).order_by("pk"):
        via = homes.get(row.organisation_id or 0) or homes.get(row.target_id)
        ties.append(Tie(kind=row.kind, via=via, since=row.since, until=row.until))
    for home in homes.values():
        if home.parent_id == organisation.pk or organisation.parent_id == home.pk:
            ties.append(Tie(kind=BELONGS_TO, via=home))
    return ties


def _places(person: Person) -> QuerySet[Membership]:
    return Membership.objects.filter(person=person).select_related("organisation")

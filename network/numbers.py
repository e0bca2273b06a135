"""The numbers of the network, counted anew whenever they are asked for, beside what the city's plan wants."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from network.models import Organisation, Visibility
from network.models.sector import Sector
from network.targets import TARGETS, Target

Kind = Organisation.Kind


@dataclass(frozen=True, kw_only=True)
class Counted:
    """How many there are of something. `value` is what the directory filters by."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, kw_only=True)
class Progress:
    """A target of the plan, and how many there are."""

    target: Target
    count: int

    @property
    def is_met(self) -> bool:
        """Whether there are as many as the plan wants."""
        return self.count >= self.target.wanted


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """All of them, those of which there are none left out; years in their order, the rest by how many."""

    total: int
    by_kind: list[Counted]
    by_sector: list[Counted]
    by_year: list[Counted]
    by_ward: list[Counted]
    targets: list[Progress]


def network_numbers() -> Numbers:
    """Count the listed organisations: by kind, sector, founding year and ward, and for each target of the plan."""
    listed = Organisation.objects.filter(is_listed=True).order_by()
    kinds = dict(listed.values_list("kind").annotate(Count("pk")))
    years = listed.filter(_public("founded_year"), founded_year__isnull=False)
    wards = listed.exclude(ward="").values_list("ward").annotate(count=Count("pk"))
    return Numbers(
        total=sum(kinds.values()),
        by_kind=_largest([Counted(value=kind, label=str(Kind(kind).label), count=kinds[kind]) for kind in kinds]),
        by_sector=_largest(_by_sector()),
        by_year=[
            Counted(value=str(year), label=str(year), count=count)
            for year, count in sorted(years.values_list("founded_year").annotate(Count("pk")))
        ],
        by_ward=_largest([Counted(value=ward, label=ward, count=count) for ward, count in wards]),
        targets=[Progress(target=target, count=_reached(target, listed, kinds)) for target in TARGETS],
    )


def _by_sector() -> list[Counted]:
    counted = Count("organisations", filter=Q(organisations__is_listed=True), distinct=True)
    rows = Sector.objects.annotate(count=counted)
    return [Counted(value=row.code, label=row.name, count=row.count) for row in rows if row.count]


def _largest(rows: list[Counted]) -> list[Counted]:
    return sorted(rows, key=lambda row: (-row.count, row.label))


def _public(field: str) -> Q:
    """Of a hidden field not even the number is told. The field is public by default."""
    return Q(**{f"visibility__{field}__isnull": True}) | Q(**{f"visibility__{field}": Visibility.PUBLIC.value})


def _reached(target: Target, listed: QuerySet[Organisation], kinds: dict[str, int]) -> int:
    if target.code == "startups":
        return kinds.get(Kind.STARTUP, 0)
    if target.code == "vc-connected":
        return kinds.get(Kind.VENTURE_FUND, 0)
    if target.code == "vc-offices":
        funds = listed.filter(_public("offices"), kind=Kind.VENTURE_FUND, fund_facts__has_local_office=True)
        return funds.count()
    centres = listed.filter(kind=Kind.SATELLITE_CENTRE, club_facts__university_vi__gt="")
    return kinds.get(Kind.UNIVERSITY_CLUB, 0) + centres.count()

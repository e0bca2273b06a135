"""Who comes into question, found in the database: so many of the best that the exact weighing has little to do.

What decides here is public, or seen by the viewer: a hidden need must not show by who is suggested. Equal ones are put
in an order of their own for each asker, so that it is not always the same people who are found first.
"""

from collections import Counter
from collections.abc import Iterable
from heapq import nsmallest
from typing import Any

from django.db.models import Count, Q, QuerySet

from network.models import Organisation, Profile, Role, Visibility
from network.suggestions.kinds import FUNDS, Entry, Kind
from network.suggestions.ties import Ties
from network.visibility import Seen, Standing

SKILLED: Any = Profile.skills.through
WORKING: Any = Profile.sectors.through
NEEDING: Any = Organisation.needs.through
DOING: Any = Organisation.sectors.through
MOST = 80
NEED, SECTOR, STAGE = 10, 5, 8


def found(kind: Kind, subject: Seen, standing: Standing, ties: Ties) -> list[int]:
    """Return the numbers of the entries to be weighed, of profiles or of organisations."""
    scores: Counter[int] = Counter()
    if kind is Kind.MENTORS:
        _add(scores, _skilled(subject.needs), "profile_id", NEED)
        _add(scores, _profiles_of(subject.sectors), "profile_id", SECTOR)
        left_out = ties.profiles
    else:
        if isinstance(subject.row, Profile):
            _add(scores, _needing(subject.skills, standing), "organisation_id", NEED)
        _add(scores, _organisations_of(subject.sectors, kind), "organisation_id", SECTOR)
        left_out = ties.organisations
    if not isinstance(subject.row, Profile) and kind is not Kind.MENTORS:
        _by_stage(scores, kind, subject)
    for number in left_out:
        scores.pop(number, None)
    return nsmallest(MOST, scores, key=lambda number: (-scores[number], _mixed(subject.row, number)))


def _mixed(subject: Entry, number: int) -> int:
    return (number * 2_654_435_761 + subject.pk * 40_503) & 0xFFFFFFFF


def _add(scores: "Counter[int]", rows: QuerySet[Any], key: str, weight: int) -> None:
    counted = rows.order_by().values(key).annotate(matching=Count("pk")).values_list(key, "matching")
    for number, matching in counted:
        scores[number] += weight * min(matching, 3)


def _listed(path: str) -> dict[str, bool]:
    return {f"{path}__is_listed": True, f"{path}__takes_suggestions": True}


def _mentoring(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Of rows about profiles: those of mentors who take on more."""
    mentors = Role.objects.filter(kind=Role.Kind.MENTOR, until=None).values("profile_id")
    return rows.filter(**_listed("profile"), profile__person__is_active=True, profile_id__in=mentors).exclude(
        profile__availability=Profile.Availability.PAUSED
    )


def _skilled(needs: Iterable[Any]) -> QuerySet[Any]:
    return _mentoring(SKILLED.objects.filter(skill__in=[skill.pk for skill in needs]))


def _profiles_of(sectors: Iterable[Any]) -> QuerySet[Any]:
    return _mentoring(WORKING.objects.filter(sector__in=[sector.pk for sector in sectors]))


def _organisations_of(sectors: Iterable[Any], kind: Kind) -> QuerySet[Any]:
    kinds = FUNDS if kind is Kind.FUNDS else (Organisation.Kind.STARTUP,)
    rows: QuerySet[Any] = DOING.objects.filter(sector__in=[sector.pk for sector in sectors])
    return rows.filter(**_listed("organisation"), organisation__kind__in=kinds)


def _needing(skills: Iterable[Any], standing: Standing) -> QuerySet[Any]:
    """Startups that look for one of these skills and show it to the viewer."""
    rows: QuerySet[Any] = NEEDING.objects.filter(skill__in=[skill.pk for skill in skills])
    rows = rows.filter(**_listed("organisation"), organisation__kind=Organisation.Kind.STARTUP)
    if standing.is_keeper:
        return rows
    shown = [Visibility.PUBLIC, *([Visibility.MEMBERS] if standing.is_member else [])]
    said = "organisation__visibility__needs"
    return rows.filter(Q(**{f"{said}__isnull": True}) | Q(**{f"{said}__in": [str(each) for each in shown]}))


def _by_stage(scores: "Counter[int]", kind: Kind, subject: Seen) -> None:
    """A fund's stages and a startup's stage: those that fit gain, those that are known not to fit are out."""
    for number, fits in _fitting(kind, subject):
        if fits:
            scores[number] += STAGE
        else:
            scores.pop(number, None)


def _fitting(kind: Kind, subject: Seen) -> Iterable[tuple[int, bool]]:
    if kind is Kind.STARTUPS:
        stages = subject.stages or []
        rows = Organisation.objects.filter(is_listed=True, takes_suggestions=True, kind=Organisation.Kind.STARTUP)
        known = rows.exclude(startup_facts__stage="").exclude(startup_facts=None)
        pairs = known.order_by().values_list("pk", "startup_facts__stage") if stages else ()
        return ((number, stage in stages) for number, stage in pairs)
    stage = subject.stage
    rows = Organisation.objects.filter(is_listed=True, takes_suggestions=True, kind__in=FUNDS)
    lists = rows.exclude(fund_facts=None).order_by().values_list("pk", "fund_facts__stages") if stage else ()
    return ((number, stage in stages) for number, stages in lists if stages)

"""What speaks for a suggestion: read through `visibility.Seen`, so that no reason tells what the viewer may not see."""

from collections.abc import Iterator
from typing import Any

from network.models import Organisation, Person, Profile
from network.suggestions.kinds import Code, Kind, Reason
from network.visibility import Seen

AVAILABLE = {Profile.Availability.OPEN: 3, Profile.Availability.LIMITED: 1}
MOST_NAMED = 3


def reasons(
    kind: Kind, subject: Seen, found: Seen, *, viewer: Person, shared: Organisation | None
) -> tuple[Reason, ...]:
    """Return why `found` is suggested to `subject`, the weightiest first."""
    known = [
        *_needs(kind, subject, found),
        *_named(Code.SECTOR, 5, subject.sectors, found.sectors),
        *_stage(kind, subject, found),
        *_surroundings(subject, found, shared),
        *_person(found, viewer),
    ]
    return tuple(sorted(known, key=lambda reason: -reason.weight))


def _needs(kind: Kind, subject: Seen, found: Seen) -> Iterator[Reason]:
    if kind is Kind.MENTORS:
        yield from _named(Code.NEED, 10, subject.needs, found.skills)
    elif isinstance(subject.row, Profile):
        yield from _named(Code.NEED, 10, subject.skills, found.needs)


def _named(code: Code, weight: int, wanted: list[Any], offered: list[Any]) -> Iterator[Reason]:
    """What stands on both sides: skills, fields of work."""
    keys = {row.pk for row in offered}
    both = sorted((row for row in wanted if row.pk in keys), key=lambda row: row.pk)[:MOST_NAMED]
    if both:
        yield Reason(code=code, weight=weight * len(both), facts={"named": both})


def _stage(kind: Kind, subject: Seen, found: Seen) -> Iterator[Reason]:
    if kind is Kind.MENTORS or isinstance(subject.row, Profile):
        return
    fund, startup = (found, subject) if kind is Kind.FUNDS else (subject, found)
    stage = startup.stage
    if stage and stage in (fund.stages or []):
        yield Reason(code=Code.STAGE, weight=8, facts={"stage": stage})
        if kind is Kind.FUNDS and (fund.ticket_min or fund.ticket_max):
            ticket = {"least": fund.ticket_min, "most": fund.ticket_max, "currency": fund.currency}
            yield Reason(code=Code.TICKET, weight=1, facts=ticket)
    if kind is Kind.STARTUPS and startup.raises_now:
        yield Reason(code=Code.RAISES, weight=4)


def _surroundings(subject: Seen, found: Seen, shared: Organisation | None) -> Iterator[Reason]:
    if shared is not None:
        yield Reason(code=Code.COMMON, weight=4, facts={"organisation": shared})
    if subject.ward and subject.ward == found.ward:
        yield Reason(code=Code.NEAR, weight=2, facts={"ward": found.ward})


def _person(found: Seen, viewer: Person) -> Iterator[Reason]:
    if not isinstance(found.row, Profile):
        return
    spoken = [code.strip() for code in (found.languages or "").split(",")]
    if viewer.preferred_language != "vi" and viewer.preferred_language in spoken:
        yield Reason(code=Code.LANGUAGE, weight=2, facts={"language": viewer.preferred_language})
    weight = AVAILABLE.get(found.availability, 0)
    if weight:
        yield Reason(code=Code.AVAILABLE, weight=weight, facts={"availability": str(found.availability)})

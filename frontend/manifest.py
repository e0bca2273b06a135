"""What stands large on the page of an organisation: a fund's tickets, a startup's stage, a centre's places."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from frontend.amounts import amount, amounts
from network.models import FundingRound, Stage
from network.visibility import Seen


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One of them. `note` stands small below it."""

    label: str
    value: str
    note: str = ""


def manifest(seen: Seen) -> list[Fact]:
    """Return what there is to be told of an organisation, by what it has and the viewer may see."""
    return [fact for fact in (*_fund(seen), *_startup(seen), *_club(seen), *_centre(seen)) if fact.value]


def stages(codes: Iterable[str]) -> str:
    """Return the stages' names in the order of a company's life."""
    known = set(codes)
    return ", ".join(str(stage.label) for stage in Stage if stage.value in known)


def raised(rounds: Iterable[FundingRound]) -> str:
    """Return what was raised so far, a sum for each currency."""
    sums: dict[str, int] = defaultdict(int)
    for each in rounds:
        sums[each.currency] += each.amount or 0
    return " + ".join(amount(value, currency) for currency, value in sorted(sums.items(), reverse=True) if value)


def _fund(seen: Seen) -> Iterator[Fact]:
    yield Fact(label=_("Ticket size"), value=amounts(seen.ticket_min, seen.ticket_max, seen.currency or "VND"))
    yield Fact(label=_("Invests at"), value=stages(seen.stages or []))
    local = _("With an office in Hai Phong") if seen.has_local_office else ""
    yield Fact(label=_("Offices"), value=seen.offices or "", note=local if seen.offices else "")
    yield Fact(
        label=_("Size of the fund"), value=amount(seen.fund_size, seen.currency or "VND") if seen.fund_size else ""
    )


def _startup(seen: Seen) -> Iterator[Fact]:
    raises = _("Looks for investment now") if seen.raises_now else ""
    yield Fact(label=_("Stage"), value=stages([seen.stage or ""]), note=raises)
    size = seen.team_size or 0
    yield Fact(
        label=_("Team"), value=ngettext("%(count)s person", "%(count)s people", size) % {"count": size} if size else ""
    )
    rounds = seen.funding_rounds
    told = ngettext("in %(count)s round", "in %(count)s rounds", len(rounds)) % {"count": len(rounds)}
    yield Fact(label=_("Raised so far"), value=raised(rounds), note=told)


def _club(seen: Seen) -> Iterator[Fact]:
    yield Fact(label=_("University"), value=seen.university or "")
    yield Fact(label=_("Members of the club"), value=_whole(seen.members))


def _centre(seen: Seen) -> Iterator[Fact]:
    yield Fact(label=_("Work places"), value=_whole(seen.capacity))
    yield Fact(label=_("Area"), value=f"{_whole(seen.area_m2)}\u00a0m²" if seen.area_m2 else "")


def _whole(number: int | None) -> str:
    return number_format(number, force_grouping=True) if number else ""

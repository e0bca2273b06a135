"""What is suggested to whom."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from network.models import Organisation, Profile
from network.refusals import Invalid
from network.visibility import Seen

Entry = Profile | Organisation
Kinds = Organisation.Kind
FUNDS = (Kinds.VENTURE_FUND, Kinds.PUBLIC_FUND, Kinds.ANGEL_INVESTOR)


class Kind(StrEnum):
    """Of suggestions."""

    MENTORS = "MENTORS"
    STARTUPS = "STARTUPS"
    FUNDS = "FUNDS"


class Code(StrEnum):
    """Of reasons. The first four carry a suggestion, the others add to one."""

    NEED = "NEED"
    SECTOR = "SECTOR"
    STAGE = "STAGE"
    RAISES = "RAISES"
    TICKET = "TICKET"
    COMMON = "COMMON"
    LANGUAGE = "LANGUAGE"
    NEAR = "NEAR"
    AVAILABLE = "AVAILABLE"


CARRYING = frozenset({Code.NEED, Code.SECTOR, Code.STAGE})


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One “because”: what it is about (rows, amounts, codes), and how much it weighs."""

    code: Code
    weight: int
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """An entry as the viewer sees it, with the reasons, the weightiest first."""

    entry: Seen
    reasons: tuple[Reason, ...]

    @property
    def score(self) -> int:
        """What all reasons weigh."""
        return sum(reason.weight for reason in self.reasons)


def kinds_for(entry: Entry) -> list[Kind]:
    """Return what may be suggested to an entry."""
    if isinstance(entry, Profile):
        return [Kind.STARTUPS]
    if entry.kind in FUNDS:
        return [Kind.STARTUPS]
    return [Kind.MENTORS, Kind.FUNDS] if entry.kind == Kinds.STARTUP else [Kind.MENTORS]


def refuse_unfit(entry: Entry, kind: str) -> Kind:
    """Return the kind. Raises Invalid at `kind`: unknown, or not for such an entry."""
    if kind not in kinds_for(entry):
        raise Invalid(field="kind", reason="unknown")
    return Kind(kind)

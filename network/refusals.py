"""Refusals: what a rule says when it will not act.

A refusal says what is true, carries a stable code and the facts, and no wording: the doors word it (see `wording`).
"""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar


class Refusal(Exception):
    """Base of all refusals. `code` is part of the API; `field` names the input that the refusal is about."""

    code: ClassVar[str] = "REFUSED"
    field: ClassVar[str] = ""

    def __init__(self, **facts: Any) -> None:
        self.facts = facts
        super().__init__(self.code)


class NotPermitted(Refusal):
    """The actor may not do this."""

    code = "NOT_PERMITTED"


class NotFound(Refusal):
    """There is no such thing, or the actor may not know of it."""

    code = "NOT_FOUND"


class Invalid(Refusal):
    """An input does not have the form it must have. Facts: `field`, and `reason` (a code in lower case)."""

    code = "INVALID"

    def __init__(self, *, field: str, reason: str, **facts: Any) -> None:
        super().__init__(reason=reason, **facts)
        self.field = field  # type: ignore[misc]  # this refusal alone names its field by instance


class ConsentRequired(Refusal):
    """Nobody is registered without having agreed that their data are used for it."""

    code = "CONSENT_REQUIRED"
    field = "consents"


class LastAdministrator(Refusal):
    """Somebody must be left who can give others their rights."""

    code = "LAST_ADMINISTRATOR"


class TooManyTries(Refusal):
    """Somebody did this too often in too short a time. Facts: `seconds` and `minutes` until it is open again."""

    code = "TOO_MANY_TRIES"


class TooManyLists(Refusal):
    """Somebody keeps as many lists as one may. Facts: `most`."""

    code = "TOO_MANY_LISTS"
    field = "name"


class IdempotencyKeyReused(Refusal):
    """The key was used for another act, or for another input."""

    code = "IDEMPOTENCY_KEY_REUSED"
    field = "idempotency_key"


class AlreadyRelated(Refusal):
    """The same relationship lasts already."""

    code = "ALREADY_RELATED"


class RelationshipEnded(Refusal):
    """It was over before. Facts: `until`, the day."""

    code = "RELATIONSHIP_ENDED"


class Several(Refusal):
    """Several inputs do not have the form they must have: each is told at its field. `refusals` holds them."""

    code = "INVALID"

    def __init__(self, refusals: list[Refusal]) -> None:
        self.refusals = refusals
        super().__init__(reason="several")


def each(refusal: Refusal) -> list[Refusal]:
    """Return what a refusal consists of: itself, or the several that it holds."""
    return refusal.refusals if isinstance(refusal, Several) else [refusal]


def gather(*checks: Callable[[], Any]) -> list[Any]:
    """Make every check, though others refuse; return what they return. Raises the one refusal, or Several."""
    refused: list[Refusal] = []
    results = []
    for check in checks:
        try:
            results.append(check())
        except Refusal as refusal:
            refused += each(refusal)
    raise_all(refused)
    return results


def raise_all(refused: Iterable[Refusal]) -> None:
    """Raise what was refused: nothing, the one refusal as it is, or Several."""
    known = list(refused)
    if len(known) > 1:
        raise Several(known)
    if known:
        raise known[0]


class ChangeNotWaiting(Refusal):
    """Somebody else decided, or its author took it back or is asked for more. Facts: `state`, `at`, `reviewer`."""

    code = "CHANGE_NOT_WAITING"


class ChangeAmended(Refusal):
    """Its author amended the change while it was being read. Facts: `version`."""

    code = "CHANGE_AMENDED"


class EntryMoved(Refusal):
    """The entry says something else by now than what the change was made from. Facts: `fields`, their names."""

    code = "ENTRY_MOVED"


class DirectoryConsentRequired(Refusal):
    """Nobody is shown in the directory without having agreed to it."""

    code = "DIRECTORY_CONSENT_REQUIRED"
    field = "is_listed"

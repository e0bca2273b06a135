"""Refusals: what a rule says when it will not act.

A refusal says what is true, carries a stable code and the facts, and no wording: the doors word it (see `wording`).
"""

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

"""Short texts of organisers: names of ticket types and pools, questions, choices, notes."""

from network.refusals import Invalid

LONGEST = 80


def label(text: str, *, field: str, limit: int = LONGEST, required: bool = True) -> str:
    """Return a short text with its white space collapsed and nothing unprintable in it.

    Raises Invalid at `field`: required, too_long.
    """
    name = " ".join("".join(character if character.isprintable() else " " for character in text).split())
    if required and not name:
        raise Invalid(field=field, reason="required")
    if len(name) > limit:
        raise Invalid(field=field, reason="too_long", limit=limit)
    return name

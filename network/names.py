"""Names of people: what may stand on a ticket, in a letter's greeting and on the screen at the door."""

from network.refusals import Invalid

LONGEST = 120
FOREIGN = frozenset("<>@=/\\{}[]|")
"""No name needs these; addresses, links and header tricks do, and a letter of greeting must carry none of them."""


def cleaned(text: str) -> str:
    """Return a full name with white space collapsed and nothing unprintable in it.

    Raises Invalid at `full_name`: required, too_long, not_a_name.
    """
    visible = "".join(character if character.isprintable() else " " for character in text)
    name = " ".join(visible.split())
    if not name:
        raise Invalid(field="full_name", reason="required")
    if len(name) > LONGEST:
        raise Invalid(field="full_name", reason="too_long", limit=LONGEST)
    if FOREIGN & set(name) or not any(character.isalpha() for character in name):
        raise Invalid(field="full_name", reason="not_a_name")
    return name

"""A party: the person who registers and those whom they bring along, each with a ticket of their own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from events.models import TicketType
from events.refusals import TooManyPlaces
from network import names, people
from network.models import Person
from network.refusals import Invalid, Refusal, each, gather, raise_all


@dataclass(frozen=True, kw_only=True)
class Companion:
    """Somebody who comes along. With an e-mail address they get the ticket themselves."""

    name: str
    email: str = ""


def cleaned(companions: Iterable[Companion], *, host: Person) -> list[Companion]:
    """Return the companions with clean names and addresses.

    Raises Invalid at `companions.<index>.name` or `companions.<index>.email`, or Several of them: also `repeated`,
    where an address is the host's own or another companion's.
    """
    seen = {host.email.lower()}
    result: list[Companion] = []
    refused: list[Refusal] = []
    for index, companion in enumerate(companions):
        try:
            name, email = gather(partial(_name, companion, index), partial(_email, companion, index, seen))
        except Refusal as refusal:
            refused += each(refusal)
        else:
            seen.add(email)
            result.append(Companion(name=name, email=email))
    raise_all(refused)
    return result


def _name(companion: Companion, index: int) -> str:
    try:
        return names.cleaned(companion.name)
    except Invalid as refusal:
        raise Invalid(field=f"companions.{index}.name", **refusal.facts) from refusal


def _email(companion: Companion, index: int, seen: set[str]) -> str:
    email = companion.email and people.email_cleaned(companion.email, field=f"companions.{index}.email")
    if email and email in seen:
        raise Invalid(field=f"companions.{index}.email", reason="repeated")
    return email


def refuse_too_many(ticket_type: TicketType, quantity: int) -> None:
    """Raise TooManyPlaces if one registration may not have so many places of this type."""
    if quantity > ticket_type.most_per_person:
        raise TooManyPlaces(most=ticket_type.most_per_person)


def stored(companions: Sequence[Companion]) -> list[dict[str, str]]:
    """Return companions as a registration keeps them until they have tickets."""
    return [{"name": companion.name, "email": companion.email} for companion in companions]


def restored(rows: Iterable[dict[str, str]]) -> list[Companion]:
    """Return companions as a registration kept them."""
    return [Companion(name=row["name"], email=row["email"]) for row in rows]

"""The network as a whole: its numbers, its funds side by side, and any person of it."""

from typing import Any

import graphene

from network import entry_pages, numbers
from network.doors import Permission
from network.targets import SOURCE

from ..batch import together
from ..permission import permitted
from .types import Organisation, Profile


class NetworkCount(graphene.ObjectType):
    """How many organisations there are of something."""

    value = graphene.String(required=True, description="A kind, a sector's code, a year, a ward.")
    label = graphene.String(required=True, description="The same in words.")
    count = graphene.Int(required=True)


class NetworkTarget(graphene.ObjectType):
    """What the city's plan wants by 2030, and how many there are."""

    code = graphene.String(required=True)
    name = graphene.String(required=True)
    wanted = graphene.Int(required=True)
    count = graphene.Int(required=True)
    is_met = graphene.Boolean(required=True)
    source = graphene.String(required=True, description="Where the target stands.")

    def resolve_code(self: Any, info: Any) -> str:
        return str(self.target.code)

    def resolve_name(self: Any, info: Any) -> str:
        return str(self.target.name)

    def resolve_wanted(self: Any, info: Any) -> int:
        return int(self.target.wanted)

    def resolve_source(self: Any, info: Any) -> str:
        return str(SOURCE)


def _counted(description: str) -> graphene.List:
    return graphene.List(graphene.NonNull(NetworkCount), required=True, description=description)


class NetworkNumbers(graphene.ObjectType):
    """The numbers of the directory, counted as you ask."""

    total = graphene.Int(required=True)
    by_kind = _counted("The largest first.")
    by_sector = _counted("The largest first; an organisation may have several.")
    by_year = _counted("By the year of founding, of those that show it.")
    by_ward = _counted("The largest first.")
    targets = graphene.List(graphene.NonNull(NetworkTarget), required=True)


class OverviewQuery(graphene.ObjectType):
    """The network as a whole."""

    person = graphene.Field(
        Profile, slug=graphene.String(required=True), description="Somebody of the directory, whatever part they play."
    )
    compare_funds = graphene.List(
        graphene.NonNull(Organisation),
        required=True,
        slugs=graphene.List(graphene.NonNull(graphene.String), required=True),
        description="Up to four funds or angels, in the order asked for; those that are not listed are left out.",
    )
    network_numbers = graphene.Field(NetworkNumbers, required=True)

    @permitted(Permission.PUBLIC)
    def resolve_person(self: Any, info: Any, slug: str) -> Any:
        return entry_pages.person(slug=slug.replace("\0", ""))

    @permitted(Permission.PUBLIC)
    def resolve_compare_funds(self: Any, info: Any, slugs: list[str]) -> Any:
        return together(entry_pages.chosen_funds(slugs=[slug.replace("\0", "") for slug in slugs]))

    @permitted(Permission.PUBLIC)
    def resolve_network_numbers(self: Any, info: Any) -> Any:
        return numbers.network_numbers()

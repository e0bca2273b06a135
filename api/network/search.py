"""Finding organisations and people: by words and facets, with counts of every facet's values."""

from typing import Any

import graphene

from network.directory import facets, finding, labels
from network.directory.finding import Found
from network.doors import Permission
from network.models import Role
from network.vietnamese import slug

from ..connection import paged
from ..errors import Refused
from ..permission import permitted
from .found import FoundEdges
from .hits import DirectoryHit, hits
from .types import OrganisationConnection, OrganisationKind, ProfileConnection

MOST_HITS = 20


def _search() -> graphene.String:
    return graphene.String(
        description="Words; accents are optional, beginnings and common abbreviations will do, and where nobody has "
        "the words, mistakes are forgiven."
    )


def _of_organisations() -> dict[str, Any]:
    return {
        "kind": OrganisationKind(description="What sort of organisation it is."),
        "sector": graphene.String(description="A sector's code."),
        "ward": graphene.String(description="Ward, commune or special zone; accents are optional."),
        "stage": graphene.String(description="Of a startup, or one that a fund invests in: IDEA, PROTOTYPE, SEED…"),
        "need": graphene.String(description="The code of a skill that it looks for help with."),
        "local_office": graphene.Boolean(description="True: funds with an office in Hai Phong."),
        "raises_now": graphene.Boolean(description="True: startups that say to everybody that they look for money."),
        "search": _search(),
    }


def _of_people() -> dict[str, Any]:
    return {
        "sector": graphene.String(description="A sector's code."),
        "skill": graphene.String(description="A skill's code."),
        "language": graphene.String(description="ISO 639-1."),
        "availability": graphene.String(description="OPEN, LIMITED or PAUSED."),
        "ward": graphene.String(description="Ward, commune or special zone; accents are optional."),
        "search": _search(),
    }


def _role() -> graphene.String:
    return graphene.String(description="A part they play today: MENTOR, EXPERT, FOUNDER, SPEAKER or INVESTOR.")


class Facet(graphene.ObjectType):
    """A value that a list can be narrowed by."""

    value = graphene.String(required=True, description="What the argument of the same name takes.")
    label = graphene.String(required=True, description="In the language of the answer.")
    count = graphene.Int(required=True, description="How many have it of what the other arguments find.")


def _facet(name: str, description: str) -> graphene.List:
    return graphene.List(
        graphene.NonNull(Facet),
        required=True,
        description=description,
        resolver=lambda told, info: told.values(name),
    )


class Counted:
    """What was found, with the names of its values read once."""

    def __init__(self, found: Found) -> None:
        self.found = found
        self._values: dict[str, list[labels.Value]] | None = None

    def values(self, name: str) -> list[labels.Value]:
        """Return the values of a facet that somebody has."""
        if self._values is None:
            self._values = labels.counted(self.found, labels.names(self.found.kind))
        return self._values[name]


def _total() -> graphene.Int:
    return graphene.Int(required=True, description="How many are found.", resolver=lambda told, info: len(told.found))


def _meant() -> graphene.String:
    return graphene.String(
        description="The words as they were probably meant; null unless mistakes were forgiven.",
        resolver=lambda told, info: told.found.meant or None,
    )


class OrganisationFacets(graphene.ObjectType):
    """How many organisations have each value; each facet is counted as if its own argument were not given."""

    total = _total()
    meant = _meant()
    kind = _facet("kind", "Kinds of organisations.")
    sector = _facet("sector", "Fields of work.")
    stage = _facet("stage", "Stages of startups, and those that funds invest in.")
    need = _facet("need", "What they look for help with.")
    ward = _facet("ward", "Wards, communes and special zones.")
    local_office = _facet("office", "Funds with an office in Hai Phong.")
    raises_now = _facet("raising", "Startups that say to everybody that they look for money.")


class PeopleFacets(graphene.ObjectType):
    """How many people have each value; each facet is counted as if its own argument were not given."""

    total = _total()
    meant = _meant()
    role = _facet("role", "The parts they play today.")
    sector = _facet("sector", "Fields of work.")
    skill = _facet("skill", "What they are good at.")
    language = _facet("language", "What they speak.")
    availability = _facet("availability", "Whether they take on more.")
    ward = _facet("ward", "Wards, communes and special zones.")


class SearchQuery(graphene.ObjectType):
    """Finding entries of the directory."""

    organisations = paged(
        OrganisationConnection, "The directory of organisations: best first, else by name.", **_of_organisations()
    )
    organisation_facets = graphene.Field(
        OrganisationFacets,
        required=True,
        description="What `organisations` could be narrowed by.",
        **_of_organisations(),
    )
    people = paged(
        ProfileConnection, "People of every part: best first, else by given name.", role=_role(), **_of_people()
    )
    people_facets = graphene.Field(
        PeopleFacets, required=True, description="What `people` could be narrowed by.", role=_role(), **_of_people()
    )
    mentors = paged(ProfileConnection, "The people who are mentors: best first, else by given name.", **_of_people())
    directory_search = graphene.List(
        graphene.NonNull(DirectoryHit),
        required=True,
        description="The best of organisations and people, for a box that answers while one types.",
        search=graphene.String(required=True, description="As of `organisations`."),
        first=graphene.Int(description=f"How many; 8 unless told, {MOST_HITS} at most."),
    )

    @permitted(Permission.PUBLIC)
    def resolve_organisations(
        self: Any, info: Any, first: int | None = None, after: str | None = None, **given: Any
    ) -> FoundEdges:
        return FoundEdges(_organisations(given), first, after)

    @permitted(Permission.PUBLIC)
    def resolve_organisation_facets(self: Any, info: Any, **given: Any) -> Counted:
        return Counted(_organisations(given))

    @permitted(Permission.PUBLIC)
    def resolve_people(
        self: Any, info: Any, first: int | None = None, after: str | None = None, **given: Any
    ) -> FoundEdges:
        return FoundEdges(_people(given), first, after)

    @permitted(Permission.PUBLIC)
    def resolve_people_facets(self: Any, info: Any, **given: Any) -> Counted:
        return Counted(_people(given))

    @permitted(Permission.PUBLIC)
    def resolve_mentors(
        self: Any, info: Any, first: int | None = None, after: str | None = None, **given: Any
    ) -> FoundEdges:
        return FoundEdges(_people({**given, "role": Role.Kind.MENTOR.value}), first, after)

    @permitted(Permission.PUBLIC)
    def resolve_directory_search(self: Any, info: Any, search: str, first: int | None = None) -> Any:
        wanted = 8 if first is None else first
        if not 0 <= wanted <= MOST_HITS:
            raise Refused("BAD_USER_INPUT", detail=f"0 ≤ first ≤ {MOST_HITS}")
        return hits(search, wanted)


def _organisations(given: dict[str, Any]) -> Found:
    kind = given.pop("kind", None)
    chosen = _chosen(given, "sector", "stage", "need", "ward")
    chosen |= {"kind": [kind.value]} if kind else {}
    chosen |= {"office": [facets.YES]} if given.get("local_office") else {}
    chosen |= {"raising": [facets.YES]} if given.get("raises_now") else {}
    return finding.find_organisations(search=given.get("search") or "", chosen=chosen)


def _people(given: dict[str, Any]) -> Found:
    chosen = _chosen(given, "role", "sector", "skill", "language", "availability", "ward")
    return finding.find_people(search=given.get("search") or "", chosen=chosen)


def _chosen(given: dict[str, Any], *names: str) -> dict[str, list[str]]:
    """What was sent as null or empty is not asked for; a ward may be written as people write it."""
    chosen = {name: [given[name]] for name in names if given.get(name)}
    if "ward" in chosen:
        chosen["ward"] = [slug(chosen["ward"][0])]
    return chosen

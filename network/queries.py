"""Questions about many rows of the network, loaded for their reader and limited to what anybody may see."""

from django.db.models import Count, Prefetch, Q, QuerySet

from network.models import Membership, MentorProfile, Organisation, Person, Sector
from network.vietnamese import fold


def _matching(search: str) -> Q:
    """Every word of `search`, accents optional, somewhere in the folded text."""
    condition = Q()
    for word in fold(search).split():
        condition &= Q(search_text__contains=word)
    return condition


def listed_organisations(*, kind: str = "", sector: str = "", search: str = "") -> QuerySet[Organisation]:
    """Organisations in the directory with their sectors and parent, by name; filters are optional."""
    rows = Organisation.objects.filter(_matching(search), is_listed=True)
    if kind:
        rows = rows.filter(kind=kind)
    if sector:
        rows = rows.filter(sectors__code=sector)
    return rows.select_related("parent").prefetch_related("sectors").order_by("name", "pk")


def organisations_by_kind(*, sector: str = "", search: str = "") -> dict[str, int]:
    """How many listed organisations there are of each kind, those of no kind left out."""
    rows = listed_organisations(sector=sector, search=search).order_by()
    return dict(rows.values_list("kind").annotate(Count("pk", distinct=True)))


def organisation_page(*, slug: str) -> Organisation | None:
    """One listed organisation with sectors, parent, children and publicly shown members."""
    shown = Membership.objects.filter(is_public=True).select_related("person__mentor_profile")
    children = Organisation.objects.filter(is_listed=True)
    rows = listed_organisations().filter(slug=slug)
    return rows.prefetch_related(Prefetch("memberships", shown), Prefetch("children", children)).first()


def listed_mentors(*, sector: str = "", search: str = "") -> QuerySet[MentorProfile]:
    """Mentors in the directory with their sectors and public memberships, by given name."""
    rows = MentorProfile.objects.filter(_matching(search), is_listed=True, person__is_active=True)
    if sector:
        rows = rows.filter(sectors__code=sector)
    shown = Membership.objects.filter(is_public=True, organisation__is_listed=True).select_related("organisation")
    return rows.select_related("person").prefetch_related("sectors", Prefetch("person__memberships", shown))


def own_mentor_profile(person: Person) -> MentorProfile | None:
    """The viewer's own profile, listed or not."""
    return MentorProfile.objects.select_related("person").prefetch_related("sectors").filter(person=person).first()


def sectors() -> QuerySet[Sector]:
    """The nine priority fields in the plan's order."""
    return Sector.objects.all()

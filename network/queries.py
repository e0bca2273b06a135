"""Questions about many rows of the network, loaded for their reader and limited to what anybody may see."""

from django.db.models import Count, Prefetch, Q, QuerySet

from network.models import Membership, Organisation, OutgoingMail, Person, Profile, Role, Sector
from network.vietnamese import search_words


def _matching(search: str) -> Q:
    """Every word of `search`, accents optional, somewhere in the folded text."""
    condition = Q()
    for word in search_words(search):
        condition &= Q(search_text__contains=word)
    return condition


def listed_organisations(*, kind: str = "", search: str = "") -> QuerySet[Organisation]:
    """Organisations in the directory with their sectors and parent, by Vietnamese name; filters are optional."""
    rows = Organisation.objects.filter(_matching(search), is_listed=True)
    if kind:
        rows = rows.filter(kind=kind)
    return rows.select_related("parent").prefetch_related("sectors").order_by("sort_key", "pk")


def organisation_names() -> list[str]:
    """The names of the listed organisations: what a form suggests."""
    return list(Organisation.objects.filter(is_listed=True).order_by("name").values_list("name", flat=True))


def organisations_by_kind() -> dict[str, int]:
    """How many listed organisations there are of each kind, those of no kind left out."""
    rows = listed_organisations().order_by()
    return dict(rows.values_list("kind").annotate(Count("pk")))


def shown_members() -> "Prefetch[str]":
    """An organisation's `memberships`: those who show that they belong to it."""
    shown = Membership.objects.filter(is_public=True, person__is_active=True)
    return Prefetch("memberships", shown.select_related("person__profile").prefetch_related("person__profile__roles"))


def shown_children() -> "Prefetch[str]":
    """An organisation's `children`, those in the directory."""
    return Prefetch("children", Organisation.objects.filter(is_listed=True))


def shown_memberships(path: str = "memberships") -> "Prefetch[str]":
    """A person's `memberships` that they show, in organisations of the directory."""
    shown = Membership.objects.filter(is_public=True, organisation__is_listed=True)
    return Prefetch(path, shown.select_related("organisation"))


def listed_mentors(*, search: str = "") -> QuerySet[Profile]:
    """Mentors in the directory with their sectors and public memberships, by given name."""
    rows = Profile.objects.filter(_matching(search), is_listed=True, person__is_active=True)
    rows = rows.filter(roles__kind=Role.Kind.MENTOR, roles__until=None)
    return rows.select_related("person").prefetch_related("sectors", shown_memberships("person__memberships"))


def own_profile(person: Person) -> Profile | None:
    """The viewer's own profile, listed or not."""
    return Profile.objects.select_related("person").prefetch_related("sectors").filter(person=person).first()


def any_organisation(*, slug: str) -> Organisation | None:
    """An organisation, listed or not, for those who keep its entry; one that was merged into another is gone."""
    return Organisation.objects.filter(slug=slug, merged_into=None).first()


def kept_organisations(person: Person) -> list[Organisation]:
    """The organisations whose entry this person keeps, by name."""
    editing = [Membership.Role.OWNER, Membership.Role.EDITOR]
    rows = Organisation.objects.filter(memberships__person=person, memberships__role__in=editing, merged_into=None)
    return list(rows.order_by("sort_key", "pk"))


def sectors() -> QuerySet[Sector]:
    """The nine priority fields in the plan's order."""
    return Sector.objects.all()


def mail(*, recipient: str = "") -> QuerySet[OutgoingMail]:
    """The outbox, newest first, without the messages themselves; for one address or for all."""
    rows = OutgoingMail.objects.defer("mime")
    return rows.filter(recipient__iexact=recipient) if recipient else rows


def mail_recipients() -> list[str]:
    """The addresses that the outbox holds mail for."""
    return sorted(set(OutgoingMail.objects.order_by().values_list("recipient", flat=True)))

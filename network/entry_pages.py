"""One entry of the directory with all that its page tells, in a constant number of statements."""

from django.db.models import QuerySet

from network import queries
from network.models import Organisation, Profile, Role

FACTS = ("fund_facts", "startup_facts", "centre_facts", "club_facts")
FUNDS = (Organisation.Kind.VENTURE_FUND, Organisation.Kind.PUBLIC_FUND, Organisation.Kind.ANGEL_INVESTOR)
MOST_COMPARED = 4
MOST_ASKED = 12
MOST_MARKED = 2_000
"""More would be no map, and no page: it is narrowed by kind."""
OF_ORGANISATIONS = ("sectors", "needs", "funding_rounds", "intellectual_property")


def organisations() -> QuerySet[Organisation]:
    """Listed organisations with everything that `visibility.Seen` reads of them."""
    rows = Organisation.objects.filter(is_listed=True).select_related("parent", *FACTS)
    return rows.prefetch_related(*OF_ORGANISATIONS)


def organisation(*, slug: str) -> Organisation | None:
    """One listed organisation with everything that its page tells, and those who show that they belong to it."""
    return organisations().filter(slug=slug).prefetch_related(queries.shown_members()).first()


def successor(*, slug: str) -> Organisation | None:
    """The listed organisation that the entry of this address went into, over however many steps; None: none."""
    row, met = Organisation.objects.filter(slug=slug).first(), set[int]()
    while row is not None and row.merged_into_id is not None and row.pk not in met:
        met.add(row.pk)
        row = row.merged_into
    return row if row is not None and met and row.is_listed else None


def people() -> QuerySet[Profile]:
    """Listed people, whatever part they play, with everything that `visibility.Seen` reads of them."""
    rows = Profile.objects.filter(is_listed=True, person__is_active=True).select_related("person")
    return rows.prefetch_related("sectors", "skills", "roles", queries.shown_memberships("person__memberships"))


def others() -> QuerySet[Profile]:
    """Listed people who are no mentors now, by given name."""
    mentors = Role.objects.filter(kind=Role.Kind.MENTOR, until=None).values("profile")
    rows = Profile.objects.filter(is_listed=True, person__is_active=True)
    return rows.exclude(pk__in=mentors).order_by("person__sort_key", "pk")


def person(*, slug: str) -> Profile | None:
    """One listed person with everything that their page tells."""
    return people().filter(slug=slug).first()


def is_mentor(profile: Profile) -> bool:
    """Whether they are a mentor now; asked of a row whose roles are loaded."""
    return any(role.kind == Role.Kind.MENTOR and role.until is None for role in profile.roles.all())


def funds() -> QuerySet[Organisation]:
    """The listed funds and angels, by name."""
    return organisations().filter(kind__in=FUNDS).order_by("sort_key", "pk")


def chosen_funds(*, slugs: list[str]) -> list[Organisation]:
    """The funds of these addresses that are listed, in the order asked for, at most four, each once."""
    rows = {row.slug: row for row in funds().filter(slug__in=slugs[:MOST_ASKED])}
    return [rows[slug] for slug in dict.fromkeys(slugs) if slug in rows][:MOST_COMPARED]


def on_the_map(*, kind: str = "") -> QuerySet[Organisation]:
    """The listed organisations that say where they lie, by ward and name."""
    rows = Organisation.objects.filter(is_listed=True, latitude__isnull=False)
    return (rows.filter(kind=kind) if kind else rows).order_by("ward", "sort_key", "pk")[:MOST_MARKED]

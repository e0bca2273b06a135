"""The rule: what is suggested to an entry, as whoever keeps it sees it."""

from django.db.models import QuerySet, prefetch_related_objects

from network import permissions, visibility
from network.models import Organisation, Person, Profile
from network.refusals import NotPermitted
from network.suggestions import candidates, ties, weighing
from network.suggestions.kinds import CARRYING, Entry, Kind, Suggestion, refuse_unfit
from network.visibility import Seen, Standing

MOST = 24


def suggest(*, entry: Entry, kind: str, viewer: Person, most: int = 6) -> list[Suggestion]:
    """Return what is suggested to an entry, the best first; the same for the same facts, in constant statements.

    Nothing for an entry that is not listed or opted out; nobody who opted out, pauses, has to do with it already, or
    was dismissed by the viewer. Raises NotPermitted for whoever does not keep the entry, and Invalid at `kind`.
    """
    standing = visibility.standing_of(viewer)
    if not may_ask(entry, viewer, standing):
        raise NotPermitted()
    wanted = refuse_unfit(entry, kind)
    if not entry.is_listed or not entry.takes_suggestions:
        return []
    prefetch_related_objects([entry], "sectors", "skills" if isinstance(entry, Profile) else "needs")
    subject = Seen(entry, standing)
    numbers = candidates.found(wanted, subject, standing, ties.ties_of(entry, viewer))
    rows = _loaded(wanted, numbers)
    shared = ties.common(entry, rows)
    weighed = [_weighed(wanted, subject, Seen(row, standing), viewer, shared.get(row.pk)) for row in rows]
    carried = [each for each in weighed if any(reason.code in CARRYING for reason in each.reasons)]
    order = {number: place for place, number in enumerate(numbers)}
    return sorted(carried, key=lambda each: (-each.score, order[each.entry.pk]))[: max(0, min(most, MOST))]


def may_ask(entry: Entry, viewer: Person, standing: Standing) -> bool:
    """Whether a viewer keeps the entry that suggestions are for."""
    if standing.is_keeper:
        return True
    if isinstance(entry, Profile):
        return entry.person_id == viewer.pk
    return permissions.may_edit_organisation(viewer, entry)


def _weighed(kind: Kind, subject: Seen, found: Seen, viewer: Person, shared: Organisation | None) -> Suggestion:
    return Suggestion(entry=found, reasons=weighing.reasons(kind, subject, found, viewer=viewer, shared=shared))


def _loaded(kind: Kind, numbers: list[int]) -> list[Entry]:
    rows: QuerySet[Profile] | QuerySet[Organisation]
    if kind is Kind.MENTORS:
        rows = Profile.objects.filter(pk__in=numbers).select_related("person").prefetch_related("sectors", "skills")
    else:
        facts = ("fund_facts", "startup_facts")
        rows = Organisation.objects.filter(pk__in=numbers).select_related(*facts).prefetch_related("sectors", "needs")
    return list(rows)


def entries_of(person: Person) -> list[Entry]:
    """Return the entries that a person keeps and that suggestions can be for: their own, and of their organisations."""
    own = Profile.objects.select_related("person").filter(person=person, is_listed=True, roles__kind="MENTOR")
    keeping = Organisation.objects.filter(
        memberships__person=person, memberships__role__in=["OWNER", "EDITOR"], is_listed=True
    )
    return [*own.filter(roles__until=None).distinct(), *keeping.order_by("sort_key", "pk").distinct()]


def kept_entry(*, person: Person, profile_id: int = 0, organisation_id: int = 0) -> Entry | None:
    """Return an entry, listed or not, that a person keeps."""
    if profile_id:
        return Profile.objects.select_related("person").filter(pk=profile_id, person=person).first()
    found = Organisation.objects.filter(pk=organisation_id).first()
    return found if found is not None and permissions.may_edit_organisation(person, found) else None

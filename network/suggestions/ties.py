"""Who has to do with whom already: left out of suggestions, whether it shows or not; and whom both know, a reason."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from network.models import Membership, Organisation, Person, Profile, Relationship, SuggestionDismissal
from network.suggestions.kinds import Entry


@dataclass(frozen=True, kw_only=True)
class Ties:
    """Numbers of the entries that are not to be suggested."""

    profiles: frozenset[int]
    organisations: frozenset[int]


def ties_of(subject: Entry, viewer: Person) -> Ties:
    """Return whom the subject has or had to do with, itself, and what the viewer does not want to see again."""
    profiles, organisations = set[int](), set[int]()
    if isinstance(subject, Profile):
        profiles.add(subject.pk)
        organisations |= _numbers(Relationship.objects.filter(profile=subject).values_list("target_id"))
        organisations |= _numbers(Membership.objects.filter(person=subject.person_id).values_list("organisation_id"))
    else:
        organisations |= {subject.pk, subject.parent_id or subject.pk}
        organisations |= _numbers(Organisation.objects.filter(parent=subject).values_list("pk"))
        related = Relationship.objects.filter(Q(target=subject) | Q(organisation=subject))
        for source, profile, target in related.values_list("organisation_id", "profile_id", "target_id"):
            organisations |= {source, target}
            profiles.add(profile)
        profiles |= _numbers(Profile.objects.filter(person__memberships__organisation=subject).values_list("pk"))
    for profile, organisation in _dismissed(viewer):
        profiles.add(profile)
        organisations.add(organisation)
    return Ties(profiles=frozenset(profiles), organisations=frozenset(organisations))


def _numbers(rows: Iterable[tuple[int, ...]]) -> set[int]:
    return {number for (number,) in rows}


def _dismissed(viewer: Person) -> Iterable[tuple[int, int]]:
    return SuggestionDismissal.objects.filter(person=viewer).values_list("profile_id", "organisation_id")


def common(subject: Entry, found: Iterable[Entry]) -> dict[int, Organisation]:
    """Return, by the number of a found entry, an organisation of the directory that both show to have to do with."""
    entries = list(found)
    around = _around([subject])[subject.pk]
    beside = _around(entries)
    shared = {entry.pk: min(around & beside[entry.pk]) for entry in entries if around & beside[entry.pk]}
    known = Organisation.objects.filter(is_listed=True).in_bulk(set(shared.values()))
    return {number: known[organisation] for number, organisation in shared.items() if organisation in known}


def _around(entries: list[Entry]) -> dict[int, set[int]]:
    """By entry (all of one kind): organisations that the directory shows beside it. Constant statements."""
    around: dict[int, set[int]] = defaultdict(set)
    numbers = [entry.pk for entry in entries]
    shown = Relationship.objects.filter(is_public=True).order_by()
    if entries and isinstance(entries[0], Profile):
        for profile, target in shown.filter(profile__in=numbers).values_list("profile_id", "target_id"):
            around[profile].add(target)
        members = Membership.objects.filter(person__profile__in=numbers, is_public=True)
        for profile, organisation in members.values_list("person__profile__pk", "organisation_id"):
            around[profile].add(organisation)
        return around
    for entry in entries:
        if isinstance(entry, Organisation) and entry.parent_id:
            around[entry.pk].add(entry.parent_id)
    for source, target in shown.filter(target__in=numbers, profile=None).values_list("organisation_id", "target_id"):
        around[target].add(source)
    for source, target in shown.filter(organisation__in=numbers).values_list("organisation_id", "target_id"):
        around[source].add(target)
    return around

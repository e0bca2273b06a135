"""Is it still correct? Asked of an entry's owners once a year; reminders; off the directory when nobody answers.

A ladder begins with the question (day 0), reminds on day 14 and 30, and on day 45 takes the entry off, with a last
letter whose one click brings it back. Its steps are rows (`FreshnessReminder`), so that a worker that was away does
not send two at once: each step waits for its distance from the one before. Entries without an owner are never taken
off: those who keep the directory see them (`unkept`).
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import DateTimeField, Exists, F, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from network import permissions
from network.directory import index
from network.joining import entries, letters, signed_links
from network.joining.entries import Entry
from network.models import Consent, FreshnessReminder, Membership, Organisation, Person, Profile
from network.refusals import NotPermitted

YEAR = timedelta(days=365)
Step = FreshnessReminder.Step
GAPS = {Step.REMINDED: timedelta(days=14), Step.WARNED: timedelta(days=16), Step.UNLISTED: timedelta(days=15)}
"""How long after the step before."""
LETTERS = {
    Step.ASKED: "freshness_asked",
    Step.REMINDED: "freshness_reminded",
    Step.WARNED: "freshness_warned",
    Step.UNLISTED: "freshness_unlisted",
}
AT_ONCE = 500
"""Entries of each kind that one turn looks at."""


def remind(*, at: datetime) -> int:
    """Send what is due; return how many steps were taken. A chore."""
    return sum(_take_step(entry, at) for entry in _due(at))


def confirm(*, entry: Entry, actor: Person, at: datetime) -> Entry:
    """Say that an entry is still correct: its owner, its editors, or staff. One that silence took off comes back.

    Raises NotFound, NotPermitted.
    """
    with transaction.atomic():
        held = entries.hold_again(entry)
        if not _may_confirm(held, actor):
            raise NotPermitted()
        return _confirm(held, at)


def confirm_by_link(*, token: str, at: datetime) -> Entry:
    """Confirm by the link of a letter, without logging in. One that was used confirms nothing more.

    Raises LinkNotValid.
    """
    entry, _person, made = signed_links.read(token, at=at)
    with transaction.atomic():
        held = entries.hold_again(entry)
        if is_answered(held, made):
            return held
        return _confirm(held, at)


def is_answered(entry: Entry, made: datetime) -> bool:
    """Whether the entry was confirmed since a link was made."""
    return entry.confirmed_at is not None and entry.confirmed_at > made


def unkept(*, at: datetime) -> QuerySet[Organisation]:
    """Return listed organisations without an owner that nobody has confirmed for a year, the oldest first."""
    owners = Membership.objects.filter(organisation=OuterRef("pk"), role=Membership.Role.OWNER, person__is_active=True)
    rows = stale(Organisation.objects.filter(is_listed=True, merged_into=None), at=at)
    return rows.filter(~Exists(owners)).order_by("known_at", "pk")


def stale(rows: "QuerySet[Any]", *, at: datetime) -> "QuerySet[Any]":
    """Return those of `rows` that are due; `known_at` is when they were last confirmed, or else changed."""
    known = Coalesce(F("confirmed_at"), F("updated_at"), output_field=DateTimeField())
    due: QuerySet[Any] = rows.alias(known_at=known).filter(known_at__lte=at - YEAR)
    return due


def _due(at: datetime) -> Iterator[Entry]:
    """Listed entries with an owner that nobody has confirmed for a year."""
    owners = Membership.objects.filter(organisation=OuterRef("pk"), role=Membership.Role.OWNER, person__is_active=True)
    organisations = stale(Organisation.objects.filter(Exists(owners), is_listed=True, merged_into=None), at=at)
    yield from _waiting(organisations, "organisation", at)
    profiles = stale(Profile.objects.filter(is_listed=True, person__is_active=True), at=at)
    for profile in _waiting(profiles.select_related("person"), "profile", at):
        if entries.has_owner(profile):
            yield profile


def _waiting(rows: "QuerySet[Any]", key: str, at: datetime) -> "QuerySet[Any]":
    """Without those that heard of it so lately that nothing can be due."""
    lately = FreshnessReminder.objects.filter(**{key: OuterRef("pk")}, sent_at__gt=at - min(GAPS.values()))
    return rows.filter(~Exists(lately)).order_by("known_at", "pk")[:AT_ONCE]


def _take_step(entry: Entry, at: datetime) -> int:
    with transaction.atomic():
        held = entries.hold_again(entry)
        last = _last(held)
        step = _next(last, at)
        if step is None or not held.is_listed or _known(held) > at - YEAR:
            return 0
        began = at if step == Step.ASKED or last is None else last.began_at
        FreshnessReminder.objects.create(began_at=began, step=step, sent_at=at, **entries.names(held))
        if step == Step.UNLISTED:
            _list(held, False)
        for owner in entries.owners(held):
            letters.post(LETTERS[step], person=owner, entry=held, at=at)
    return 1


def _last(entry: Entry) -> FreshnessReminder | None:
    """The last step since the entry was confirmed."""
    rows = FreshnessReminder.objects.filter(**entries.names(entry))
    if entry.confirmed_at is not None:
        rows = rows.filter(began_at__gte=entry.confirmed_at)
    return rows.order_by("began_at", "step").last()


def _next(last: FreshnessReminder | None, at: datetime) -> Step | None:
    """The step that is due; none yet. Whoever was put back by staff is asked anew."""
    if last is None:
        return Step.ASKED
    if last.step == Step.UNLISTED:
        return Step.ASKED if at >= last.sent_at + YEAR else None
    step = Step(last.step + 1)
    return step if at >= last.sent_at + GAPS[step] else None


def _known(entry: Entry) -> datetime:
    return entry.confirmed_at or entry.updated_at


def _may_confirm(entry: Entry, actor: Person) -> bool:
    if isinstance(entry, Organisation):
        return permissions.may_edit_organisation(actor, entry)
    return permissions.may_edit_profile(actor, entry)


def _confirm(entry: Entry, at: datetime) -> Entry:
    last = _last(entry)
    entry.confirmed_at = at
    if last is not None and last.step == Step.UNLISTED and not entry.is_listed and not _has_left(entry, last.sent_at):
        _list(entry, True)
    entry.save(update_fields=["confirmed_at"])
    return entry


def _list(entry: Entry, is_listed: bool) -> None:
    """Put the entry on the directory or take it off, in the search, too."""
    entry.is_listed = is_listed
    entry.save(update_fields=["is_listed"])
    of_people = isinstance(entry, Profile)
    index.refresh(profiles=[entry.pk] if of_people else [], organisations=[] if of_people else [entry.pk])


def _has_left(entry: Entry, since: datetime) -> bool:
    """Whether the person withdrew their consent to be shown after silence had taken the entry off."""
    if isinstance(entry, Organisation):
        return False
    withdrawn = Consent.objects.filter(person=entry.person, purpose=Consent.Purpose.DIRECTORY)
    return withdrawn.filter(withdrawn_at__gte=since).exists()

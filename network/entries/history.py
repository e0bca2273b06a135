"""What an entry said before, and undoing a change of it; what waits for a reviewer."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from network import permissions
from network.entries import submission, writing
from network.entries.columns import Entry
from network.entries.submission import Outcome
from network.entry_fields import fields_of
from network.models import Change, Organisation, Person, Profile
from network.refusals import ChangeNotWaiting, EntryMoved, NotFound, NotPermitted
from network.visibility import chosen


def of_entry(entry: Entry) -> QuerySet[Change]:
    """The changes of an entry, the newest first; for its owners and for those who keep the directory."""
    rows = Change.objects.filter(**{entry._meta.model_name or "": entry})
    return rows.select_related("author", "reviewer", "profile__person", "organisation").order_by("-made_at", "-pk")


def waiting() -> QuerySet[Change]:
    """The changes that wait for a reviewer, the longest first; for reviewers."""
    rows = Change.objects.filter(state=Change.State.PENDING)
    return rows.select_related("author", "profile__person", "organisation").order_by("amended_at", "pk")


def readable(*, change_id: int, viewer: permissions.Viewer) -> Change | None:
    """Return a change for those who may edit or review its entry; else None."""
    rows = Change.objects.select_related("author", "reviewer", "profile__person", "organisation")
    change = rows.filter(pk=change_id).first()
    if change is None or not viewer.is_authenticated:
        return None
    may = permissions.may_review_entries(viewer) or permissions.may_edit_entry(viewer, change.entry)
    return change if may else None


def entry_of(*, viewer: Person, organisation: str = "", person: str = "") -> Entry | None:
    """Return the entry of an organisation or a person by its slug, or the viewer's own; None if they may not edit it.

    Reviewers may read of every entry.
    """
    found: Entry | None
    if organisation:
        found = Organisation.objects.filter(slug=organisation).first()
    else:
        found = Profile.objects.filter(slug=person).first() if person else viewer_profile(viewer)
    if found is None:
        return None
    may = permissions.may_edit_entry(viewer, found) or permissions.may_review_entries(viewer)
    return found if may else None


def viewer_profile(viewer: Person) -> Profile | None:
    """Return the viewer's own entry."""
    return Profile.objects.filter(person=viewer).first()


def undo(*, change_id: int, actor: Person, at: datetime) -> Outcome:
    """Let an entry say again what it said before a change that went live.

    Keepers do it at once; an owner's is a change like any other. Raises NotFound, NotPermitted, ChangeNotWaiting (it
    never went live), EntryMoved (the same field was changed later), Invalid (expired_picture).
    """
    found = Change.objects.filter(pk=change_id).select_related("profile", "organisation").first()
    if found is None:
        raise NotFound(kind="change")
    with transaction.atomic():
        row = writing.lock(found.entry)
        if not permissions.may_edit_entry(actor, row) and not permissions.keeps_entry(actor, row):
            raise NotPermitted()
        change = Change.objects.select_for_update(of=("self",)).get(pk=change_id)
        if change.state not in Change.LIVE:
            raise ChangeNotWaiting(state=change.state, at=change.decided_at, reviewer="")
        _refuse_changed_later(row, change)
        old = {name: value for field in change.taken() for name, value in change.values[field]["old"].items()}
        return submission.place(
            row,
            actor=actor,
            given=old,
            visibility={name: sides["old"] for name, sides in change.visibility.items()},
            waiting=submission.open_change(row, actor, locked=True),
            at=at,
            undoes=change,
        )


def _refuse_changed_later(row: Entry, change: Change) -> None:
    """Also where the field was changed and changed back: then there is nothing left of this change to undo."""
    later = Q(decided_at__gt=change.decided_at) | Q(decided_at=change.decided_at, pk__gt=change.pk)
    followers = list(of_entry(row).filter(later, state__in=Change.LIVE))
    touched = {name for other in followers for name in other.taken()}
    seen = {name for other in followers for name in other.visibility}
    gone_on = {*writing.moved(row, change, change.taken(), side="new"), *(touched & set(change.taken()))}
    gone_on |= (seen & set(change.visibility)) | _seen_otherwise(row, change.visibility)
    if gone_on:
        raise EntryMoved(fields=sorted(gone_on))


def _seen_otherwise(row: Entry, visibility: Mapping[str, Mapping[str, str]]) -> set[str]:
    known = fields_of(row)
    return {name for name, sides in visibility.items() if chosen(row, known[name]) != sides["new"]}

"""“Not for me”, and being left out of suggestions altogether."""

from datetime import datetime

from network import permissions
from network.models import Person, Profile, SuggestionDismissal
from network.refusals import NotPermitted
from network.suggestions.kinds import Entry


def dismiss(*, entry: Entry, actor: Person, at: datetime) -> None:
    """Do not suggest an entry to `actor` again; dismissed twice is dismissed once."""
    SuggestionDismissal.objects.bulk_create(
        [SuggestionDismissal(person=actor, dismissed_at=at, **_key(entry))], ignore_conflicts=True
    )


def undismiss(*, entry: Entry, actor: Person) -> None:
    """Let an entry be suggested to `actor` again."""
    SuggestionDismissal.objects.filter(person=actor, **_key(entry)).delete()


def set_opt_out(*, entry: Entry, actor: Person, out: bool) -> Entry:
    """Take an entry out of suggestions, both ways, or back into them; return it. Raises NotPermitted."""
    if isinstance(entry, Profile):
        may = permissions.may_edit_profile(actor, entry)
    else:
        may = permissions.may_edit_organisation(actor, entry)
    if not may:
        raise NotPermitted()
    type(entry)._default_manager.filter(pk=entry.pk).update(takes_suggestions=not out)
    entry.takes_suggestions = not out
    return entry


def _key(entry: Entry) -> dict[str, Entry]:
    return {"profile": entry} if isinstance(entry, Profile) else {"organisation": entry}

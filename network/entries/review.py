"""What a reviewer decides about a change that waits: field by field, or asks back. The first decision stands."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from network import permissions
from network.entries import letters, pictures, writing
from network.entries.columns import Entry
from network.entries.submission import new_pictures
from network.models import Change, Person
from network.refusals import ChangeAmended, ChangeNotWaiting, EntryMoved, Invalid, NotFound, NotPermitted, gather

LONGEST = 1000


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """About one field: whether it goes live, and what is said about that."""

    approves: bool
    note: str = ""


def decide(
    *,
    change_id: int,
    verdicts: Mapping[str, Verdict],
    words: str = "",
    actor: Person,
    version: int,
    over: Collection[str] = (),
    at: datetime,
) -> Change:
    """Decide every field of a change; what is approved goes live, and its author gets a letter.

    `version` is the one that was read. A field whose live value moved meanwhile is approved only if it is among
    `over`. Raises NotPermitted, NotFound, ChangeNotWaiting, ChangeAmended, EntryMoved, DirectoryConsentRequired, and
    Invalid at `decisions` (required, unknown), `words` (required where something is not approved and nothing is said;
    too_long).
    """
    with transaction.atomic():
        row, change = _locked(change_id, actor, version)
        gather(lambda: _refuse_incomplete(change, verdicts), lambda: _refuse_silent(verdicts, words))
        approved = [name for name in change.values if verdicts[name].approves]
        gone_on = sorted(set(writing.moved(row, change, approved)) - set(over))
        if gone_on:
            raise EntryMoved(fields=gone_on)
        new = {name: value for field in approved for name, value in change.values[field]["new"].items()}
        if new:
            writing.put(row, new, at=at)
        change.decisions = {
            name: {"decision": Change.Decision.APPROVED if said.approves else Change.Decision.REJECTED,
                   "note": said.note.strip()}
            for name, said in verdicts.items()
        }  # fmt: skip
        _settle(change, _state(len(approved), len(change.values)), actor, words, at)
        pictures.forget(change, new_pictures(change, set(change.values) - set(approved)))
    return change


def ask_back(*, change_id: int, words: str, actor: Person, version: int, at: datetime) -> Change:
    """Ask the author for more: the change stays open, and goes on when they amend it. They get a letter.

    Raises NotPermitted, NotFound, ChangeNotWaiting, ChangeAmended, and Invalid at `words` (required, too_long).
    """
    with transaction.atomic():
        _row, change = _locked(change_id, actor, version)
        _refuse_silent({}, words, needed=True)
        _settle(change, Change.State.RETURNED, actor, words, at)
    return change


def _locked(change_id: int, actor: Person, version: int) -> tuple[Entry, Change]:
    """Return the entry and the change, both locked, if there is something to be decided."""
    if not permissions.may_review_entries(actor):
        raise NotPermitted()
    found = Change.objects.filter(pk=change_id).select_related("profile", "organisation").first()
    if found is None:
        raise NotFound(kind="change")
    row = writing.lock(found.entry)
    change = Change.objects.select_for_update(of=("self",)).select_related("author", "reviewer").get(pk=change_id)
    if change.state != Change.State.PENDING:
        reviewer = change.reviewer.full_name if change.reviewer else ""
        raise ChangeNotWaiting(state=change.state, at=change.decided_at, reviewer=reviewer)
    if change.version != version:
        raise ChangeAmended(version=change.version)
    return row, change


def _refuse_incomplete(change: Change, verdicts: Mapping[str, Verdict]) -> None:
    if set(verdicts) - set(change.values):
        raise Invalid(field="decisions", reason="unknown")
    if set(change.values) - set(verdicts):
        raise Invalid(field="decisions", reason="required")
    if any(len(said.note) > LONGEST for said in verdicts.values()):
        raise Invalid(field="decisions", reason="too_long", limit=LONGEST)


def _refuse_silent(verdicts: Mapping[str, Verdict], words: str, *, needed: bool = False) -> None:
    """Nobody is turned away without a word."""
    unsaid = any(not said.approves and not said.note.strip() for said in verdicts.values())
    if (needed or unsaid) and not words.strip():
        raise Invalid(field="words", reason="required")
    if len(words.strip()) > LONGEST:
        raise Invalid(field="words", reason="too_long", limit=LONGEST)


def _state(approved: int, asked: int) -> Change.State:
    if approved == asked:
        return Change.State.APPROVED
    return Change.State.PARTLY if approved else Change.State.REJECTED


def _settle(change: Change, state: Change.State, actor: Person, words: str, at: datetime) -> None:
    change.state, change.reviewer, change.decided_at, change.words = state, actor, at, words.strip()
    change.save(update_fields=["state", "decisions", "reviewer", "decided_at", "words"])
    letters.post(change, at=at)

"""Codes that staff hand out, on paper or by phone: each is good once, for one entry, until it expires."""

from datetime import datetime, timedelta

from django.db import transaction

from network import permissions
from network.joining import entries, tokens
from network.joining.entries import Entry
from network.models import ClaimCode, Person
from network.refusals import Invalid, NotPermitted

LASTS = timedelta(days=30)
LONGEST_NOTE = 120


def hand_out(*, entry: Entry, note: str, actor: Person, at: datetime) -> tuple[ClaimCode, str]:
    """Make a code for an entry; return its row and the code, which nobody can read again.

    Raises NotPermitted, NotFound, and Invalid at `note`: too_long.
    """
    if not permissions.keeps_directory(actor):
        raise NotPermitted()
    said = note.strip()
    if len(said) > LONGEST_NOTE:
        raise Invalid(field="note", reason="too_long", limit=LONGEST_NOTE)
    code = tokens.spoken_code()
    with transaction.atomic():
        held = entries.hold_again(entry)
        row = ClaimCode.objects.create(
            code_print=_print(code, held),
            note=said,
            made_by=actor,
            made_at=at,
            expires_at=at + LASTS,
            **entries.names(held),
        )
    return row, code


def use(*, entry: Entry, code: str, actor: Person, at: datetime) -> None:
    """Use a code up, with the entry held. Raises Invalid at `code`: wrong, expired."""
    row = ClaimCode.objects.select_for_update().filter(code_print=_print(code, entry)).first()
    if row is None:
        raise Invalid(field="code", reason="wrong")
    if row.used_at is not None or at >= row.expires_at:
        raise Invalid(field="code", reason="expired")
    row.used_by, row.used_at = actor, at
    row.save(update_fields=["used_by", "used_at"])


def _print(code: str, entry: Entry) -> str:
    return tokens.print_of(tokens.bared(code), purpose="code", about=entries.names(entry, value=entry.pk))

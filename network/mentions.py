"""Where somebody is named in words that stand elsewhere: facts, notes, letters, files.

An e-mail address or a phone number is one person's, so it is looked for everywhere. A name is many people's: it is
looked for only in what is known to be about this person.
"""

import json
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from email import message_from_bytes, policy
from typing import IO, Any, TypeVar
from zipfile import BadZipFile, ZipFile, is_zipfile

from django.db.models import Model, Q, QuerySet, TextField
from django.db.models.functions import Cast

from network.models import OutgoingMail, Person

STRUCK = "…"
AnyModel = TypeVar("AnyModel", bound=Model)


@dataclass(frozen=True, kw_only=True)
class Marks:
    """What a person is known by: `certain` marks are nobody else's, the name may be."""

    certain: tuple[str, ...]
    name: str

    def struck(self, value: Any) -> Any:
        """Return a text, or what JSON holds, with every mark and the name struck out."""
        if isinstance(value, str):
            known = "|".join(re.escape(mark) for mark in (*self.certain, self.name))
            return re.sub(known, STRUCK, value, flags=re.IGNORECASE)
        if isinstance(value, dict):
            return {key: self.struck(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [self.struck(inner) for inner in value]
        return value

    def name_in(self, text: str, *, by_name: bool) -> bool:
        """Whether a text names the person: by a certain mark, or (`by_name`) by the name too."""
        folded = text.casefold()
        return any(mark.casefold() in folded for mark in (*self.certain, *([self.name] if by_name else [])))


def marks_of(person: Person, emails: set[str]) -> Marks:
    """Return what `person` is known by; `emails` are the addresses that they have or had."""
    phone = str(person.phone or "")
    spellings = [phone, phone.replace("+84", "0", 1)] if phone else []
    return Marks(certain=tuple(sorted({email.lower() for email in emails} | set(spellings))), name=person.full_name)


def naming(rows: "QuerySet[AnyModel]", marks: Marks, *fields: str) -> "QuerySet[AnyModel]":
    """Return those of `rows` whose text or JSON in one of `fields` holds a certain mark."""
    wanted = Q(pk__in=[])
    for field in fields:
        rows = rows.alias(**{f"{field}_as_text": Cast(field, TextField())})
        for mark in marks.certain:
            wanted |= Q(**{f"{field}_as_text__icontains": mark})
            wanted |= Q(**{f"{field}_as_text__icontains": json.dumps(mark)[1:-1]})  # as SQLite keeps other letters
    return rows.filter(wanted)


def strike(rows: "QuerySet[Any]", marks: Marks, *fields: str) -> None:
    """Strike the person out of these fields of these rows."""
    untranslated = raw(rows.model._default_manager.all())
    for row in raw(rows).order_by().values("pk", *fields):
        struck = {field: marks.struck(row[field]) for field in fields}
        if any(struck[field] != row[field] for field in fields):
            untranslated.filter(pk=row["pk"]).update(**struck)


def raw(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Return the same rows with names of columns meant as they stand.

    A translated field has a column of its own beside those of its languages, and modeltranslation takes its name for
    that of the active language's.
    """
    return rows.rewrite(False) if hasattr(rows, "rewrite") else rows


def words_of(mail: OutgoingMail) -> str:
    """Return everything that a letter says, decoded: its head, its texts, its calendar entry."""
    message = message_from_bytes(bytes(mail.mime or b""), policy=policy.default)
    said = [str(value) for value in message.values()]
    for part in message.walk():
        if part.get_content_maintype() == "text":
            with suppress(LookupError, UnicodeError):
                said.append(str(part.get_content()))
    return "\n".join(said)


def clear_letters(rows: "QuerySet[OutgoingMail]", *, about: Callable[[OutgoingMail], bool]) -> None:
    """Empty those of these letters that are `about` somebody; one that has not left yet is taken back.

    A letter that is still to be written stays: it is written from what the database says by then.
    """
    for mail in rows.iterator():
        if mail.mime is None or not about(mail):
            continue
        if mail.sent_at is None:
            mail.delete()
        else:
            OutgoingMail.objects.filter(pk=mail.pk).update(mime=b"", subject="", facts={}, last_error="")


def in_file(file: IO[bytes], marks: Marks) -> bool:
    """Whether a file names the person, as plain text or (a spreadsheet is one) packed in a ZIP."""
    if not is_zipfile(file):
        file.seek(0)
        return marks.name_in(file.read().decode(errors="ignore"), by_name=True)
    file.seek(0)
    with suppress(BadZipFile), ZipFile(file) as packed:
        return any(marks.name_in(packed.read(name).decode(errors="ignore"), by_name=True) for name in packed.namelist())
    return True  # what cannot be read is taken for one that does

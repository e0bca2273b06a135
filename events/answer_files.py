"""Files that people hand in with a registration form: uploaded first, then named by an answer. Seen by few."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import PurePath
from uuid import UUID

from django.core.files.base import File

from events import permissions
from events.models import Answer, AnswerFile
from events.refusals import TooManyFiles
from network.models import Person
from network.refusals import Invalid

MOST_BYTES = 10 * 1024 * 1024
MOST_WAITING = 20
"""How many files somebody may have uploaded in a day that no answer names yet."""

BEGINNINGS = {
    "application/pdf": (b"%PDF-",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "application/zip": (b"PK\x03\x04",),
}
ENDINGS = {
    ".pdf": "application/pdf",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".docx": "application/zip",
    ".pptx": "application/zip",
    ".xlsx": "application/zip",
}
"""What may be handed in, by its name's ending and by how it must begin. Always downloaded, never shown in a page."""


def upload(*, person: Person, given: "File[bytes]", at: datetime, field: str = "file") -> AnswerFile:
    """Keep an uploaded file for an answer to come; return it.

    Raises Invalid at `field` (unknown_kind, too_big, required for an empty one) and TooManyFiles.
    """
    name = PurePath((given.name or "").replace("\\", "/")).name
    kind = ENDINGS.get(PurePath(name).suffix.lower())
    beginning = given.read(8)
    given.seek(0)
    if not given.size:
        raise Invalid(field=field, reason="required")
    if given.size > MOST_BYTES:
        raise Invalid(field=field, reason="too_big", megabytes=MOST_BYTES // 1024 // 1024)
    if kind is None or not beginning.startswith(BEGINNINGS[kind]):
        raise Invalid(field=field, reason="unknown_kind")
    waiting = AnswerFile.objects.filter(person=person, answer=None, uploaded_at__gt=at - timedelta(days=1))
    if waiting.count() >= MOST_WAITING:
        raise TooManyFiles()
    kept = AnswerFile(person=person, name=_printable(name), content_type=kind, size=given.size, uploaded_at=at)
    kept.file.save(f"{kept.pk}{PurePath(name).suffix.lower()}", given, save=False)
    kept.save()
    return kept


def _printable(name: str) -> str:
    return "".join(character for character in name if character.isprintable())[-160:]


def owned(file_id: UUID, *, person: Person, field: str) -> AnswerFile:
    """Return a file that this person uploaded. Raises Invalid at `field` (unknown)."""
    found = AnswerFile.objects.filter(pk=file_id, person=person).first()
    if found is None:
        raise Invalid(field=field, reason="unknown")
    return found


def names(*, person: Person, ids: Iterable[str]) -> dict[str, str]:
    """Return the names of those of these files that this person uploaded, by id; what is no id is left out."""
    wanted = []
    for each in ids:
        with suppress(ValueError):
            wanted.append(UUID(each))
    if not wanted:
        return {}
    rows = AnswerFile.objects.filter(pk__in=wanted, person=person)
    return {str(key): name for key, name in rows.order_by().values_list("pk", "name")}


def attach(*, answer: Answer) -> None:
    """Tie the file that an answer names to it; the one that it named before goes. Inside its rule's transaction."""
    AnswerFile.objects.filter(answer=answer).exclude(pk=str(answer.value)).update(answer=None)
    AnswerFile.objects.filter(pk=str(answer.value)).update(answer=answer)


def let_go(*, answer: Answer) -> None:
    """Untie the files of an answer that goes; a chore removes them for good. Inside its rule's transaction."""
    AnswerFile.objects.filter(answer=answer).update(answer=None)


def readable(*, file_id: UUID, viewer: permissions.Viewer) -> AnswerFile | None:
    """Return a file for its owner or for whoever runs the desk of its event; else None."""
    found = AnswerFile.objects.select_related("answer__registration").filter(pk=file_id).first()
    if found is None or not viewer.is_authenticated:
        return None
    if found.person_id == viewer.pk:
        return found
    event_id = found.answer.registration.event_id if found.answer else None
    return found if event_id is not None and permissions.may_run_desk(viewer, event_id) else None

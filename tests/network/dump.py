"""Everything that is kept, as text: every table whatever the database, letters and sessions decoded, every file."""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection

from network import mentions
from network.models import Job, OutgoingMail


def everything() -> str:
    """Return the whole database and all files as one text."""
    return "\n".join([*_tables(), *_letters(), *_sessions(), *_files()])


def _tables() -> Iterator[str]:
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                yield f"{table}: " + " | ".join(said(cell) for cell in row)


def said(cell: Any) -> str:
    """Return a cell as text, bytes and JSON decoded."""
    if isinstance(cell, dict | list):
        return json.dumps(cell, ensure_ascii=False)
    if isinstance(cell, bytes | memoryview):
        return bytes(cell).decode(errors="replace")
    if isinstance(cell, str) and cell[:1] in {"{", "[", '"'}:
        try:
            return cell + json.dumps(json.loads(cell), ensure_ascii=False)
        except ValueError:
            return cell
    return str(cell)


def _letters() -> Iterator[str]:
    return (mentions.words_of(mail) for mail in OutgoingMail.objects.all())


def _sessions() -> Iterator[str]:
    return (repr(session.get_decoded()) for session in Session.objects.all())


def folders() -> list[Path]:
    """Return where public and private files lie."""
    storage: Any = Job._meta.get_field("result").storage
    return [Path(settings.MEDIA_ROOT), Path(storage.location)]


def _files() -> Iterator[str]:
    for folder in folders():
        for path in sorted(folder.rglob("*")):
            yield str(path)
            if path.is_file():
                yield path.read_bytes().decode(errors="replace")
                if zipfile.is_zipfile(path):
                    with zipfile.ZipFile(path) as packed:
                        yield from (packed.read(name).decode(errors="replace") for name in packed.namelist())

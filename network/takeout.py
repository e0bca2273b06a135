"""One's own data to take along: a ZIP with everything as JSON or as CSV, and with one's files."""

import csv
import io
import json
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import PurePosixPath
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from network import own_data
from network.models import Person
from network.own_data import OwnFile, Row, Section
from network.vietnamese import fold

IN_MEMORY = 2**20
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for a formula; such a cell begins with an apostrophe instead."""


def as_json(*, person: Person, at: datetime) -> IO[bytes]:
    """Return a ZIP with `data.json` (sections by name, each a list of rows, moments in ISO 8601) and `files/`."""
    packed = _Pack()
    whole = {"exported_at": timezone.localtime(at).isoformat(), "sections": sections(person=person, packed=packed)}
    packed.zip.writestr("data.json", json.dumps(whole, ensure_ascii=False, indent=1))
    return packed.finished()


def sections(*, person: Person, packed: "_Pack | None" = None) -> dict[str, list[Row]]:
    """Return everything as JSON values, sections by name; files are packed, or only named where nothing is packed."""
    return {known.name: [_plain(row, packed) for row in rows] for known, rows in own_data.collected(person)}


def as_csv(*, person: Person) -> IO[bytes]:
    """Return a ZIP with one table per section that holds something, headed in the active language, and `files/`."""
    packed = _Pack()
    for known, rows in own_data.collected(person):
        if rows:
            packed.zip.writestr(f"{known.name}.csv", _table(known, rows, packed).encode("utf-8-sig"))
    return packed.finished()


class _Pack:
    """A ZIP that is being filled; files get names of their own in it."""

    def __init__(self) -> None:
        self.file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  # handed out open
        self.zip = ZipFile(self.file, "w", ZIP_DEFLATED)
        self.files = 0

    def keep(self, own: OwnFile) -> str:
        """Put a file in; return its place. One that is lost from the disk is left out."""
        self.files += 1
        place = f"files/{self.files:03d}-{PurePosixPath(own.name.replace(chr(92), '/')).name}"
        with suppress(FileNotFoundError), own.file.open("rb") as opened:
            self.zip.writestr(place, opened.read())
        return place

    def finished(self) -> IO[bytes]:
        """Return the ZIP from its beginning."""
        self.zip.close()
        self.file.seek(0)
        return self.file


def _plain(row: Row, packed: _Pack | None) -> Row:
    return {key: _as_json(value, packed) for key, value in row.items()}


def _as_json(value: Any, packed: _Pack | None) -> Any:
    if isinstance(value, OwnFile):
        return {"name": value.name, **({"file": packed.keep(value)} if packed else {})}
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat()
    return value if value is None or isinstance(value, bool | int | float | list | dict) else str(value)


def _table(known: Section, rows: Iterable[Row], packed: _Pack) -> str:
    written = io.StringIO(newline="")
    table = csv.writer(written)
    table.writerow([str(label) for label in known.columns.values()])
    for row in rows:
        table.writerow([_cell(row[key], packed) for key in known.columns])
    return written.getvalue()


def _cell(value: Any, packed: _Pack) -> str:
    text = packed.keep(value) if isinstance(value, OwnFile) else as_text(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def as_text(value: Any) -> str:
    """Return a value as people read it: a moment in local time, yes or no, nothing as nothing."""
    if value is None or value == [] or value == {}:
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def file_name(person: Person, *, kind: str, at: datetime) -> str:
    """Return what the download is called: "du-lieu-nguyen-van-an-20261123-csv.zip"."""
    name = "-".join(fold(person.full_name).split())
    return f"du-lieu-{name}-{timezone.localtime(at):%Y%m%d}-{kind}.zip"

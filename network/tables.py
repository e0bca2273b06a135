"""Tables as files: read from whatever a spreadsheet saved, written so that no cell is a formula.

Reading takes XLSX, and CSV in UTF-8 (with or without a BOM), UTF-16 or Windows-1258, whose Vietnamese accents are
characters of their own; with commas, semicolons or tabs. Every text comes out in NFC with its white space collapsed.
"""

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from network.refusals import Invalid

MOST_ROWS = 10_000
MOST_COLUMNS = 100
MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 200 * 1024 * 1024
"""An XLSX file is a ZIP: 10 MB of it could unpack to anything."""

LONGEST_CELL = 5_000
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
"""What makes a spreadsheet read a cell as a formula (OWASP, CSV injection)."""
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")

csv.field_size_limit(MOST_BYTES)


@dataclass(frozen=True, kw_only=True)
class Table:
    """What a file says: the head's cells, and the rows that are not empty with the number a spreadsheet gives them."""

    head: list[str]
    rows: list[tuple[int, list[str]]]


def read(file: IO[bytes], *, field: str = "file", most_rows: int = MOST_ROWS) -> Table:
    """Return the table of a file. Raises Invalid at `field`: required (empty), too_big, unreadable, too_many_rows."""
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise Invalid(field=field, reason="too_big", megabytes=MOST_BYTES // 1024 // 1024)
    rows = ((number, cells) for number, cells in _rows(data, field) if cells)
    _number, head = next(rows, (0, []))
    if not head:
        raise Invalid(field=field, reason="required")
    kept = []
    for row in rows:
        kept.append(row)
        if len(kept) > most_rows:
            raise Invalid(field=field, reason="too_many_rows", most=most_rows)
    return Table(head=head, rows=kept)


def _rows(data: bytes, field: str) -> Iterator[tuple[int, list[str]]]:
    read = _xlsx(data, field) if data.startswith(b"PK\x03\x04") else _csv(data, field)
    for number, cells in enumerate(read, start=1):
        said = [_text(cell) for cell in cells[:MOST_COLUMNS]]
        while said and not said[-1]:
            said.pop()
        yield number, said


def _xlsx(data: bytes, field: str) -> Iterator[Sequence[Any]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(member.file_size for member in packed.infolist()) > MOST_UNPACKED:
                raise Invalid(field=field, reason="too_big", megabytes=MOST_BYTES // 1024 // 1024)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        try:
            yield from book.worksheets[0].iter_rows(values_only=True, max_col=MOST_COLUMNS)
        finally:
            book.close()
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, IndexError, SyntaxError) as error:
        raise Invalid(field=field, reason="unreadable") from error


def _csv(data: bytes, field: str) -> Iterator[Sequence[Any]]:
    text = _decoded(data, field)
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise Invalid(field=field, reason="unreadable") from error


def _decoded(data: bytes, field: str) -> str:
    """A file without a NUL that is no UTF-8 comes from an old Vietnamese Windows."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        if b"\0" in data:
            raise Invalid(field=field, reason="unreadable") from None
        return data.decode("cp1258", errors="replace")


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)  # a phone number that a spreadsheet took for a number
    if isinstance(cell, datetime):
        cell = cell.date().isoformat() if (cell.hour, cell.minute, cell.second) == (0, 0, 0) else cell.isoformat()
    if isinstance(cell, bool):
        cell = str(cell).lower()
    text = unicodedata.normalize("NFC", str(cell)[:LONGEST_CELL])
    return " ".join(text.replace("\0", "").split())


def neutral(value: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula: such texts get an apostrophe in front."""
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value


def write_csv(file: IO[bytes], *, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write CSV that Excel opens with its accents right: UTF-8 with a BOM, one comma between cells."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, delimiter=",")
    writer.writerow([neutral(cell) for cell in head])
    for row in rows:
        writer.writerow([neutral(_flat(cell)) for cell in row])
    text.detach()


def write_xlsx(file: IO[bytes], *, title: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write one sheet, row by row: memory does not grow with their number. Moments must be without a zone."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("".join(character for character in title if character not in r"[]:*?/\ ")[:31] or "1")
    sheet.freeze_panes = "A2"
    for number, _name in enumerate(head):
        sheet.column_dimensions[_column(number)].width = 22
    sheet.append([neutral(cell) for cell in head])
    for row in rows:
        sheet.append([neutral(_storable(cell)) for cell in row])
    book.save(file)


def _column(number: int) -> str:
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _flat(cell: Any) -> Any:
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M")
    return cell.isoformat() if isinstance(cell, date) else cell


def _storable(cell: Any) -> Any:
    """XML has no place for control characters; a cell has room for 32,767 characters."""
    if isinstance(cell, str):
        return CONTROL.sub("", cell)[:32_000]
    return cell

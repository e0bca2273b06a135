"""Tables as spreadsheets save them, and as they must be written."""

import csv
import io
import unicodedata
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from network import tables
from network.refusals import Invalid

NAME = "Nguyễn Thị Hồng Đào"


def refused(data: bytes, **how) -> tuple[str, str]:
    with pytest.raises(Invalid) as caught:
        tables.read(io.BytesIO(data), **how)
    return caught.value.field, caught.value.facts["reason"]


@pytest.mark.parametrize(
    "data",
    [
        f"Họ tên,Email\n{NAME},a@example.org\n".encode(),
        f"\ufeffHọ tên;Email\r\n{NAME};a@example.org\r\n".encode(),
        f"Họ tên\tEmail\n{NAME}\ta@example.org\n".encode("utf-16"),
        unicodedata.normalize("NFD", f"Họ tên,Email\n{NAME},a@example.org\n").encode(),
    ],
    ids=["plain", "BOM and semicolons", "UTF-16 and tabs", "decomposed"],
)
def test_whatever_a_spreadsheet_saves_reads_the_same(data: bytes) -> None:
    table = tables.read(io.BytesIO(data))
    assert (table.head, table.rows) == (["Họ tên", "Email"], [(2, [NAME, "a@example.org"])])


def test_windows_1258_reads_as_composed_letters() -> None:
    """That code page writes most accented letters as a letter and a mark behind it."""
    text = f"Họ tên,Email\n{NAME},a@example.org\n"
    marks = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
    data = b""
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        tone = next((mark for mark in parts if mark in marks), "")
        base = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark != tone))
        data += (base + tone).encode("cp1258")
    with pytest.raises(UnicodeDecodeError):
        data.decode()
    assert tables.read(io.BytesIO(data)).rows == [(2, [NAME, "a@example.org"])]


def test_xlsx_reads_numbers_as_people_typed_them_and_keeps_its_rows_numbers() -> None:
    book, file = Workbook(), io.BytesIO()
    for row in (["Họ tên", "Điện thoại"], [None, None], [f"  {NAME} ", 912345678.0]):
        book.active.append(row)
    book.save(file)
    file.seek(0)
    assert tables.read(file).rows == [(3, [NAME, "912345678"])]


def test_what_is_no_table_is_refused() -> None:
    assert refused(b"") == ("file", "required")
    assert refused(b"PK\x03\x04 not a zip") == ("file", "unreadable")
    assert refused(b"\xff\0\x80binary") == ("file", "unreadable")
    assert refused(b"x" * (tables.MOST_BYTES + 1)) == ("file", "too_big")
    assert refused(b"a\n1\n2\n3\n", most_rows=2) == ("file", "too_many_rows")


def test_a_zip_that_unpacks_to_too_much_is_refused_unread() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (tables.MOST_UNPACKED + 1))
    assert refused(file.getvalue()) == ("file", "too_big")


@pytest.mark.parametrize(
    "evil", ["=1+1", "+84912", "-2", "@SUM(A1)", "\t=1", "\r=1", "|cmd", "%x", '=HYPERLINK("http://x")']
)
def test_no_cell_is_a_formula(evil: str) -> None:
    kept = io.BytesIO()
    tables.write_csv(kept, head=["Tên", evil], rows=[[NAME, evil]])
    head, row = csv.reader(io.StringIO(kept.getvalue().decode("utf-8-sig"), newline=""))
    assert (head[1][0], row) == ("'", [NAME, f"'{evil}"])
    book = io.BytesIO()
    tables.write_xlsx(book, title="CAFE 047", head=["Tên", evil], rows=[[NAME, evil]])
    cells = list(load_workbook(book)["CAFE047"].iter_rows())[1]
    assert [cell.data_type for cell in cells] == ["s", "s"]
    assert str(cells[1].value).startswith("'")

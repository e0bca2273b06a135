"""Badges: who gets one, what stands on it, and that a door reads it."""

import unicodedata
from datetime import timedelta
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
import zxingcpp

from events import badge_sheets, badges, registration, tickets, typesetting
from events.badge_sheets import Badge, Layout
from events.models import AttendeeAccess, Event, EventStaff, Registration, Ticket, TicketType
from events.refusals import EventNotFound, NobodyThere
from network import jobs, worker
from network.models import Job, Person
from network.refusals import Invalid
from tests.factories import NOW, PersonFactory, on_duty, open_event

pytestmark = pytest.mark.django_db
LONG = "Nguyễn Phúc Hoàng Thiên Bảo Anh Trần Đặng"
NAMES = [
    LONG,
    "Hà",
    "Đỗ Ỗng Ẫm",
    "🎉 Vũ Thị Ỷ Lan 🎉",
    "김철수",
    "Anna-Lena Müller-Lüdenscheidt",
    "W" * 120,
    "Phạm Thu Hà",
]


@pytest.fixture
def event() -> Event:
    return open_event()


@pytest.fixture
def organiser(event: Event) -> Person:
    return on_duty(event, EventStaff.Role.ORGANISER)


def registered(event: Event, name: str, **others: Any) -> Registration:
    person = PersonFactory.create(full_name=name)
    return registration.register(event_id=event.pk, person=person, at=NOW, channel=Registration.Channel.SITE, **others)


def badge(name: str, serial: int = 1, **others: Any) -> Badge:
    facts = {"organisation": "Trường Đại học Hàng hải Việt Nam", "ticket_type": "Nhà đầu tư", "paint": serial}
    code = f"HP1:{serial:04d}" + "ABCDEFGH234567QRSTUVWXYZKLMNOP" * 4
    return Badge(**(facts | {"name": name, "number": f"CAFE 047 {serial:04d} · 6", "code": code} | others))


def printed(layout: Layout, *printed_badges: Badge) -> pypdfium2.PdfDocument:
    file = BytesIO()
    badge_sheets.write(
        file,
        badges=printed_badges,
        layout=layout,
        event_code="CAFE 047",
        event_title="Cà phê khởi nghiệp",
        language="vi",
    )
    return pypdfium2.PdfDocument(file.getvalue())


def codes_on(page: pypdfium2.PdfPage) -> set[str]:
    picture = page.render(scale=200 / 72).to_pil()
    return {found.text for found in zxingcpp.read_barcodes(picture)}


def words_on(page: pypdfium2.PdfPage) -> str:
    return " ".join(unicodedata.normalize("NFC", page.get_textpage().get_text_bounded()).split())


def done(job: Job) -> Job:
    worker.run_due(at=NOW)
    return Job.objects.get(pk=job.pk)


def document(job: Job) -> pypdfium2.PdfDocument:
    with job.result.open() as file:
        return pypdfium2.PdfDocument(file.read())


@pytest.mark.parametrize(("layout", "pages"), [(Layout.A4, 2), (Layout.LABEL_62X100, 10), (Layout.LABEL_89X36, 10)])
def test_every_code_is_read_from_the_picture(layout: Layout, pages: int) -> None:
    made = [badge(NAMES[serial % len(NAMES)], serial) for serial in range(10)]
    sheets = printed(layout, *made)
    assert len(sheets) == pages
    assert set().union(*(codes_on(page) for page in sheets)) == {each.code for each in made}


@pytest.mark.parametrize("layout", list(Layout))
@pytest.mark.parametrize("name", [LONG, "Hà", "Đỗ Ỗng Ẫm", "Nguyễn-Phạm Thị Thuỷ-Tiên"])
def test_names_are_whole_with_their_accents(layout: Layout, name: str) -> None:
    # pdfium takes a hyphen at the end of a line for one that stands there for the break, and says so by U+0002.
    words = words_on(printed(layout, badge(name))[0]).replace("\x02", "-").replace("- ", "-")
    assert name in words


@pytest.mark.parametrize("layout", list(Layout))
@pytest.mark.parametrize("name", NAMES)
def test_nothing_runs_over_the_edge(layout: Layout, name: str) -> None:
    page = printed(layout, badge(name, organisation="Ủy ban " * 20, ticket_type="Khách mời danh dự " * 4))[0]
    width, height = page.get_size()
    left, bottom, right, top = (0.0, 0.0, width, height)
    if layout == Layout.A4:
        left, bottom, right, top = 42.5, height - 80.8 - 170.1, 42.5 + 255.2, height - 80.8
    text = page.get_textpage()
    boxes = [text.get_charbox(index) for index in range(text.count_chars())]
    assert boxes
    assert [box for box in boxes if box[0] < left or box[1] < bottom or box[2] > right or box[3] > top] == []


def test_type_is_embedded() -> None:
    file = BytesIO()
    badge_sheets.write(
        file, badges=[badge("Hà")], layout=Layout.A4, event_code="CAFE 047", event_title="Cà phê", language="vi"
    )
    written = file.getvalue()
    assert written.count(b"/FontFile2") == written.count(b"/Subtype /TrueType") == 2
    assert b"Helvetica" not in written


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("🎉 Hà 🎉", "Hà"),
        (unicodedata.normalize("NFD", "Nguyễn"), "Nguyễn"),
        ("𝐇𝐨𝐚", "Hoa"),
        ("김철수", ""),
        ("Hà\u200b\x07\tLan", "Hà Lan"),
    ],
)
def test_what_the_type_lacks_is_left_out(text: str, shown: str) -> None:
    assert typesetting.printable(text) == shown


def test_lines_are_about_equally_long_and_fit() -> None:
    block = typesetting.fit(LONG, face=typesetting.DISPLAY, width=220, height=60, largest=25, smallest=7)
    assert list(block.lines) == ["Nguyễn Phúc Hoàng", "Thiên Bảo Anh Trần Đặng"]
    assert max(typesetting.width_of(line, block.face, block.size) for line in block.lines) <= 220
    assert block.height <= 60


def test_a_short_name_is_as_large_as_may_be() -> None:
    block = typesetting.fit("Hà", face=typesetting.DISPLAY, width=220, height=60, largest=25, smallest=7)
    assert (block.size, list(block.lines)) == (25, ["Hà"])


def test_what_cannot_fit_says_so() -> None:
    block = typesetting.fit("Ban tổ chức " * 30, face=typesetting.LABEL, width=80, height=20, largest=9, smallest=6)
    assert len(block.lines) == 2
    assert block.lines[-1].endswith("…")


def test_badges_are_for_valid_tickets_by_given_name(event: Event, organiser: Person) -> None:
    for name in ("Trần Văn Đức", "Phạm Thu Hà", "Lê Thị An", "Đỗ Văn Dũng"):
        registered(event, name)
    gone = registered(event, "Vũ Thị Cúc")
    registration.cancel(registration_id=gone.pk, actor=gone.person, at=NOW)
    job = done(badges.ask(event_id=event.pk, layout="LABEL_89X36", actor=organiser, at=NOW))
    assert (job.status, job.report, job.done, job.total) == (Job.Status.DONE, {"people": 4}, 4, 4)
    sheets = document(job)
    order = ["Lê Thị An", "Đỗ Văn Dũng", "Trần Văn Đức", "Phạm Thu Hà"]
    assert [name in words_on(page) for name, page in zip(order, sheets, strict=True)] == [True] * 4
    valid = {tickets.code(ticket) for ticket in Ticket.objects.filter(revoked_at=None)}
    assert set().union(*(codes_on(page) for page in sheets)) == valid
    assert event.title in words_on(sheets[0]) or event.code in words_on(sheets[0])
    assert TicketType.objects.get(event=event).name in words_on(sheets[0])


def test_taking_the_names_away_is_noted(event: Event, organiser: Person) -> None:
    registered(event, "Phạm Thu Hà")
    done(badges.ask(event_id=event.pk, layout="A4", actor=organiser, at=NOW))
    noted = AttendeeAccess.objects.get()
    assert (noted.event, noted.person, noted.act, noted.people) == (event, organiser, "BADGES", 1)


def test_names_that_cannot_be_set_are_counted(event: Event, organiser: Person) -> None:
    registered(event, "Phạm Thu Hà")
    Ticket.objects.update(holder_name="김철수")
    job = done(badges.ask(event_id=event.pk, layout="A4", actor=organiser, at=NOW))
    assert job.report == {"people": 1, "nameless": 1}


def test_only_who_runs_the_desk_prints(event: Event) -> None:
    registered(event, "Phạm Thu Hà")
    for stranger in (PersonFactory.create(), on_duty(event), on_duty(open_event(), EventStaff.Role.ORGANISER)):
        with pytest.raises(EventNotFound):
            badges.ask(event_id=event.pk, layout="A4", actor=stranger, at=NOW)
    assert Job.objects.count() == 0


def test_who_lost_the_role_gets_nothing_any_more(event: Event, organiser: Person) -> None:
    registered(event, "Phạm Thu Hà")
    first = done(badges.ask(event_id=event.pk, layout="A4", actor=organiser, at=NOW))
    second = badges.ask(event_id=event.pk, layout="LABEL_62X100", actor=organiser, at=NOW + timedelta(minutes=1))
    assert jobs.may_open(organiser, first)
    organiser.event_roles.all().delete()
    assert not jobs.may_open(organiser, first)
    refused = done(second)
    assert (refused.status, refused.report["refusals"][0]["code"]) == (Job.Status.FAILED, "EVENT_NOT_FOUND")
    assert not refused.result


def test_nothing_is_printed_for_nobody(event: Event, organiser: Person) -> None:
    with pytest.raises(NobodyThere):
        badges.ask(event_id=event.pk, layout="A4", actor=organiser, at=NOW)
    with pytest.raises(Invalid) as refused:
        badges.ask(event_id=event.pk, layout="A5", actor=organiser, at=NOW)
    assert refused.value.field == "layout"

"""The attendee desk: who enters, what the list shows and what it costs."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.admin.desk.acts import ACTS
from cms.admin.desk.bulk import BULKS
from events import answer_files, answers, questions
from events.models import AnswerFile, AttendeeAccess, Registration
from events.questions import QuestionFacts
from network.models import Person
from tests.cms.desk import Desk, crowd, desk_of, organiser_of
from tests.factories import NOW, planner

pytestmark = pytest.mark.django_db
PAGES = ["registrations", "registrations_results", "attendee_new", "attendees_message"]


@pytest.fixture
def desk(home: object) -> Desk:
    desk = desk_of()
    desk.come("Phạm Thu Hà", person={"email": "ha@example.org", "phone": "+84912345678"})
    desk.come("Trần An", desk.team)
    return desk


@pytest.fixture
def browser(organiser: Person) -> Client:
    """Of an organiser; forms need their token, as in life."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(organiser)
    return client


def addresses(desk: Desk) -> list[str]:
    """Every page of the desk about its first registration."""
    bulk = [f"{desk.url('attendees_bulk', act)}?n=1" for act in BULKS]
    acts = [desk.url(f"attendee_{act}", 1) for act in ACTS]
    return [*map(desk.url, PAGES), desk.url("attendee", 1), *acts, *bulk]


def test_every_page_opens_for_organisers(desk: Desk, browser: Client) -> None:
    assert {address: browser.get(address).status_code for address in addresses(desk)} == dict.fromkeys(
        addresses(desk), 200
    )


@pytest.mark.parametrize("who", ["attendee", "mentor", "door", "editor", "other"])
def test_nobody_else_sees_or_does_anything(
    desk: Desk, outsiders: dict[str, Person], editor: Person, client: Client, who: str
) -> None:
    """`other` is the organiser of another event: the list of this one is not theirs."""
    others = {"editor": editor, "other": organiser_of(desk_of().event)}
    client.force_login((outsiders | others)[who])
    before = list(Registration.objects.order_by("pk").values())
    for address in addresses(desk):
        for ask in (client.get, client.post):
            answer = ask(address)
            assert answer.status_code in (302, 403), address
            assert "Phạm Thu Hà" not in answer.content.decode()
            if answer.status_code == 302:
                assert answer.url == "/quan-tri/"
    assert list(Registration.objects.order_by("pk").values()) == before
    assert not AttendeeAccess.objects.exists()


def test_an_organiser_of_one_event_runs_its_desk(desk: Desk, client: Client) -> None:
    client.force_login(organiser_of(desk.event))
    assert {address: client.get(address).status_code for address in addresses(desk)} == dict.fromkeys(
        addresses(desk), 200
    )


def test_without_a_token_nothing_is_done(desk: Desk, browser: Client) -> None:
    answer = browser.post(desk.url("attendee_cancel", 1))
    assert answer.status_code == 403
    assert Registration.objects.get(event=desk.event, number=1).status == "CONFIRMED"


def test_what_is_not_there_is_not_found(desk: Desk, browser: Client) -> None:
    other = desk_of()
    other.come("Người Khác"), other.come("Người Nữa"), other.come("Người Ba")
    gone = [
        desk.url("attendee", 3),
        desk.url("attendee_cancel", 999),
        desk.url("attendees_bulk", "erase") + "?n=1",
        desk.url("attendees_bulk", "cancel") + "?everybody=1&status=NONSENSE",
        desk.url("attendee_file", 1, "00000000-0000-0000-0000-000000000000"),
        desk.url("attendees_job", "00000000-0000-0000-0000-000000000000"),
        desk.url().replace(f"/{desk.event.pk}/", "/999999/"),
    ]
    assert {address: browser.get(address).status_code for address in gone} == dict.fromkeys(gone, 404)


def shown(browser: Client, desk: Desk, query: str = "") -> list[str]:
    """The names in the list."""
    page = browser.get(desk.url() + query).content.decode()
    return re.findall(r'class="desk-name"[^>]*>([^<]+)<', page)


def test_the_list_finds_and_sorts_as_vietnamese_does(desk: Desk, browser: Client) -> None:
    desk.come("Nguyễn Đức"), desk.come("Vũ Ánh"), desk.come("Bùi Dung")
    assert shown(browser, desk, "?q=duc nguyen") == ["Nguyễn Đức"]
    assert shown(browser, desk, "?q=0912345678") == ["Phạm Thu Hà"]
    assert shown(browser, desk, "?ordering=person__sort_key") == [
        "Trần An", "Vũ Ánh", "Bùi Dung", "Nguyễn Đức", "Phạm Thu Hà",
    ]  # fmt: skip
    assert shown(browser, desk, "?ordering=number&status=WAITLISTED") == ["Vũ Ánh", "Bùi Dung"]
    assert shown(browser, desk, "?ordering=password") == shown(browser, desk)


def test_the_list_shows_neither_address_nor_phone(desk: Desk, browser: Client) -> None:
    page = browser.get(desk.url()).content.decode().split("<main", 1)[1]
    assert "Phạm Thu Hà" in page
    assert "ha@example.org" not in page
    assert "912" not in page
    detail = browser.get(desk.url("attendee", 1)).content.decode()
    assert "ha@example.org" in detail
    assert "0912 345 678" in detail


def test_tiles_lead_to_those_whom_they_count(desk: Desk, browser: Client) -> None:
    desk.approve(desk.come("Lê Bình", desk.team, with_=["Cúc"]))
    for name in "Dũng", "Em", "Giang":
        desk.come(name)
    page = browser.get(desk.url()).content.decode()
    tiles = re.findall(r'desk-tile[^"]*" href="[^?"]*\?([^"]*)"[^>]*><strong>(\d+)</strong>', page)
    assert len(tiles) == 5
    for query, count in tiles:
        assert len(shown(browser, desk, "?" + query.replace("&amp;", "&"))) == int(count), query


def test_looking_is_written_down(desk: Desk, browser: Client, organiser: Person) -> None:
    browser.get(desk.url())
    browser.get(desk.url("attendee", 1))
    noted = AttendeeAccess.objects.order_by("pk").values_list("act", "people", "person", "by")
    assert list(noted) == [("VIEW", 2, organiser.pk, "ADMIN"), ("DETAIL", 1, organiser.pk, "ADMIN")]


def test_an_empty_desk_says_what_to_do(home: object, browser: Client) -> None:
    empty = desk_of()
    assert "Chưa có ai đăng ký" in browser.get(empty.url()).content.decode()
    empty.come("Trần An")
    assert "Không có ai phù hợp" in browser.get(empty.url() + "?q=xyz").content.decode()


@pytest.mark.parametrize(
    ("many", "one"),
    [
        ("", "&channel=ADMIN"),
        ("&q=nguyen", "&q=nguyen van chau"),
        ("&status=CONFIRMED&language=vi&ordering=person__sort_key", "&status=CONFIRMED&language=vi&channel=ADMIN"),
    ],
)
def test_a_page_costs_the_same_whatever_its_size(desk: Desk, browser: Client, many: str, one: str) -> None:
    crowd(desk, 250)
    Registration.objects.filter(number=1).update(channel="ADMIN")

    def costs(query: str, rows: int) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert len(shown(browser, desk, f"?{query}")) == rows
        return len(asked)

    costs(f"per=20{many}", 20)
    several = {rows: costs(f"per={rows}{many}", min(rows, 50) if "q=" in many else rows) for rows in (20, 50, 100)}
    assert {*several.values(), costs(f"per=20{one}", 1)} == {several[20]}
    assert several[20] <= 15


def file_of(desk: Desk) -> AnswerFile:
    """A file that the first registration handed in."""
    facts = QuestionFacts(kind="FILE", label_vi="Hồ sơ")
    asked = questions.add(event_id=desk.event.pk, facts=facts, actor=planner())
    row = Registration.objects.select_related("person").get(event=desk.event, number=1)
    given = SimpleUploadedFile("hồ sơ.pdf", b"%PDF-1.7 ...")
    kept = answer_files.upload(person=row.person, given=given, at=NOW)
    answers.change(registration_id=row.pk, answers={asked.pk: str(kept.pk)}, actor=row.person, at=NOW)
    return kept


def test_a_file_is_downloaded_and_never_shown(desk: Desk, browser: Client, client: Client) -> None:
    kept = file_of(desk)
    address = desk.url("attendee_file", 1, kept.pk)
    assert address in browser.get(desk.url("attendee", 1)).content.decode()
    answer = browser.get(address)
    assert (answer.status_code, answer["X-Content-Type-Options"]) == (200, "nosniff")
    assert answer["Content-Disposition"].startswith("attachment;")
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    assert browser.get(desk.url("attendee_file", 2, kept.pk)).status_code == 404
    client.force_login(organiser_of(desk_of().event))
    assert client.get(address).status_code == 302

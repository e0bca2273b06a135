"""One's own data on the website: seen, corrected, taken along, agreed to, erased; by nobody else."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from events.models import Registration
from network import consents, outbox
from network.consents import Purpose
from network.models import Consent, OutgoingMail, Person
from tests.factories import NOW, PersonFactory, ProfileFactory, open_event
from tests.network.planted import registered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
SignedIn = Callable[[Person], Client]
AT = "/tai-khoan/du-lieu/"
PASSWORD = "hoaphuongdo-2026"


@pytest.fixture(autouse=True)
def _no_limits_spent() -> None:
    cache.clear()


@pytest.fixture
def person() -> Person:
    person = PersonFactory.create(full_name="Trần Thị Bưởi", email="buoi@example.org", phone="+84912345678")
    person.set_password(PASSWORD)
    person.save()
    return person


@pytest.mark.parametrize("page", ["", "sua/", "dong-y/", "xoa/"])
def test_strangers_are_asked_to_log_in(page: str) -> None:
    answer = Client().get(f"{AT}{page}")
    assert answer.headers["Location"] == f"/tai-khoan/login/?next={AT}{page}"


@pytest.mark.parametrize("page", ["mang-di/json/", "mang-di/csv/", "xoa/ma/"])
def test_what_acts_is_posted(person: Person, signed_in: SignedIn, page: str) -> None:
    assert signed_in(person).get(f"{AT}{page}").status_code == 405
    assert Client().post(f"{AT}{page}").status_code == 302


def test_the_page_shows_what_is_held(person: Person, signed_in: SignedIn) -> None:
    row = registered(person, open_event())
    said = signed_in(person).get(AT).content.decode()
    for word in ("Trần Thị Bưởi", "buoi@example.org", row.event.title, row.tickets.get().number, "Chúng tôi không lưu"):
        assert word in said


def test_nobody_sees_somebody_else(person: Person, signed_in: SignedIn) -> None:
    registered(person, open_event())
    said = signed_in(PersonFactory.create()).get(AT).content.decode()
    assert "Trần Thị Bưởi" not in said
    assert "buoi@example.org" not in said


def test_the_page_asks_for_as_much_however_much_there_is(
    person: Person, signed_in: SignedIn, statements: Callable[..., int]
) -> None:
    registered(person, open_event())
    client = signed_in(person)
    one = statements(client, AT)
    for _more in range(3):
        registered(person, open_event())
    assert statements(client, AT) == one


def test_a_name_is_corrected_on_tickets_to_come(person: Person, signed_in: SignedIn) -> None:
    ticket = registered(person, open_event()).tickets.get()
    answer = signed_in(person).post(
        f"{AT}sua/", {"full_name": "  Trần Thị  Bòng ", "phone": "098 765 4321", "language": "en"}
    )
    assert answer.headers["Location"] == AT
    person.refresh_from_db()
    ticket.refresh_from_db()
    assert (person.full_name, str(person.phone), person.preferred_language) == ("Trần Thị Bòng", "+84987654321", "en")
    assert person.search_text == "tran thi bong"
    assert ticket.holder_name == "Trần Thị Bòng"


def test_the_ticket_of_an_event_that_is_over_stays_as_it_was(person: Person, signed_in: SignedIn) -> None:
    row = registered(person, open_event())
    with time_machine.travel(row.event.ends_at + timedelta(minutes=1), tick=False):
        signed_in(person).post(f"{AT}sua/", {"full_name": "Trần Thị Bòng", "phone": "", "language": "vi"})
    assert row.tickets.get().holder_name == "Trần Thị Bưởi"
    assert str(Person.objects.get(pk=person.pk).phone) == ""


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"full_name": " "}, "full_name", "Mời bạn điền vào đây."),
        ({"full_name": "http://x.example"}, "full_name", "Hãy viết tên như sẽ in trên vé, chỉ dùng chữ."),
        ({"phone": "12"}, "phone", "Hãy viết theo mẫu “0912 345 678”."),
        ({"phone": "gọi tôi"}, "phone", "Hãy viết theo mẫu “0912 345 678”."),
        ({"language": "fr"}, "language", "Không có lựa chọn này. Hãy chọn trong danh sách."),
    ],
)
def test_a_wrong_correction_is_said_at_its_field(
    person: Person, signed_in: SignedIn, typed: dict[str, str], field: str, said: str
) -> None:
    whole = {"full_name": "Trần Thị Bòng", "phone": "", "language": "vi"} | typed
    page = signed_in(person).post(f"{AT}sua/", whole)
    assert page.context["form"].errors == {field: [said]}
    assert Person.objects.get(pk=person.pk).full_name == "Trần Thị Bưởi"


def test_everything_can_be_taken_along(person: Person, signed_in: SignedIn) -> None:
    row = registered(person, open_event())
    client = signed_in(person)
    answer = client.post(f"{AT}mang-di/json/")
    assert answer.headers["Content-Disposition"] == ('attachment; filename="du-lieu-tran-thi-buoi-20261123-json.zip"')
    with ZipFile(BytesIO(answer.getvalue())) as packed:
        data = json.loads(packed.read("data.json"))
    assert data["exported_at"] == "2026-11-23T09:00:00+07:00"
    assert data["sections"]["account"][0]["email"] == "buoi@example.org"
    assert data["sections"]["tickets"][0]["number"] == row.tickets.get().number
    with ZipFile(BytesIO(client.post(f"{AT}mang-di/csv/").getvalue())) as packed:
        table = packed.read("account.csv").decode("utf-8-sig").splitlines()
        assert {"account.csv", "registrations.csv", "tickets.csv", "consents.csv"} <= set(packed.namelist())
    assert table[0].startswith("Họ và tên,E-mail,")
    assert table[1].startswith("Trần Thị Bưởi,buoi@example.org,'+84912345678,")


def test_a_formula_is_none_in_the_tables(person: Person, signed_in: SignedIn) -> None:
    ProfileFactory.create(person=person, headline_vi='=HYPERLINK("http://x.example")')
    with ZipFile(BytesIO(signed_in(person).post(f"{AT}mang-di/csv/").getvalue())) as packed:
        assert "\"'=HYPERLINK(" in packed.read("mentor.csv").decode()


def test_consents_are_given_and_withdrawn_one_by_one(person: Person, signed_in: SignedIn) -> None:
    Consent.objects.filter(person=person).delete()
    client = signed_in(person)
    said = client.get(f"{AT}dong-y/").content.decode()
    assert said.count("Tôi đồng ý") == len(Purpose)
    assert "checked" not in said
    client.post(f"{AT}dong-y/", {"purpose": "PHOTO", "act": "give"})
    given = Consent.objects.get(person=person)
    assert (given.purpose, given.language, given.channel, given.given_at) == ("PHOTO", "vi", "SITE", NOW)
    assert "Bạn đã đồng ý lúc 09:00 23/11/2026 · Trang web · phiên bản 1" in client.get(f"{AT}dong-y/").content.decode()
    client.post(f"{AT}dong-y/", {"purpose": "PHOTO", "act": "withdraw"})
    assert consents.standing(person) == set()
    assert "rút lại lúc 09:00 23/11/2026" in client.get(f"{AT}dong-y/").content.decode()


def test_withdrawing_registration_says_what_follows_and_keeps_tickets(person: Person, signed_in: SignedIn) -> None:
    row = registered(person, open_event())
    client = signed_in(person)
    assert "bạn không đăng ký sự kiện được" in client.get(f"{AT}dong-y/").content.decode()
    client.post(f"{AT}dong-y/", {"purpose": "REGISTRATION", "act": "withdraw"})
    row.refresh_from_db()
    assert row.status == Registration.Status.CONFIRMED
    assert consents.standing(person) == set()


def test_an_unknown_purpose_is_not_found(person: Person, signed_in: SignedIn) -> None:
    assert signed_in(person).post(f"{AT}dong-y/", {"purpose": "ALL", "act": "give"}).status_code == 404


def test_a_wrong_password_erases_nobody(person: Person, signed_in: SignedIn) -> None:
    page = signed_in(person).post(f"{AT}xoa/", {"password": "hoa-sai"})
    assert page.context["form"].errors == {"password": ["Chưa khớp. Hãy xem lại, hoặc nhận mã mới."]}
    assert signed_in(person).post(f"{AT}xoa/", {}).context["form"].errors == {"password": ["Mời bạn điền vào đây."]}
    assert Person.objects.get(pk=person.pk).is_active


def test_the_right_password_erases_and_logs_out(person: Person, signed_in: SignedIn) -> None:
    row = registered(person, open_event())
    client = signed_in(person)
    assert row.event.title in client.get(f"{AT}xoa/").content.decode()
    assert client.post(f"{AT}xoa/", {"password": PASSWORD}).headers["Location"] == "/"
    assert "Tạm biệt bạn!" in client.get("/su-kien/").content.decode()
    assert client.get(AT).status_code == 302
    row.refresh_from_db()
    person.refresh_from_db()
    assert (row.status, person.full_name, person.is_active) == (Registration.Status.CANCELLED, "Người đã xoá", False)


def _code() -> str:
    mail = OutgoingMail.objects.filter(recipient="buoi@example.org").latest("pk")
    found = re.search(r"\d{8}", str(outbox.opened(mail)["Subject"]))
    assert found is not None
    return found[0]


def test_who_has_no_password_confirms_by_a_code(person: Person, signed_in: SignedIn) -> None:
    person.set_unusable_password()
    person.save()
    client = signed_in(person)
    assert 'name="password"' not in client.get(f"{AT}xoa/").content.decode()
    client.post(f"{AT}xoa/ma/")
    code = _code()
    wrong = str(int(code) ^ 1).zfill(8)
    page = client.post(f"{AT}xoa/", {"code": wrong})
    assert page.context["form"].errors == {"code": ["Chưa khớp. Hãy xem lại, hoặc nhận mã mới."]}
    assert client.post(f"{AT}xoa/", {"code": f"{code[:4]} {code[4:]}"}).headers["Location"] == "/"
    assert not Person.objects.get(pk=person.pk).is_active


def test_a_code_dies_after_ten_minutes_and_after_five_wrong_tries(person: Person, signed_in: SignedIn) -> None:
    client = signed_in(person)
    client.post(f"{AT}xoa/ma/")
    late = NOW + timedelta(minutes=10)
    with time_machine.travel(late, tick=False):
        page = client.post(f"{AT}xoa/", {"code": _code()})
    assert page.context["form"].errors == {"code": ["Mã này không còn dùng được. Hãy nhận mã mới."]}
    client.post(f"{AT}xoa/ma/")
    code = _code()
    for _try in range(5):
        client.post(f"{AT}xoa/", {"code": "0" if code != "0" else "1"})
    assert "không còn dùng được" in str(client.post(f"{AT}xoa/", {"code": code}).context["form"].errors)
    assert Person.objects.get(pk=person.pk).is_active


def test_the_code_of_one_session_opens_no_other(person: Person, signed_in: SignedIn) -> None:
    signed_in(person).post(f"{AT}xoa/ma/")
    other = signed_in(person)
    page = other.post(f"{AT}xoa/", {"code": _code(), "password": ""})
    assert page.status_code == 200
    assert Person.objects.get(pk=person.pk).is_active


def test_attempts_and_letters_are_limited(person: Person, signed_in: SignedIn) -> None:
    client = signed_in(person)
    answers = [client.post(f"{AT}xoa/", {"password": "sai"}).status_code for _try in range(11)]
    assert answers == [200] * 10 + [429]
    letters = [client.post(f"{AT}xoa/ma/").status_code for _try in range(6)]
    assert letters == [302] * 5 + [429]


def test_the_last_administrator_is_told_why_not(person: Person, signed_in: SignedIn) -> None:
    Person.objects.update(is_superuser=False)
    Person.objects.filter(pk=person.pk).update(is_superuser=True)
    page = signed_in(person).post(f"{AT}xoa/", {"password": PASSWORD})
    assert "quản trị viên cuối cùng" in page.content.decode()
    assert Person.objects.get(pk=person.pk).is_active


def test_the_account_leads_here(person: Person, signed_in: SignedIn) -> None:
    assert f'href="{AT}"' in signed_in(person).get("/tai-khoan/").content.decode()


def test_the_pages_speak_english(person: Person, signed_in: SignedIn) -> None:
    client = signed_in(person)
    for page, said in {"": "My data", "sua/": "Correct my data", "dong-y/": "Withdraw", "xoa/": "What goes"}.items():
        consents.give(person=person, purposes=[Purpose.PHOTO], language="en", channel=Consent.Channel.SITE, at=NOW)
        assert said in client.get(f"/en{AT}{page}").content.decode()

"""Hours with mentors on the site: booking, one's own hours, and the mentor's week."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from network.models import Booking, BookingFeedback, BusyTime, MentorHours, Profile
from tests.factories import NOW, PersonFactory
from tests.network.mentoring_scenes import NEXT_MONDAY, mentor, standing, startup

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
HOUR = timedelta(hours=1)
SignedIn = Callable[..., Client]


@pytest.fixture
def lan() -> Profile:
    """A mentor whose Mondays can be booked."""
    made = mentor()
    Profile.objects.filter(pk=made.pk).update(slug="lan")
    made.slug = "lan"
    return made


def text(answer: Any) -> str:
    """What a page says."""
    return str(answer.content.decode())


def confirm(moment: Any) -> str:
    """Where the slot of this moment is confirmed."""
    return f"/hen/dat/lan/xac-nhan/?luc={quote(moment.isoformat())}"


def test_the_mentors_page_leads_to_the_free_slots_which_anybody_sees(lan: Profile) -> None:
    client = Client()
    assert 'href="/hen/dat/lan/"' in text(client.get("/co-van/lan/"))
    page = text(client.get("/hen/dat/lan/"))
    assert page.count('class="hours-slot numeric"') == 18
    assert "09:00" in page
    assert "Theo giờ Hải Phòng" in page


def test_who_offers_nothing_is_not_offered(lan: Profile) -> None:
    MentorHours.objects.update(is_open=False)
    assert "/hen/dat/lan/" not in text(Client().get("/co-van/lan/"))
    page = Client().get("/hen/dat/lan/")
    assert (page.status_code, "Những ngày tới chưa có giờ trống" in text(page)) == (200, True)
    Profile.objects.update(is_listed=False)
    assert Client().get("/hen/dat/lan/").status_code == 404


def test_an_hour_is_booked_for_a_startup(lan: Profile, signed_in: SignedIn) -> None:
    person = PersonFactory.create()
    organisation = startup(person)
    client = signed_in(person)
    page = client.get(confirm(NEXT_MONDAY))
    assert "09:00\u00a0– 09:30" in text(page)
    typed = {"luc": NEXT_MONDAY.isoformat(), "topic": "Giá bán", "organisation_id": str(organisation.pk)}
    answer = client.post(confirm(NEXT_MONDAY), typed)
    made = Booking.objects.get()
    assert answer.headers["Location"] == f"/hen/{made.uid}/"
    assert (made.booker, made.organisation, made.starts_at, made.topic) == (
        person,
        organisation,
        NEXT_MONDAY,
        "Giá bán",
    )
    shown = text(client.get(f"/hen/{made.uid}/"))
    assert "https://meet.example.org/co-van" in shown
    assert "Giá bán" in shown


def test_a_slot_that_went_meanwhile_is_said_and_nothing_that_was_typed_is_lost(
    lan: Profile, signed_in: SignedIn
) -> None:
    standing(lan, NEXT_MONDAY)
    client = signed_in(PersonFactory.create())
    answer = client.post(confirm(NEXT_MONDAY), {"luc": NEXT_MONDAY.isoformat(), "topic": "Rất dài và rất quý"})
    page = text(answer)
    assert answer.status_code == 409
    assert "Giờ này không còn trống. Hãy chọn giờ khác." in page
    assert "Rất dài và rất quý" in page
    others = [slot.starts_at for slot in answer.context["others"]]
    assert others == [NEXT_MONDAY + n * HOUR / 2 for n in range(1, 6)] + [NEXT_MONDAY + timedelta(days=7)]
    assert page.count('name="luc"') == 6
    assert Booking.objects.count() == 1


def test_what_is_missing_stands_at_its_field_and_a_wrong_moment_leads_back(lan: Profile, signed_in: SignedIn) -> None:
    client = signed_in(PersonFactory.create())
    page = client.post(confirm(NEXT_MONDAY), {"luc": NEXT_MONDAY.isoformat(), "topic": " "})
    assert page.context["form"].errors == {"topic": ["Mời bạn điền vào đây."]}
    for wrong in ("", "x", "2026-11-30T09:00:00"):
        assert client.get(f"/hen/dat/lan/xac-nhan/?luc={wrong}").headers["Location"] == "/hen/dat/lan/"
    assert Booking.objects.count() == 0


def test_strangers_log_in_first_and_others_find_nothing(lan: Profile, signed_in: SignedIn) -> None:
    made = standing(lan, NEXT_MONDAY)
    places = [f"/hen/{made.uid}/{end}" for end in ("", "doi/", "huy/")]
    acts = [f"/hen/{made.uid}/{end}" for end in ("doi/", "huy/", "ghi-chu/", "vang-mat/", "phan-hoi/")]
    stranger, other = Client(), signed_in(PersonFactory.create(is_superuser=True))
    for place in [*places, "/hen/", "/ho-so/gio/", confirm(NEXT_MONDAY)]:
        assert stranger.get(place).headers["Location"].startswith("/tai-khoan/login/")
    assert [other.get(place).status_code for place in places] == [404] * 3
    assert [other.post(act, {"words": "x", "stars": 5}).status_code for act in acts] == [404] * 5
    made.refresh_from_db()
    assert (made.state, made.starts_at) == ("BOOKED", NEXT_MONDAY)


def test_an_hour_is_moved_and_cancelled(lan: Profile, signed_in: SignedIn) -> None:
    made = standing(lan, NEXT_MONDAY)
    client = signed_in(made.booker)
    assert "09:30" in text(client.get(f"/hen/{made.uid}/doi/"))
    later = NEXT_MONDAY + HOUR
    assert client.post(f"/hen/{made.uid}/doi/", {"luc": later.isoformat()}).headers["Location"] == f"/hen/{made.uid}/"
    made.refresh_from_db()
    assert made.starts_at == later
    taken = client.post(f"/hen/{made.uid}/doi/", {"luc": (NEXT_MONDAY + 9 * HOUR).isoformat()})
    assert (taken.status_code, "Chưa đổi được" in text(taken)) == (409, True)
    assert client.post(f"/hen/{made.uid}/huy/").headers["Location"] == "/hen/"
    made.refresh_from_db()
    assert made.state == "CANCELLED"


def test_a_mentor_who_cancels_says_why(lan: Profile, signed_in: SignedIn) -> None:
    made = standing(lan, NEXT_MONDAY)
    client = signed_in(lan.person)
    page = client.post(f"/hen/{made.uid}/huy/", {"words": ""})
    assert page.context["form"].errors == {"words": ["Mời bạn điền vào đây."]}
    made.refresh_from_db()
    assert made.state == "BOOKED"
    client.post(f"/hen/{made.uid}/huy/", {"words": "Tôi ốm."})
    assert "Tôi ốm." in text(signed_in(made.booker).get(f"/hen/{made.uid}/"))


def test_each_has_notes_of_their_own(lan: Profile, signed_in: SignedIn) -> None:
    made = standing(lan, NOW - HOUR)
    for person, said in ((made.mentor, "Của cố vấn"), (made.booker, "Của người đặt")):
        signed_in(person).post(f"/hen/{made.uid}/ghi-chu/", {"notes": said})
    assert "Của người đặt" not in text(signed_in(made.mentor).get(f"/hen/{made.uid}/"))
    assert "Của cố vấn" not in text(signed_in(made.booker).get(f"/hen/{made.uid}/"))
    long = signed_in(made.booker).post(f"/hen/{made.uid}/ghi-chu/", {"notes": "Dài" * 2000})
    assert (long.status_code, "DàiDàiDài" in text(long)) == (422, True)


def test_feedback_and_no_show(lan: Profile, signed_in: SignedIn) -> None:
    made = standing(lan, NOW - HOUR)
    client = signed_in(made.booker)
    assert "Buổi hẹn thế nào?" in text(client.get("/hen/"))
    bare = client.post(f"/hen/{made.uid}/phan-hoi/", {"words": "Không mất chữ nào"})
    assert (bare.status_code, "Không mất chữ nào" in text(bare)) == (422, True)
    client.post(f"/hen/{made.uid}/phan-hoi/", {"stars": "4", "words": "Hay"})
    assert BookingFeedback.objects.get().stars == 4
    assert "Hay" not in text(signed_in(made.mentor).get(f"/hen/{made.uid}/")).replace("Hay ", "")
    signed_in(made.mentor).post(f"/hen/{made.uid}/vang-mat/")
    made.refresh_from_db()
    assert (made.state, made.missed_by) == ("NO_SHOW", "BOOKER")


def test_times_are_told_by_the_readers_clock(lan: Profile, signed_in: SignedIn) -> None:
    abroad = mentor(zone="Europe/Berlin")
    page = text(signed_in(abroad.person).get("/hen/dat/lan/"))
    assert "Theo giờ của bạn: Europe/Berlin" in page
    assert ">03:00<" in page
    assert ">09:00<" not in page


class TestWeek:
    """The mentor's own page."""

    def typed(self, **changes: Any) -> dict[str, Any]:
        """What the form sends for Mondays from nine to eleven."""
        blank = {f"w{day}-0-{part}": "" for day in range(7) for part in ("from", "to")}
        known = {
            "is_open": "on", "slot_minutes": "45", "link": "https://meet.example.org/x", "buffer_before": "0",
            "buffer_after": "10", "notice_hours": "24", "horizon_days": "28", "daily_limit": "3",
            "time_zone": "Europe/Berlin", "w0-0-from": "09:00", "w0-0-to": "11:00", "x0-day": "2026-12-24",
            "x0-from": "", "x0-to": "", "x1-day": "2026-12-26", "x1-from": "08:00", "x1-to": "09:00",
        }  # fmt: skip
        return blank | known | changes

    def test_everything_is_set_at_once(self, lan: Profile, signed_in: SignedIn) -> None:
        client = signed_in(lan.person)
        assert client.get("/ho-so/gio/").status_code == 200
        assert client.post("/ho-so/gio/", self.typed()).headers["Location"] == "/ho-so/gio/"
        hours = MentorHours.objects.get()
        assert (hours.slot_minutes, hours.profile.time_zone) == (45, "Europe/Berlin")
        assert [str(row) for row in hours.weekly.all()] == ["0 09:00–11:00"]
        assert [row.is_closed for row in hours.exceptions.all()] == [True, False]
        page = text(client.get("/ho-so/gio/"))
        assert 'value="2026-12-24"' in page
        assert 'value="08:00"' in page

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"w0-0-to": "08:00"}, "w0-0-to"),
            ({"w0-0-to": ""}, "w0-0-to"),
            ({"w3-0-from": "xx", "w3-0-to": "10:00"}, "w3-0-from"),
            ({"x1-to": "07:00"}, "x1-to"),
            ({"x1-day": ""}, "x1-day"),
            ({"x1-day": "2026-12-24", "x1-from": "", "x1-to": ""}, "x1-day"),
            ({"daily_limit": "0"}, "daily_limit"),
            ({"notice_hours": ""}, "notice_hours"),
            ({"link": "zoom"}, "link"),
            ({"busy_address": "http://x.example/"}, "busy_address"),
        ],
    )
    def test_a_mistake_stands_at_its_field_and_nothing_is_lost(
        self, lan: Profile, signed_in: SignedIn, changes: dict[str, str], field: str
    ) -> None:
        answer = signed_in(lan.person).post("/ho-so/gio/", self.typed(place="Phòng 302", **changes))
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
        assert "Phòng 302" in text(answer)
        assert 'value="09:00"' in text(answer)
        assert MentorHours.objects.get().slot_minutes == 30

    def test_a_calendar_file_is_read_and_forgotten(self, lan: Profile, signed_in: SignedIn) -> None:
        content = (
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:a@x\r\nDTSTAMP:20261101T000000Z\r\n"
            "DTSTART:20261130T020000Z\r\nDTEND:20261130T030000Z\r\nSUMMARY:Bí mật\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        )
        client = signed_in(lan.person)
        client.post("/ho-so/gio/", self.typed(busy_file=SimpleUploadedFile("a.ics", content.encode())))
        assert BusyTime.objects.get().starts_at == NEXT_MONDAY
        assert "1 khoảng bận từ tệp của bạn." in text(client.get("/ho-so/gio/"))
        wrong = client.post("/ho-so/gio/", self.typed(busy_file=SimpleUploadedFile("a.ics", b"x")))
        assert list(wrong.context["form"].errors) == ["busy_file"]
        client.post("/ho-so/gio/", self.typed(forget_file="on"))
        assert BusyTime.objects.count() == 0

    def test_it_is_for_mentors(self, signed_in: SignedIn) -> None:
        assert signed_in(PersonFactory.create()).get("/ho-so/gio/").status_code == 403
        former = mentor()
        former.roles.update(until=NOW.date())
        assert signed_in(former.person).get("/ho-so/gio/").status_code == 403

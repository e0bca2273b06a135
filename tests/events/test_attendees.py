"""Whom the desk finds, and what it counts."""

from datetime import timedelta

import pytest

from events import attendees, checkin, desk_counts, payments, registration
from events.attendees import Wanted
from events.checkin import Scan
from events.models import Registration
from network.models import Person
from tests.cms.desk import Desk, desk_of, planner_of_desk
from tests.factories import NOW, PersonFactory, main_list, on_duty

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    """Đức comes, Hà brings people and has paid, Thủy waits, An is to be decided, Bình gave the place back."""
    desk = desk_of()
    desk.come("Nguyễn Văn Đức", person={"email": "duc.nguyen@example.org", "phone": "+84912345678"})
    group = desk.come("Phạm Thu Hà", desk.team, with_=["Lê Thị Thắm"], answers={desk.role.pk: "Kỹ sư"})
    desk.approve(group)
    payments.receive(registration_id=group.pk, actor=planner_of_desk(), at=NOW)
    desk.come("Đỗ Hải Nam", person={"preferred_language": "en"})
    desk.come("Vũ Thủy", at=NOW + timedelta(days=2))
    desk.come("Trần An", desk.team, with_=["Bùi Ngọc Ánh"], answers={desk.role.pk: "Kỹ sư cảng"})
    gone = desk.come("Hồ Bình", desk.team)
    registration.cancel(registration_id=gone.pk, actor=gone.person, at=NOW)
    return desk


def names(desk: Desk, **wanted: object) -> list[str]:
    """The given names of those who are found, by number."""
    rows = attendees.found(event_id=desk.event.pk, wanted=Wanted(**wanted)).order_by("number")  # type: ignore[arg-type]
    return [row.person.given_name for row in rows]


def test_nothing_asked_for_is_everybody_of_this_event_alone(desk: Desk) -> None:
    other = desk_of()
    other.come("Người Khác")
    assert names(desk) == ["Đức", "Hà", "Nam", "Thủy", "An", "Bình"]
    assert names(other) == ["Khác"]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("nguyen van duc", ["Đức"]),
        ("ĐỨC", ["Đức"]),
        ("thi tham", ["Hà"]),  # on a ticket of a group
        ("anh ngoc", ["An"]),  # waits for a ticket
        ("duc.nguyen@", ["Đức"]),
        ("0912 345 678", ["Đức"]),
        ("+84912345678", ["Đức"]),
        ("5678", ["Đức"]),
        ("4", ["Nam"]),
        ("CAFE 001 0004", ["Nam"]),
        ("0004", ["Nam"]),
        ("khong ai ten nay", []),
        ("%", []),
        ("12345678901234567890", []),
    ],
)
def test_search(desk: Desk, search: str, found: list[str]) -> None:
    assert names(desk, search=search) == found


def test_filters(desk: Desk) -> None:
    assert names(desk, statuses=("CONFIRMED",)) == ["Đức", "Hà", "Nam"]
    assert names(desk, statuses=("WAITLISTED", "PENDING")) == ["Thủy", "An"]
    assert names(desk, ticket_types=(desk.team.pk,)) == ["Hà", "An", "Bình"]
    assert names(desk, payments=("RECEIVED",)) == ["Hà"]
    assert names(desk, languages=("en",)) == ["Nam"]
    assert names(desk, channels=("ADMIN",)) == []
    assert names(desk, since=(NOW + timedelta(days=1)).date()) == ["Thủy"]
    assert names(desk, until=NOW.date()) == ["Đức", "Hà", "Nam", "An", "Bình"]
    assert names(desk, numbers=(1, 999)) == ["Đức"]


def test_an_answer_is_found_by_its_whole_choice(desk: Desk) -> None:
    assert names(desk, answers=(f"{desk.role.pk}:Kỹ sư",)) == ["Hà"]
    assert names(desk, answers=(f"{desk.role.pk}:Kỹ sư cảng",)) == ["An"]
    assert names(desk, answers=(f"{desk.role.pk}:Kỹ sư", f"{desk.role.pk}:Kỹ sư cảng")) == ["Hà", "An"]
    assert names(desk, answers=("x:y",)) == names(desk)


def test_who_came_in(desk: Desk) -> None:
    ticket = Registration.objects.get(number=1, event=desk.event).tickets.get()
    door = on_duty(desk.event)
    checkin.redeem(list_id=main_list(desk.event).pk, scan=Scan(code=ticket.number, nonce=ticket.pk), actor=door, at=NOW)
    assert names(desk, came=True) == ["Đức"]
    assert names(desk, came=False, statuses=("CONFIRMED",)) == ["Hà", "Nam"]


def test_what_is_wanted_survives_json(desk: Desk) -> None:
    wanted = Wanted(statuses=("PENDING",), came=False, since=NOW.date(), search="Đức", numbers=(1, 2))
    assert Wanted.from_json(wanted.as_json()) == wanted
    assert Wanted().as_json() == {}


def test_counts(desk: Desk, django_assert_num_queries: pytest.FixtureRequest) -> None:
    with django_assert_num_queries(2):  # type: ignore[operator]
        counts = desk_counts.counts(event=desk.event, at=NOW)
    assert counts.by_status == {"CONFIRMED": 3, "WAITLISTED": 1, "PENDING": 1, "CANCELLED": 1}
    assert {each.ticket_type.pk: each.places for each in counts.by_type} == {desk.team.pk: 2, desk.audience.pk: 2}
    assert (counts.people_waiting, counts.offers_running_out) == (1, 0)
    assert (counts.due.amount, counts.received.amount, counts.received.registrations) == (0, 300_000, 1)
    assert counts.to_return.registrations == 0


def test_a_paid_fee_of_who_cancelled_is_to_be_returned_and_an_offer_runs_out(desk: Desk) -> None:
    for number in (1, 2):
        row = Registration.objects.select_related("person").get(event=desk.event, number=number)
        registration.cancel(registration_id=row.pk, actor=row.person, at=NOW)
    offered = Registration.objects.get(event=desk.event, status="OFFERED")
    before = desk_counts.counts(event=desk.event, at=offered.offer_expires_at - timedelta(hours=7))
    soon = desk_counts.counts(event=desk.event, at=offered.offer_expires_at - timedelta(hours=5))
    assert (before.offers_running_out, soon.offers_running_out) == (0, 1)
    assert (soon.to_return.registrations, soon.to_return.amount) == (1, 300_000)


def test_a_stranger_of_the_same_name_elsewhere_is_not_found(desk: Desk) -> None:
    PersonFactory.create(full_name="Nguyễn Văn Đức")
    assert Person.objects.filter(full_name="Nguyễn Văn Đức").count() == 2
    assert names(desk, search="duc nguyen") == ["Đức"]

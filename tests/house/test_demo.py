"""The demonstration once loaded: whole, the same when loaded again, and moving with the calendar."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import Sum

from cms.models import CampaignPage, EventPage, HomePage, NewsPage
from config.demo import loading, logins, pictures
from config.demo.dates import HAI_PHONG
from config.demo.sources import read
from events import (
    checkin,
    desk_counts,
    permissions,
    planning,
    queries,
    registration,
    schedule,
    setup_overview,
    statistics,
)
from events.checkin import Scan
from events.models import CheckIn, CheckInList, CheckInTally, Event, Registration, Seats, Ticket
from events.refusals import EventFull, RegistrationClosed, RegistrationNotYetOpen
from network import queries as network_queries
from network import relationships
from network.models import DirectoryEntry, DirectoryStamp, Organisation, Person, Profile, Sector, Skill
from tests.factories import agree

# One worker loads the demo once, for all of these tests.
pytestmark = [
    pytest.mark.xdist_group("demo"),
    pytest.mark.slow,
    # Wagtail leaves the temporary file open in which it makes a rendition.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

INDEX = {DirectoryEntry, DirectoryStamp}
"""They say when an entry was last read: what it says is compared."""
WEDNESDAY = datetime(2026, 11, 25, 10, 0, tzinfo=HAI_PHONG)


@pytest.fixture(scope="module")
def _demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The demo as it is after its first load, on a Wednesday at ten."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr(pictures, "WIDTH", 64)
        loading.load(at=WEDNESDAY)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def db(_demo: None) -> Iterator[None]:
    """Here the database is the loaded demo; what a test does to it is undone."""
    point = transaction.savepoint()
    yield
    transaction.savepoint_rollback(point)


@pytest.fixture
def guest(db: None) -> Person:
    person = Person.objects.create_user("moi@example.com", full_name="Trần Mới")
    agree([person])
    return person


def _event(code: str) -> Event:
    return Event.objects.get(code=code)


def _starts(code: str) -> str:
    return f"{_event(code).starts_at.astimezone(HAI_PHONG):%a %d/%m/%Y %H:%M}"


@pytest.mark.usefixtures("db")
def test_the_network_is_there() -> None:
    kinds = Counter(Organisation.objects.values_list("kind", flat=True))

    assert Sector.objects.count() == 9
    assert Organisation.objects.count() == 85
    assert (kinds["UNIVERSITY_CLUB"], kinds["STARTUP"], kinds["INCUBATOR"], kinds["INNOVATION_SPACE"]) == (8, 24, 3, 4)
    listed = Profile.objects.filter(is_listed=True)
    assert (network_queries.listed_mentors().count(), listed.count()) == (20, 57)
    assert not listed.exclude(person__consents__purpose="DIRECTORY").exists()
    assert Organisation.objects.get(code="coworking").parent.code == "startup-haiphong"


@pytest.mark.usefixtures("db")
def test_entries_say_what_only_their_kind_has_and_where_they_lie() -> None:
    fund, startup = Organisation.objects.get(code="quy-buom-nau"), Organisation.objects.get(code="neo-cam-bien")
    relations = relationships.of_organisations([startup])[startup.pk]
    roles = Profile.objects.get(slug="pham-thu-trang").roles.values_list("kind", "until")

    assert (fund.fund_facts.currency, fund.latitude, Skill.objects.count()) == ("USD", None, 24)
    assert (startup.startup_facts.team_size, startup.funding_rounds.count()) == (19, 2)
    assert {each.name for each in relations if each.kind == "INVESTED_IN"} == {
        "Quỹ Ba Ngọn Sóng", "Quỹ Neo Sâu", "Nhóm thiên thần Bàn Trà Số Chín",
    }  # fmt: skip
    assert [kind for kind, until in roles if until] == ["INVESTOR", "FOUNDER"]
    assert not Organisation.objects.filter(kind__in=["STARTUP", "UNIVERSITY_CLUB"], latitude=None).exists()


@pytest.mark.usefixtures("db")
def test_46_cafes_are_held_and_the_next_one_is_to_come() -> None:
    held = queries.public_events(at=WEDNESDAY, when=queries.When.PAST, kind="CAFE")
    coming = queries.next_event(at=WEDNESDAY)

    assert held.count() == 46
    assert (coming.code, coming.seats.taken, coming.seats.capacity) == ("CAFE 047", 94, 120)
    assert _starts("CAFE 047") == "Sat 05/12/2026 14:00"


@pytest.mark.usefixtures("db")
def test_counters_are_what_the_rows_say() -> None:
    for event in Event.objects.all():
        assert statistics.counter(event_id=event.pk) == statistics.recount(event_id=event.pk), event.code
    places = Registration.objects.filter(status__in=Registration.HOLDING).aggregate(places=Sum("quantity"))["places"]
    confirmed = Registration.objects.filter(status="CONFIRMED").aggregate(places=Sum("quantity"))["places"]
    assert places == sum(Seats.objects.values_list("taken", flat=True))
    assert Ticket.objects.filter(revoked_at=None).count() == confirmed
    assert CheckIn.objects.count() == sum(CheckInTally.objects.values_list("admitted", flat=True))


@pytest.mark.usefixtures("db")
def test_numbers_of_tickets_are_those_that_the_rule_would_give() -> None:
    for ticket in Ticket.objects.select_related("event", "registration").order_by("?")[:50]:
        event, row = ticket.event, ticket.registration
        assert ticket.number.startswith(f"{event.code} {row.number:04d} · ") or row.quantity > 1


@pytest.mark.usefixtures("db")
def test_the_desk_of_the_build_weekend_has_something_of_everything() -> None:
    event = _event("LT 001")
    counts = desk_counts.counts(event=event, at=WEDNESDAY)

    assert set(counts.by_status) == {
        "CONFIRMED", "PENDING", "WAITLISTED", "OFFERED", "REJECTED", "CANCELLED", "DECLINED",
    }  # fmt: skip
    assert len(counts.by_type) == 2
    assert min(counts.due.amount, counts.received.amount) > 0
    assert event.questions.filter(is_staff_only=True).get().answers.exists()


@pytest.mark.parametrize(
    ("code", "refusal"),
    [
        ("QUY 012", EventFull),
        ("TH 102", RegistrationClosed),
        ("DT 001", RegistrationClosed),
        ("CT 001", RegistrationNotYetOpen),
    ],
)
def test_every_way_of_not_getting_in_can_be_seen(guest: Person, code: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal), transaction.atomic():
        registration.register(event_id=_event(code).pk, person=guest, at=WEDNESDAY, channel=Registration.Channel.SITE)


def test_a_newcomer_can_register_and_be_let_in_at_once(guest: Person) -> None:
    doors = _event("MO 001")
    made = registration.register(event_id=doors.pk, person=guest, at=WEDNESDAY, channel=Registration.Channel.SITE)
    scan = Scan(code=made.tickets.get().number, nonce=made.tickets.get().pk)
    volunteer = logins.person(logins.DOOR)
    answer = checkin.redeem(
        list_id=CheckInList.objects.get(event=doors, is_main=True).pk, scan=scan, actor=volunteer, at=WEDNESDAY
    )

    assert doors.starts_at <= WEDNESDAY < doors.ends_at
    assert (answer.checkin.status, answer.admitted) == ("ok", 21)


@pytest.mark.usefixtures("db")
def test_logins_hold_their_roles_and_no_more() -> None:
    cafe = _event("CAFE 047")
    may = {
        login.name: (
            permissions.may_check_in(person, cafe.pk),
            permissions.may_watch_board(person, cafe.pk),
            permissions.may_plan_events(person),
            person.has_perm("wagtailadmin.access_admin"),
        )
        for login in logins.ALL
        for person in [logins.person(login)]
    }

    assert may == {
        "bientap": (False, False, True, True),
        "tochuc": (True, True, True, True),
        "soatve": (True, False, False, False),
        "covan": (False, False, False, False),
        "khach": (False, False, False, False),
        "quantri": (False, False, True, True),
    }
    for login in logins.ALL:
        assert logins.person(login).check_password(logins.PASSWORD)
        assert logins.person(login).emailaddress_set.get().verified
    assert logins.person(logins.MENTOR).profile.is_listed


@pytest.mark.usefixtures("db")
def test_pages_stand_in_both_languages_and_an_editor_could_save_them() -> None:
    assert NewsPage.objects.count() == 2 * len(read("news")) >= 24
    assert CampaignPage.objects.count() == 4
    for model in (NewsPage, CampaignPage, EventPage):
        for page in model.objects.all():
            assert page.body.stream_block.clean(page.body) is not None
            assert page.get_translations().count() == 1
            page.full_clean()


@pytest.mark.usefixtures("db")
def test_every_picture_says_what_it_shows() -> None:
    for page in [*NewsPage.objects.all(), *CampaignPage.objects.all()]:
        assert page.image.alt_vi
        assert page.image.alt_en


@pytest.mark.usefixtures("db")
def test_the_home_page_has_its_own_lead_story_in_each_language() -> None:
    for home in HomePage.objects.all():
        assert home.featured_news.locale == home.featured_campaign.locale == home.locale


# Again, and later


def _everything() -> dict[str, list[Any]]:
    """All rows of the platform, but for those that only Wagtail and Django keep for themselves."""
    labels = {"network", "events", "cms", "account", "auth", "wagtailcore"}
    models = [model for model in apps.get_models() if model._meta.app_label in labels and model not in INDEX]
    told = {model._meta.label: list(model._base_manager.order_by("pk").values_list()) for model in models}
    return told | {"found": list(DirectoryEntry.objects.order_by("pk").values_list("kind", "entry_id", "facts"))}


@pytest.mark.usefixtures("db")
def test_loading_again_changes_nothing() -> None:
    before = _everything()

    assert loading.load(at=WEDNESDAY + timedelta(hours=5)) == 0
    assert _everything() == before


@pytest.mark.usefixtures("db")
def test_what_was_edited_stays_edited() -> None:
    Organisation.objects.filter(code="neo-cam-bien").update(name_vi="Tên mới")
    Profile.objects.filter(slug="ha-gia-bao").update(headline_vi="Lời mới")
    article = NewsPage.objects.get(slug="soi-soi-vao-ca-dem")
    article.title = "Nhan đề mới"
    article.save_revision().publish()
    published = NewsPage.objects.get(pk=article.pk).published_on

    loading.load(at=WEDNESDAY + timedelta(weeks=1))

    assert Organisation.objects.get(code="neo-cam-bien").name_vi == "Tên mới"
    assert Profile.objects.get(slug="ha-gia-bao").headline_vi == "Lời mới"
    article = NewsPage.objects.get(pk=article.pk)
    assert (article.title, article.published_on) == ("Nhan đề mới", published)


@pytest.mark.usefixtures("db")
def test_in_the_same_week_only_the_open_doors_move() -> None:
    before = dict(Event.objects.exclude(code="MO 001").values_list("code", "starts_at"))

    loading.load(at=WEDNESDAY + timedelta(days=3))

    assert dict(Event.objects.exclude(code="MO 001").values_list("code", "starts_at")) == before
    assert _starts("MO 001") == "Sat 28/11/2026 06:00"


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("weeks", [1, 7, 60])
def test_in_a_later_week_everything_has_moved_by_whole_weeks(weeks: int) -> None:
    later = WEDNESDAY + timedelta(weeks=weeks, days=-2)
    moved = timedelta(weeks=weeks)
    before = {event.code: event for event in Event.objects.all()}
    campaign = CampaignPage.objects.get(slug="thanh-nien-sang-tao")

    assert loading.load(at=later) == 0

    for event in Event.objects.exclude(code="MO 001"):
        assert event.starts_at - before[event.code].starts_at == moved, event.code
        assert event.calendar_sequence == before[event.code].calendar_sequence + 1
        assert all(
            event.starts_at <= session.starts_at and session.ends_at <= event.ends_at
            for session in event.sessions.all()
        )
    assert _event("MO 001").starts_at.astimezone(HAI_PHONG).date() == later.date()
    assert queries.next_event(at=later).code == "CAFE 047"
    assert CampaignPage.objects.get(pk=campaign.pk).starts_on - campaign.starts_on == moved
    assert NewsPage.objects.order_by("-published_on").first().published_on < later.date()
    for model, name in ((Registration, "created_at"), (Ticket, "issued_at"), (CheckIn, "received_at")):
        assert model.objects.order_by(f"-{name}").values_list(name, flat=True).first() <= later


@pytest.mark.usefixtures("db")
def test_a_timeline_moves_with_its_campaign() -> None:
    loading.load(at=WEDNESDAY + timedelta(weeks=1))
    page = CampaignPage.objects.get(slug="thanh-nien-sang-tao")
    timeline = next(block.value for block in page.body if block.block_type == "timeline")

    assert [(item["when"], item["state"]) for item in timeline["items"]] == [
        ("05/10/2026", "done"),
        ("14/11/2026", "done"),
        ("02/01/2027", "now"),
        ("10/04/2027", "next"),
        ("03/07/2027", "next"),
    ]


@pytest.mark.usefixtures("db")
def test_an_event_that_somebody_rescheduled_or_made_stays_where_it_is() -> None:
    admin, final = logins.person(logins.ADMIN), _event("CT 001")
    chosen = datetime(2026, 12, 10, 9, 0, tzinfo=HAI_PHONG)
    schedule.reschedule(
        event_id=final.pk,
        starts_at=chosen,
        ends_at=chosen + timedelta(hours=2),
        venue_id=final.venue_id,
        actor=admin,
        at=WEDNESDAY,
    )
    facts = planning.EventFacts(
        kind="OTHER", title_vi="Của tôi", starts_at=chosen, ends_at=chosen + timedelta(hours=1),
        attendance="ONLINE", code="TOI 001",
    )  # fmt: skip
    planning.plan_event(facts=facts, actor=admin)

    loading.load(at=WEDNESDAY + timedelta(weeks=2))

    assert _starts("CT 001") == _starts("TOI 001") == "Thu 10/12/2026 09:00"
    assert _starts("HOI 002") == "Sat 09/01/2027 08:00"


@pytest.mark.usefixtures("db")
def test_the_demo_never_moves_back() -> None:
    before = _everything()

    loading.load(at=WEDNESDAY - timedelta(weeks=3))

    assert _everything() == before


@pytest.mark.usefixtures("db")
def test_the_startup_day_to_come_has_doors_of_every_kind() -> None:
    event = _event("HOI 002")
    lists = {row.name_vi: row for row in event.checkin_lists.all()}
    assert [row.scope for row in lists.values()] == ["EVENT", "ZONE", "ZONE", "SESSION"]
    fair, hall = lists["Khu triển lãm"], lists["Hội trường"]
    assert (fair.allows_reentry, list(hall.leaves.all())) == (True, [fair])
    assert "".join(event.gates.values_list("name", flat=True)) == "ABCD"
    rows = setup_overview.phones(event=event, at=WEDNESDAY)
    assert {row.device.name: row.state for row in rows} == {
        "Cửa A – máy 1": "IN_USE",
        "Cửa B – máy 1": "SILENT",
        "Hội trường": "IN_USE",
        "Máy của Lan": "INVITED",
    }


@pytest.mark.usefixtures("db")
def test_lists_move_with_their_event() -> None:
    session = CheckInList.objects.get(event=_event("HOI 002"), scope="SESSION")
    loading.load(at=WEDNESDAY + timedelta(weeks=2))
    moved = CheckInList.objects.get(pk=session.pk)
    assert moved.opens_at - session.opens_at == moved.closes_at - session.closes_at == timedelta(weeks=2)
    assert moved.closes_at == moved.session.ends_at

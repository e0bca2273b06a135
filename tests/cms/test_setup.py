"""Setting up registration: ticket types, pools and settings. Each view calls one rule and words its refusal."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from events import capacity, planning, registration
from events.models import Event, EventStaff, Invitation, Question, Quota, Registration, Seats, TicketType
from network.models import Person
from tests.events.scenes import ask, everything, kind_of, pool, sign_up
from tests.factories import NOW, ZONE, PersonFactory, facts, on_duty, open_event, planner

PAGES = ("tickets", "questions", "invitations", "doors", "settings")


@pytest.fixture
def event(home: object) -> Event:
    """An open event with its one ticket type."""
    return open_event()


def at(name: str, event: Event, *more: Any) -> str:
    return reverse(f"event:setup_{name}", args=[event.pk, *more])


def errors(answer: Any) -> dict[str, list[str]]:
    return {field: list(said) for field, said in answer.context["form"].errors.items()}


def stated(**changes: Any) -> dict[str, Any]:
    """The form of a ticket type, as typed."""
    return {
        "name_vi": "Vé nhóm",
        "name_en": "Group",
        "fee": "50000",
        "most_per_person": "4",
        "is_active": "on",
    } | changes


def test_the_event_leads_to_each_tab(desk: Client, editor: Person, event: Event) -> None:
    shown = desk.get(reverse("event:inspect", args=[event.pk])).content.decode()
    for name in PAGES:
        assert f'href="{at(name, event)}"' in shown


def test_tabs_show_what_the_person_may_open(desk: Client, editor: Person, event: Event) -> None:
    shown = desk.get(at("tickets", event)).content.decode()
    assert at("questions", event) in shown
    assert at("invitations", event) not in shown
    EventStaff.objects.create(person=editor, event=event, role=EventStaff.Role.ORGANISER)
    assert at("invitations", event) in desk.get(at("tickets", event)).content.decode()


def test_a_ticket_type_is_added_with_everything_that_was_said(desk: Client, event: Event) -> None:
    quota = pool(event, "Hội trường", 9)
    answer = desk.post(
        at("type_new", event),
        stated(quota_ids=[quota.pk], opens_at="24/11/2026 08:00", needs_approval="on", is_hidden="on"),
    )
    assert answer.url == at("tickets", event)
    made = TicketType.objects.latest("pk")
    assert (made.name_vi, made.name_en, made.fee, made.most_per_person) == ("Vé nhóm", "Group", 50_000, 4)
    assert (made.is_hidden, made.needs_approval, list(made.quotas.all())) == (True, True, [quota])
    assert made.opens_at == datetime(2026, 11, 24, 8, 0, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"name_vi": ""}, "name_vi", "Trường này là bắt buộc."),
        ({"name_vi": "\u200b"}, "name_vi", "Mời bạn điền vào đây."),
        ({"fee": "-1"}, "fee", None),
        ({"most_per_person": "51"}, "most_per_person", None),
        ({"opens_at": "24/11/2026 08:00", "closes_at": "24/11/2026 08:00"}, "closes_at", None),
        ({"quota_ids": ["0"]}, "quota_ids", None),
    ],
)
def test_what_is_wrong_with_a_type_stands_at_its_field_and_nothing_is_lost(
    desk: Client, event: Event, changes: Any, field: str, words: str | None
) -> None:
    before = everything()
    answer = desk.post(at("type_new", event), stated(**changes))
    said = errors(answer)
    assert list(said) == [field]
    assert words is None or said[field] == [words]
    assert answer.context["form"]["name_en"].value() == "Group"
    assert everything() == before


def test_a_pool_too_small_for_the_type_is_said_where_pools_are_chosen(desk: Client, event: Event) -> None:
    kind, small = kind_of(event, "Vé nhóm", most_per_person=3), pool(event, "Bàn tròn", 1)
    sign_up(event, kind=kind, guests=2)
    answer = desk.post(at("type", event, kind.pk), stated(quota_ids=[small.pk]))
    assert errors(answer) == {"quota_ids": ["Đã có 3 người giữ chỗ. Hãy nhập ít nhất chừng ấy chỗ."]}


def test_a_type_shows_what_it_is_and_is_changed(desk: Client, event: Event) -> None:
    kind = kind_of(event, "Vé nhóm", fee=70_000, pools=(pool(event, "Hội trường", 9),))
    form = desk.get(at("type", event, kind.pk)).context["form"]
    assert (form["name_vi"].value(), form["fee"].value()) == ("Vé nhóm", 70_000)
    desk.post(at("type", event, kind.pk), stated(fee="0"))
    kind.refresh_from_db()
    assert (kind.fee, kind.quotas.count()) == (0, 0)


def test_a_type_is_withdrawn_and_offered_again(desk: Client, event: Event) -> None:
    kind = kind_of(event, "Vé nhóm", fee=5)
    for said, is_active in (("no", False), ("yes", True)):
        answer = desk.post(at("type_offer", event, kind.pk), {"offered": said})
        kind.refresh_from_db()
        assert (kind.is_active, kind.fee, answer.url) == (is_active, 5, f"{at('tickets', event)}#type-{kind.pk}")


def test_types_move_up_and_down_and_not_beyond(desk: Client, event: Event) -> None:
    first, second, third = event.ticket_types.get(), kind_of(event, "Hai"), kind_of(event, "Ba")

    def order() -> list[TicketType]:
        return list(event.ticket_types.all())

    desk.post(at("type_up", event, third.pk))
    assert order() == [first, third, second]
    desk.post(at("type_down", event, first.pk))
    assert order() == [third, first, second]
    desk.post(at("type_up", event, third.pk))
    desk.post(at("type_down", event, second.pk))
    assert order() == [third, first, second]


def test_a_type_goes_or_says_why_it_does_not(desk: Client, event: Event) -> None:
    kind, used = kind_of(event, "Hai"), event.ticket_types.get(order=0)
    sign_up(event, kind=used)
    assert "Xoá loại vé này" in desk.get(at("type", event, kind.pk)).content.decode()
    assert "Xoá loại vé này" not in desk.get(at("type", event, used.pk)).content.decode()
    desk.post(at("type_remove", event, kind.pk))
    answer = desk.post(at("type_remove", event, used.pk), follow=True)
    assert list(event.ticket_types.all()) == [used]
    assert "hãy ngừng" in answer.content.decode().lower()


def test_pools_are_made_changed_and_removed(desk: Client, event: Event) -> None:
    desk.post(at("pool_new", event), {"name": "Bàn tròn", "capacity": "2"})
    quota = Quota.objects.get()
    kind = kind_of(event, "Vé nhóm", pools=(quota,))
    sign_up(event, kind=kind)
    refused = desk.post(at("pool", event, quota.pk), {"name": "Bàn tròn", "capacity": "0"})
    assert list(errors(refused)) == ["capacity"]
    desk.post(at("pool", event, quota.pk), {"name": "Bàn lớn", "capacity": "5"})
    assert [str(each) for each in Quota.objects.all()] == ["Bàn lớn: 1 / 5"]
    desk.post(at("pool_remove", event, quota.pk))
    assert not Quota.objects.exists()
    assert Registration.objects.get().status == "CONFIRMED"


def test_two_pools_have_two_names(desk: Client, event: Event) -> None:
    pool(event, "Bàn tròn", 2)
    answer = desk.post(at("pool_new", event), {"name": "Bàn  tròn", "capacity": "2"})
    assert list(errors(answer)) == ["name"]
    assert Quota.objects.count() == 1


def test_the_page_shows_who_has_what_out_of_which_pool(desk: Client, event: Event) -> None:
    quota = pool(event, "Bàn tròn", 2)
    kind = kind_of(event, "Vé nhóm", name_en="Group", fee=150_000, pools=(quota,), most_per_person=2)
    row = sign_up(event, kind=kind, guests=1)
    sign_up(event, kind=kind, waits=True)
    page = desk.get(at("tickets", event)).content.decode()
    for said in ("Vé nhóm", "Group", "150.000 đồng", "Bàn tròn", "Hết chỗ", "1 trong danh sách chờ"):
        assert said in page
    registration.cancel(registration_id=row.pk, actor=row.person, at=NOW)


SETTINGS = {"has_waiting_list": "on", "offer_hours": "48", "answers_until": "", "bank_code": "970436"}
SETTINGS |= {"bank_account": "0011 0123 45678", "bank_holder": "Trung tâm Đổi mới"}


def test_settings_are_kept_and_a_qr_shows_whether_the_account_is_right(desk: Client, event: Event) -> None:
    assert "setup-trial" not in desk.get(at("settings", event)).content.decode()
    desk.post(at("settings", event), SETTINGS)
    event.refresh_from_db()
    assert (event.offer_hours, event.bank_account, event.has_waiting_list) == (48, "0011012345678", True)
    page = desk.get(at("settings", event))
    assert page.context["trial"].startswith("data:image/svg+xml")
    assert "1.000 đồng" in page.content.decode()
    desk.post(at("settings", event), {"offer_hours": "24"})
    event.refresh_from_db()
    assert (event.has_waiting_list, event.bank_code) == (False, "")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"offer_hours": "0"}, "offer_hours"),
        ({"offer_hours": ""}, "offer_hours"),
        ({"bank_code": "000000"}, "bank_code"),
        ({"bank_code": ""}, "bank_code"),
        ({"bank_account": "12ab"}, "bank_account"),
        ({"bank_account": ""}, "bank_account"),
        ({"bank_holder": ""}, "bank_holder"),
    ],
)
def test_what_is_wrong_with_a_setting_stands_at_its_field(desk: Client, event: Event, changes: Any, field: str) -> None:
    before = everything()
    answer = desk.post(at("settings", event), SETTINGS | changes)
    assert list(errors(answer)) == [field]
    assert everything() == before


def test_a_draft_is_set_up_before_anybody_sees_it(desk: Client, home: object) -> None:
    draft = planning.plan_event(facts=facts(), actor=planner())
    for name in ("tickets", "questions", "settings"):
        assert desk.get(at(name, draft)).status_code == 200
    assert desk.post(at("type_new", draft), stated()).status_code == 302


def _addresses(event: Event) -> dict[str, str]:
    kind, quota, question = kind_of(event, "Hai"), pool(event, "Bàn tròn", 5), ask(event)
    plain = ("tickets", "type_new", "pool_new", "questions", "question_new", "question_preview", "settings")
    one = {"type": kind, "type_remove": kind, "type_offer": kind, "type_up": kind, "type_down": kind}
    one |= {"pool": quota, "pool_remove": quota, "question": question, "question_remove": question}
    one |= {"question_up": question, "question_down": question}
    return {name: at(name, event) for name in plain} | {name: at(name, event, row.pk) for name, row in one.items()}


def test_planning_is_closed_to_everybody_else(client: Client, event: Event) -> None:
    addresses = _addresses(event)
    people = (PersonFactory.create(), on_duty(event), on_duty(event, EventStaff.Role.ORGANISER))
    before = everything(without=(Person,))
    for address in addresses.values():
        client.logout()
        assert client.post(address).url.startswith("/tai-khoan/login/")
        for person in people:
            client.force_login(person)
            assert client.get(address).status_code == 403, address
            assert client.post(address).status_code == 403, address
    assert everything(without=(Person,)) == before


def test_what_belongs_to_another_event_is_not_there(desk: Client, event: Event) -> None:
    addresses, other = _addresses(open_event()), event
    for name, address in addresses.items():
        parts = address.split("/")
        if parts[-2].isdigit() or (len(parts) > 6 and parts[-3].isdigit()):
            parts[3] = str(other.pk)
            wrong = "/".join(parts)
            assert desk.post(wrong, {"offered": "no"}).status_code == 404, (name, wrong)


def test_acts_are_no_links(desk: Client, event: Event) -> None:
    addresses = _addresses(event)
    before = everything()
    for name in ("type_remove", "type_offer", "type_up", "pool_remove", "question_remove", "question_preview"):
        assert desk.get(addresses[name]).status_code == 405
    assert everything() == before


def test_capacity_and_setup_speak_of_the_same_places(desk: Client, event: Event) -> None:
    capacity.change(event_id=event.pk, capacity=7, actor=planner(), at=NOW)
    sign_up(event)
    assert "/ 7" in desk.get(at("tickets", event)).content.decode()
    assert (Seats.objects.get(event=event).taken, Question.objects.count(), Invitation.objects.count()) == (1, 0, 0)

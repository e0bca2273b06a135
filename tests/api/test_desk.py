"""What organisers read and do from a phone, and that every look at people is written down."""

import pytest

from events.models import AttendeeAccess, Registration, TicketType
from network.global_ids import global_id
from network.models import Consent, OutgoingMail, Person
from tests.api.attendance import asked, taken
from tests.api.fragments import DESK
from tests.api.operations import MUTATIONS, QUERIES, world
from tests.api.test_callers import used
from tests.factories import NOW, PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
LIST = (
    "query ($event: ID!, $filter: DeskFilter, $first: Int, $after: String) { "
    "registrations(event: $event, filter: $filter, first: $first, after: $after) "
    f"{{ totalCount pageInfo {{ hasNextPage endCursor }} nodes {{ {DESK} }} }} }}"
)


@pytest.fixture
def made(client):
    built = world()
    client.force_login(built.callers["organiser"])
    return built


def ask(post, query, **variables):
    return post(query, variables).json()["data"]


def names(post, made, **given):
    rows = ask(post, LIST, event=global_id(made.event), filter=given)["registrations"]["nodes"]
    return [row["number"] for row in rows]


def test_the_list_is_paged_and_filtered(made, post):
    first = ask(post, LIST, event=global_id(made.event), first=3)["registrations"]
    rest = ask(post, LIST, event=global_id(made.event), first=3, after=first["pageInfo"]["endCursor"])["registrations"]
    numbers = [row["number"] for page in (first, rest) for row in page["nodes"]]
    assert (first["totalCount"], first["pageInfo"]["hasNextPage"]) == (5, True)
    assert numbers == list(
        Registration.objects.filter(event=made.event).order_by("number").values_list("number", flat=True)
    )
    assert names(post, made, statuses=["PENDING"]) == [made.applied.number]
    assert names(post, made, payments=["DUE"]) == [made.owing.number]
    assert names(post, made, ticketTypeIds=[global_id(made.owing.ticket_type)]) == [made.owing.number]
    assert names(post, made, statuses=["PENDING", "CONFIRMED"], payments=["DUE"]) == [made.owing.number]
    assert names(post, made, came=True) == _let_in(made)
    assert names(post, made, search="không có ai") == []


def _let_in(made):
    rows = Registration.objects.filter(event=made.event, tickets__checkins__status="ok").distinct()
    return list(rows.order_by("number").values_list("number", flat=True))


def test_search_needs_no_accents(made, post):
    person = made.held.person
    person.full_name = "Đỗ Thị Hồng Nhung"
    person.save()
    assert names(post, made, search="do hong nhung") == [made.held.number]


def test_a_registration_with_answers_and_history(made, post):
    note = asked(made.event, kind="LONG_TEXT", label_vi="Ghi chú", choices=(), is_staff_only=True)
    change = (
        "mutation ($id: ID!, $answers: [AnswerInput!]!) "
        "{ changeAnswers(input: {registrationId: $id, answers: $answers}) { errors { code } } }"
    )
    answers = [{"questionId": global_id(note), "text": "Đón ở cổng"}]
    assert ask(post, change, id=global_id(made.held), answers=answers)["changeAnswers"]["errors"] == []
    row = ask(post, QUERIES["registration"], registration=global_id(made.held))["registration"]
    assert (row["email"], row["phone"], row["channel"]) == (made.held.person.email, "", "SITE")
    assert [(each["choices"], each["text"]) for each in row["answers"]] == [(["M"], None), (None, "Đón ở cổng")]
    assert [entry["act"] for entry in row["history"]] == ["confirmed", "answers_changed"]
    assert row["history"][1]["sentence"].startswith(made.callers["organiser"].full_name)
    assert [ticket["code"] for ticket in row["tickets"]] == [None, None]


def test_its_own_person_does_not_see_the_organisers_notes(made, client, post):
    note = asked(made.event, kind="LONG_TEXT", label_vi="Ghi chú", choices=(), is_staff_only=True)
    version = note.versions.get()
    made.held.answers.create(question=note, version=version, value="Đón ở cổng", answered_at=NOW)
    client.force_login(made.callers["attendee"])
    row = ask(post, QUERIES["myRegistration"], registration=global_id(made.held))["myRegistration"]
    assert [each["choices"] for each in row["answers"]] == [["M"]]


def test_every_look_is_written_down(made, post):
    ask(post, LIST, event=global_id(made.event))
    ask(post, QUERIES["registration"], registration=global_id(made.held))
    ask(post, QUERIES["deskCounts"], event=global_id(made.event))
    looks = AttendeeAccess.objects.order_by("pk").values_list("event", "person", "act", "people", "by")
    who = (made.event.pk, made.callers["organiser"].pk)
    assert list(looks) == [(*who, "VIEW", 5, "API"), (*who, "DETAIL", 1, "API")]


@pytest.mark.parametrize("caller", ["attendee", "door", "editor"])
def test_who_may_not_look_leaves_no_trace_and_sees_nothing(caller, made, client, post):
    client.force_login(made.callers[caller])
    for name in ("registrations", "registration"):
        answer = post(QUERIES[name], used(QUERIES[name], made.variables)).content.decode()
        assert made.held.person.email not in answer
    assert not AttendeeAccess.objects.exists()


def test_counts_at_a_glance(made, post):
    counts = ask(post, QUERIES["deskCounts"], event=global_id(made.event))["deskCounts"]
    assert counts["registrations"] == 5
    assert counts["byStatus"] == [
        {"status": "PENDING", "registrations": 1},
        {"status": "CONFIRMED", "registrations": 4},
    ]
    assert counts["due"] == {"registrations": 1, "amount": 100_000}


def test_deciding_from_a_phone(made, post):
    approved = ask(post, MUTATIONS["approveRegistration"], applied=global_id(made.applied))["approveRegistration"]
    assert approved["registration"]["status"] == "CONFIRMED"
    again = ask(post, MUTATIONS["rejectRegistration"], applied=global_id(made.applied))["rejectRegistration"]
    assert [error["code"] for error in again["errors"]] == ["REGISTRATION_NOT_IN_STATE"]
    variables = {"owing": global_id(made.owing), "type": global_id(made.kind)}
    moved = ask(post, MUTATIONS["moveRegistration"], **variables)["moveRegistration"]["registration"]
    assert (moved["ticketType"]["name"], moved["payment"]) == (str(TicketType.objects.get(pk=made.kind.pk)), None)


def test_a_fee_is_taken_at_the_door_by_what_the_scan_says(made, client, post):
    client.force_login(made.callers["door"])
    variables = made.variables | {"code": made.owing.tickets.get().number}
    scanned = ask(post, MUTATIONS["redeem"], **used(MUTATIONS["redeem"], variables))["redeem"]
    assert (scanned["status"], scanned["reason"]) == ("ERROR", "UNPAID")
    assert scanned["admission"]["ticketType"] == "Bữa trưa"
    assert scanned["admission"]["due"] == 100_000
    paid = ask(post, MUTATIONS["markFeeReceived"], owing=scanned["admission"]["registrationId"])["markFeeReceived"]
    assert paid == {"state": "RECEIVED", "amount": 100_000, "errors": []}
    again = variables | {"nonce": "c0c9c1b8-6f0f-4f6e-9f5f-0d3f3f1b6a10"}
    let_in = ask(post, MUTATIONS["redeem"], **used(MUTATIONS["redeem"], again))["redeem"]
    assert (let_in["status"], let_in["admission"]["registrationId"]) == ("OK", None)


def test_somebody_is_registered_on_their_word(made, post):
    answer = ask(post, MUTATIONS["registerOnBehalf"], event=global_id(made.event))["registerOnBehalf"]
    assert answer["registration"]["status"] == "CONFIRMED"
    person = Person.objects.get(email="an@example.org")
    assert not person.has_usable_password()
    given = Consent.objects.get(person=person)
    assert (given.purpose, given.channel, given.recorded_by) == ("REGISTRATION", "ADMIN", made.callers["organiser"])
    unheard = MUTATIONS["registerOnBehalf"].replace("agreed: true", "agreed: false").replace("an@", "vu@")
    refused = ask(post, unheard, event=global_id(made.event))["registerOnBehalf"]
    assert [error["code"] for error in refused["errors"]] == ["CONSENT_REQUIRED"]
    assert not Person.objects.filter(email="vu@example.org").exists()


def test_a_message_goes_to_as_many_as_were_counted(made, post):
    count = "query ($event: ID!) { messageRecipients(event: $event) }"
    assert ask(post, count, event=global_id(made.event))["messageRecipients"] == 5
    before = OutgoingMail.objects.count()
    taken(made.event, PersonFactory.create())
    stale = ask(post, MUTATIONS["messageAttendees"], event=global_id(made.event), people=5)["messageAttendees"]
    assert [error["code"] for error in stale["errors"]] == ["AUDIENCE_CHANGED"]
    assert OutgoingMail.objects.count() == before + 1
    sent = ask(post, MUTATIONS["messageAttendees"], event=global_id(made.event), people=6)["messageAttendees"]
    assert sent == {"recipients": 6, "errors": []}
    assert OutgoingMail.objects.count() == before + 7
    assert AttendeeAccess.objects.get(act="MESSAGE").by == "API"

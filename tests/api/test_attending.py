"""What an attendee does, over GraphQL alone."""

from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from events import capacity, invitations, registration, tickets
from events.invitations import InvitationFacts
from events.models import Answer, Event, Registration, Ticket, TicketType
from network.global_ids import global_id
from network.models import Consent, Person
from tests.api.attendance import asked, kind_of, taken
from tests.api.crowd import PDF, gathering
from tests.api.fragments import QUESTION, REGISTRATION, TICKET
from tests.api.operations import MUTATIONS, world
from tests.events.scenes import desk
from tests.factories import NOW, PersonFactory, planner

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
REGISTER = (
    f"mutation ($input: RegisterInput!) {{ register(input: $input) {{ registration {{ {REGISTRATION} }} "
    "errors { code field message } } }"
)


@pytest.fixture
def viewer(client):
    person = PersonFactory.create(full_name="Phạm Thu Hà", agrees=False)
    client.force_login(person)
    return person


@pytest.fixture
def register(post):
    def send(**given):
        return post(REGISTER, {"input": given}).json()["data"]["register"]

    return send


def ask(post, query, **variables):
    return post(query, variables).json()["data"]


def test_from_the_form_to_the_ticket(viewer, post, register):
    event = gathering()
    kind, question = kind_of(event, "Bữa trưa", fee=50_000), asked(event, is_required=True)
    note = asked(
        event, kind="SHORT_TEXT", label_vi="Ghi chú", choices=(), shown_if_id=question.pk, shown_if_values=("L",)
    )
    query = (
        f"query ($type: ID!) {{ registrationForm(ticketTypeId: $type) {{ questions {{ {QUESTION} }} "
        "consents { purpose version title isRequired } } }"
    )
    form = ask(post, query, type=global_id(kind))["registrationForm"]
    assert [(each["field"], each["kind"], each["isRequired"]) for each in form["questions"]] == [
        (f"answers.{question.pk}", "CHOICE", True),
        (f"answers.{note.pk}", "SHORT_TEXT", False),
    ]
    assert form["questions"][0]["choices"] == [{"value": "M", "label": "Vừa"}, {"value": "L", "label": "Lớn"}]
    assert form["questions"][1]["showIf"] == {"questionId": global_id(question), "values": ["L"]}
    assert [(each["purpose"], each["isRequired"]) for each in form["consents"]] == [
        ("REGISTRATION", True),
        ("NEWSLETTER", False),
        ("PHOTO", False),
    ]
    answer = register(
        eventId=global_id(event),
        ticketTypeId=global_id(kind),
        companions=[{"name": "Vũ An", "email": "an@example.org"}, {"name": "Lê Bình"}],
        answers=[
            {"questionId": global_id(question), "choices": ["L"]},
            {"questionId": global_id(note), "text": "Ăn chay"},
        ],
        consents=["REGISTRATION", "PHOTO"],
        language="EN",
    )
    assert answer["errors"] == []
    made = answer["registration"]
    assert (made["status"], made["quantity"], made["place"], made["companions"]) == ("CONFIRMED", 3, None, [])
    assert [(each["holderName"], each["isMine"], each["code"] is not None) for each in made["tickets"]] == [
        ("Phạm Thu Hà", True, True),
        ("Vũ An", False, False),
        ("Lê Bình", True, True),
    ]
    assert [(each["choices"], each["text"]) for each in made["answers"]] == [(["L"], None), (None, "Ăn chay")]
    transfer = made["payment"].pop("transfer")
    assert made["payment"] == {"amount": 150_000, "due": 150_000, "state": "DUE", "paidAt": None}
    assert (transfer["account"], transfer["message"]) == ("0123456789", f"{event.code.replace(' ', '')} 1")
    assert transfer["vietqr"].startswith("000201010212")
    row = Registration.objects.get()
    assert (row.channel, row.language) == ("API", "en")
    given = Consent.objects.filter(person=viewer).values_list("purpose", "channel", "language")
    assert sorted(given) == [("PHOTO", "API", "en"), ("REGISTRATION", "API", "en")]


def test_every_mistake_is_told_at_its_field(viewer, register):
    event = gathering()
    size, age = asked(event, is_required=True), asked(event, kind="NUMBER", choices=(), least=16, most=99)
    answer = register(
        eventId=global_id(event),
        answers=[
            {"questionId": global_id(size), "text": "XXL"},
            {"questionId": global_id(age), "number": 12},
            {"questionId": "bm9uc2Vuc2U", "boolean": True},
        ],
        consents=["REGISTRATION"],
    )
    assert answer["registration"] is None
    assert {(error["code"], error["field"]) for error in answer["errors"]} == {
        ("INVALID", f"answers.{size.pk}"),
        ("INVALID", f"answers.{age.pk}"),
        ("INVALID", "answers.0"),
    }
    assert not Registration.objects.exists()
    assert not Consent.objects.filter(person=viewer).exists()


@pytest.mark.parametrize(
    ("facts", "value"),
    [
        ({"kind": "SHORT_TEXT", "choices": ()}, {"choices": ["một", "hai"]}),
        ({"kind": "SHORT_TEXT", "choices": ()}, {"boolean": True}),
        ({"kind": "NUMBER", "choices": ()}, {"text": "mười"}),
        ({"kind": "YES_NO", "choices": ()}, {"text": "có lẽ"}),
        ({"kind": "DATE", "choices": ()}, {"boolean": True}),
        ({"kind": "FILE", "choices": ()}, {"fileId": "x"}),
        ({"kind": "CHOICE"}, {"choices": ["M", "L"]}),
    ],
)
def test_a_value_of_another_kind_is_no_answer(viewer, register, facts, value):
    event = gathering()
    question = asked(event, **facts)
    answers = [{"questionId": global_id(question), **value}]
    answer = register(eventId=global_id(event), answers=answers, consents=["REGISTRATION"])
    assert [error["field"] for error in answer["errors"]] == [f"answers.{question.pk}"]
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({}, "CONSENT_REQUIRED", "consents"),
        ({"consents": ["PHOTO"]}, "CONSENT_REQUIRED", "consents"),
        ({"consents": ["REGISTRATION"], "invitation": "không có"}, "INVITATION_NOT_VALID", "invitation"),
        ({"consents": ["REGISTRATION"], "ticketTypeId": "x"}, "TICKET_TYPE_NOT_OFFERED", "ticketTypeId"),
        (
            {"consents": ["REGISTRATION"], "companions": [{"name": "An", "email": "không phải"}]},
            "INVALID",
            "companions.0.email",
        ),
        ({"consents": ["REGISTRATION"], "companions": [{"name": "Vũ An"}]}, "TOO_MANY_PLACES", "companions"),
        ({"consents": ["REGISTRATION"], "idempotencyKey": "ngắn"}, "INVALID", "idempotencyKey"),
    ],
)
def test_a_refusal_names_the_input(viewer, register, given, code, field):
    answer = register(eventId=global_id(gathering()), **given)
    assert [(error["code"], error["field"]) for error in answer["errors"]] == [(code, field)]


def test_hidden_types_are_seen_and_taken_by_invitation_alone(viewer, post, register):
    event = gathering()
    agree = {"eventId": global_id(event), "consents": ["REGISTRATION"]}
    hidden = kind_of(event, "Khách mời", is_hidden=True)
    facts = InvitationFacts(ticket_type_id=hidden.pk)
    (made,) = invitations.make(event_id=event.pk, facts=facts, actor=desk(event), at=NOW)
    code = made.code
    query = "query ($id: ID!, $code: String) { event(id: $id) { ticketTypes(invitation: $code) { name isHidden } } }"
    form = (
        "query ($id: ID!, $code: String) "
        "{ registrationForm(ticketTypeId: $id, invitation: $code) { ticketType { name } } }"
    )
    public = [{"name": str(event.ticket_types.first()), "isHidden": False}]
    for wrong in (None, "", "0" * 22):
        assert ask(post, query, id=global_id(event), code=wrong)["event"]["ticketTypes"] == public
        assert ask(post, form, id=global_id(hidden), code=wrong)["registrationForm"] is None
    seen = ask(post, query, id=global_id(event), code=code)["event"]["ticketTypes"]
    assert seen == [{"name": "Khách mời", "isHidden": True}]
    assert ask(post, form, id=global_id(hidden), code=code)["registrationForm"] == {"ticketType": {"name": "Khách mời"}}
    refused = register(ticketTypeId=global_id(hidden), **agree)
    assert refused["errors"][0]["code"] == "TICKET_TYPE_NOT_OFFERED"
    assert register(invitation=code, **agree)["registration"]["ticketType"]["name"] == "Khách mời"
    # Its one use is used up.
    assert ask(post, query, id=global_id(event), code=code)["event"]["ticketTypes"] == public


def test_what_is_left_and_what_can_be_had(viewer, post):
    event = gathering(capacity=3)
    pool = capacity.set_quota(event_id=event.pk, name="Bàn", capacity=1, actor=planner(), at=NOW)
    kind_of(event, "Bữa trưa", quota_ids=(pool.pk,))
    kind_of(event, "Sau này", opens_at=event.starts_at)
    query = "query ($id: ID!) { event(id: $id) { ticketTypes { left availability isOnOffer } } }"
    answers = [{"left": 3, "availability": "OPEN", "isOnOffer": True}]
    answers += [{"left": 1, "availability": "OPEN", "isOnOffer": True}]
    answers += [{"left": 3, "availability": "NOT_YET", "isOnOffer": False}]
    assert ask(post, query, id=global_id(event))["event"]["ticketTypes"] == answers
    taken(event, PersonFactory.create(), TicketType.objects.get(name_vi="Bữa trưa"))
    full = ask(post, query, id=global_id(event))["event"]["ticketTypes"]
    assert [(each["left"], each["availability"], each["isOnOffer"]) for each in full] == [
        (2, "OPEN", True),
        (0, "FULL", True),
        (2, "NOT_YET", False),
    ]
    Event.objects.filter(pk=event.pk).update(registration_closes_at=NOW)
    closed = ask(post, query, id=global_id(event))["event"]["ticketTypes"]
    assert [each["isOnOffer"] for each in closed] == [False, False, False]


def test_waiting_being_offered_and_taking_it(viewer, post, register):
    event = gathering(capacity=1)
    first, ahead = taken(event, PersonFactory.create()), taken(event, PersonFactory.create(), waits=True)
    given = {"eventId": global_id(event), "consents": ["REGISTRATION"]}
    assert register(**given)["errors"][0]["code"] == "EVENT_FULL"
    waiting = register(**given, waits=True)["registration"]
    assert (waiting["status"], waiting["place"]) == ("WAITLISTED", {"number": 2, "of": 2, "places": 1})
    registration.cancel(registration_id=ahead.pk, actor=ahead.person, at=NOW)
    registration.cancel(registration_id=first.pk, actor=first.person, at=NOW)
    query = f"{{ myRegistrations {{ nodes {{ {REGISTRATION} }} }} }}"
    (mine,) = ask(post, query)["myRegistrations"]["nodes"]
    assert (mine["status"], mine["place"], mine["tickets"]) == ("OFFERED", None, [])
    assert mine["offerExpiresAt"] is not None
    accepted = ask(post, MUTATIONS["acceptOffer"], offered=mine["id"])["acceptOffer"]["registration"]
    assert (accepted["status"], len(accepted["tickets"])) == ("CONFIRMED", 1)
    again = ask(post, MUTATIONS["declineOffer"], offered=mine["id"])["declineOffer"]
    assert again["errors"][0]["code"] == "REGISTRATION_NOT_IN_STATE"


def test_a_handed_ticket_is_the_new_holder_s_alone(client, post):
    made = world()
    client.force_login(made.callers["attendee"])
    before = Ticket.objects.filter(registration=made.held).order_by("number").first()
    old = tickets.code(before)
    handed = ask(post, MUTATIONS["transferTicket"], ticket=global_id(before))["transferTicket"]
    assert handed == {"number": before.number, "holderName": "Lê An", "errors": []}
    theirs = "tickets { number code onlineUrl isMine }"
    query = f"{{ myTickets {{ {TICKET} }} myRegistrations {{ nodes {{ {theirs} }} }} }}"
    former = ask(post, query)
    assert before.number not in [each["number"] for each in former["myTickets"]]
    seen = {each["number"]: each for row in former["myRegistrations"]["nodes"] for each in row["tickets"]}
    assert seen[before.number] == {"number": before.number, "code": None, "onlineUrl": None, "isMine": False}
    one = f"query ($ticket: ID!) {{ ticket(id: $ticket) {{ {TICKET} }} }}"
    assert ask(post, one, ticket=global_id(before))["ticket"] is None
    client.force_login(Person.objects.get(email="an@example.org"))
    (now,) = ask(post, query)["myTickets"]
    assert (now["number"], now["isMine"], now["registration"]) == (before.number, True, None)
    assert now["code"] not in (None, old)
    assert ask(post, one, ticket=global_id(before))["ticket"] == now


def test_a_group_grows_and_shrinks(client, post):
    made = world()
    client.force_login(made.callers["attendee"])
    more = ask(post, MUTATIONS["addPeople"], registration=global_id(made.held))["addPeople"]["registration"]
    assert (more["quantity"], len(more["tickets"])) == (3, 3)
    fewer = ask(post, MUTATIONS["leaveGroup"], ticket=more["tickets"][2]["id"])["leaveGroup"]["registration"]
    assert (fewer["quantity"], [each["isValid"] for each in fewer["tickets"]]) == (2, [True, True, False])


def test_answers_change_until_the_deadline_and_files_come_back(client, post):
    made = world()
    owner = made.callers["attendee"]
    question = asked(made.event, kind="FILE", label_vi="Hồ sơ", choices=())
    client.force_login(owner)
    kept = client.post(
        "/graphql/files",
        {"file": SimpleUploadedFile("hồ sơ.pdf", PDF, "application/pdf")},
        headers={"Origin": "http://testserver"},
    )
    assert kept.status_code == 201
    query = (
        "mutation ($id: ID!, $answers: [AnswerInput!]!) "
        "{ changeAnswers(input: {registrationId: $id, answers: $answers}) "
        f"{{ registration {{ {REGISTRATION} }} errors {{ code field }} }} }}"
    )
    answers = [{"questionId": global_id(question), "fileId": kept.json()["file"]["id"]}]
    changed = ask(post, query, id=global_id(made.held), answers=answers)["changeAnswers"]
    assert changed["errors"] == []
    (file,) = [each["file"] for each in changed["registration"]["answers"] if each["file"]]
    assert (file["name"], file["size"]) == ("hồ sơ.pdf", len(PDF))
    assert b"".join(client.get(urlsplit(file["url"]).path)) == PDF
    nothing = [{"questionId": global_id(question)}]
    emptied = ask(post, query, id=global_id(made.held), answers=nothing)["changeAnswers"]["registration"]
    assert [each["file"] for each in emptied["answers"]] == [None]
    assert Answer.objects.filter(registration=made.held).count() == 1
    Event.objects.filter(pk=made.event.pk).update(answers_until=NOW)
    late = ask(post, query, id=global_id(made.held), answers=nothing)["changeAnswers"]
    assert late["errors"] == [{"code": "TOO_LATE_TO_CHANGE", "field": None}]


def test_consents_are_given_and_withdrawn_one_by_one(viewer, post):
    give = (
        "mutation { giveConsent(input: {purpose: PHOTO, language: EN}) { consents { purpose language isStanding } } }"
    )
    said = [{"purpose": "PHOTO", "language": "EN", "isStanding": True}]
    assert ask(post, give)["giveConsent"]["consents"] == said
    assert ask(post, give)["giveConsent"]["consents"] == said
    withdraw = "mutation { withdrawConsent(input: {purpose: PHOTO}) { consents { purpose isStanding } } }"
    assert ask(post, withdraw)["withdrawConsent"]["consents"] == [{"purpose": "PHOTO", "isStanding": False}]
    assert ask(post, "{ myConsents { purpose withdrawnAt } }")["myConsents"][0]["withdrawnAt"] is not None

"""Messages to a group: who gets them, what is refused, and what is written down."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events import messages, transfer
from events.attendees import Wanted
from events.models import AttendeeAccess, HistoryEntry, Message, Registration
from events.refusals import AudienceChanged, NobodyToWriteTo
from network import outbox
from network.models import OutgoingMail, Person
from network.refusals import NotPermitted, Several
from tests.cms.desk import Desk, desk_of, planner_of_desk
from tests.factories import NOW, PersonFactory, on_duty

pytestmark = pytest.mark.django_db
TEXTS = {
    "subject_vi": "Mang theo gì đến {code}?",
    "body_vi": "Chào {name},\n\nhãy mang <3 và máy tính.",
    "subject_en": "What to bring to {code}",
    "body_en": "Dear {name}, bring a laptop.",
}


@pytest.fixture
def desk() -> Desk:
    """Two come, one of whom reads English; one waits for approval."""
    desk = desk_of()
    desk.come("Phạm Thu Hà")
    desk.come("Ann Lee", person={"preferred_language": "en"})
    desk.come("Trần An", desk.team)
    OutgoingMail.objects.all().delete()
    return desk


@pytest.fixture
def organiser(desk: Desk) -> Person:
    return on_duty(desk.event, "ORGANISER")


def send(desk: Desk, actor: Person, expected: int, texts: dict[str, str] | None = None, **wanted: Any) -> Message:
    asked = Wanted(**wanted)
    return messages.send(
        event_id=desk.event.pk, texts=texts or TEXTS, wanted=asked, expected=expected, actor=actor, at=NOW
    )


def test_each_gets_the_letter_once_in_their_language(desk: Desk, organiser: Person) -> None:
    message = send(desk, organiser, 2, statuses=("CONFIRMED",))
    mails = {mail.language: mail for mail in OutgoingMail.objects.all()}
    read = {language: outbox.opened(mail) for language, mail in mails.items()}
    assert (message.recipients, message.audience) == (2, {"statuses": ["CONFIRMED"]})
    assert {language: str(letter["Subject"]) for language, letter in read.items()} == {
        "vi": "Mang theo gì đến CAFE 001?",
        "en": "What to bring to CAFE 001",
    }
    text = read["vi"].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    html = read["vi"].get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert "Chào Hà," in text
    assert "mang &lt;3 và" in html
    assert mails["vi"].thread == f"registration:{Registration.objects.get(number=1).pk}"


def test_the_histories_and_the_log_say_so(desk: Desk, organiser: Person) -> None:
    message = send(desk, organiser, 3)
    entries = HistoryEntry.objects.filter(act="written_to")
    assert {(entry.actor_id, entry.facts["message"]) for entry in entries} == {(organiser.pk, message.pk)}
    assert entries.count() == 3
    noted = AttendeeAccess.objects.get(act="MESSAGE")
    assert (noted.person, noted.people, noted.event) == (organiser, 3, desk.event)


def test_a_group_that_changed_meanwhile_is_not_written_to(desk: Desk, organiser: Person) -> None:
    with pytest.raises(AudienceChanged) as refused:
        send(desk, organiser, 3, statuses=("CONFIRMED",))
    assert refused.value.facts == {"expected": 3, "recipients": 2}
    assert not Message.objects.exists()
    assert not OutgoingMail.objects.exists()
    assert not HistoryEntry.objects.filter(act="written_to").exists()


def test_who_cancelled_is_left_out_unless_asked_for(desk: Desk, organiser: Person) -> None:
    Registration.objects.filter(number=1).update(status="CANCELLED")
    assert send(desk, organiser, 2).recipients == 2
    assert send(desk, organiser, 1, statuses=("CANCELLED",)).recipients == 1


def test_somebody_who_came_back_gets_one_letter(desk: Desk, organiser: Person) -> None:
    row = Registration.objects.select_related("person").get(number=1)
    Registration.objects.filter(pk=row.pk).update(status="CANCELLED")
    desk.register(row.person, desk.team)
    OutgoingMail.objects.all().delete()
    send(desk, organiser, 3, statuses=("CANCELLED", "CONFIRMED", "PENDING"))
    assert OutgoingMail.objects.filter(recipient=row.person.email).count() == 1


def test_whoever_holds_a_ticket_is_written_to(desk: Desk, organiser: Person) -> None:
    ticket = Registration.objects.get(number=1).tickets.get()
    actor = Registration.objects.get(number=1).person
    transfer.hand_on(ticket_id=ticket.pk, name="Lê Cúc", email="cuc@example.org", actor=actor, at=NOW)
    OutgoingMail.objects.all().delete()
    send(desk, organiser, 2, numbers=(1,))
    assert set(OutgoingMail.objects.values_list("recipient", flat=True)) == {actor.email, "cuc@example.org"}


@pytest.mark.parametrize(
    ("change", "reasons"),
    [
        ({"body_vi": ""}, {"body_vi": "required"}),
        ({"subject_en": "", "body_en": ""}, {"subject_en": "required", "body_en": "required"}),
        ({"subject_vi": "a\nb"}, {"subject_vi": "one_line"}),
        ({"body_en": "{email}"}, {"body_en": "unknown_placeholder"}),
        ({"body_vi": "{name.password}"}, {"body_vi": "stray_braces"}),
        ({"body_vi": "x" * 5001, "subject_vi": "y" * 161}, {"body_vi": "too_long", "subject_vi": "too_long"}),
        ({"body_vi": "<script>"}, {"body_vi": "markup"}),
    ],
)
def test_texts_are_refused_at_their_fields(
    desk: Desk, organiser: Person, change: dict[str, str], reasons: dict[str, str]
) -> None:
    with pytest.raises(Several) as refused:
        send(desk, organiser, 3, texts=TEXTS | change)
    assert {each.field: each.facts["reason"] for each in refused.value.refusals} == reasons
    assert not OutgoingMail.objects.exists()


def test_english_may_be_missing_where_nobody_reads_it(desk: Desk, organiser: Person) -> None:
    texts = TEXTS | {"subject_en": "", "body_en": ""}
    assert send(desk, organiser, 1, texts=texts, numbers=(1,)).recipients == 1


def test_nobody_and_strangers(desk: Desk, organiser: Person) -> None:
    with pytest.raises(NobodyToWriteTo):
        send(desk, organiser, 0, statuses=("REJECTED",))
    other = on_duty(desk_of().event, "ORGANISER")
    for stranger in (other, on_duty(desk.event, "DOOR"), PersonFactory.create()):
        with pytest.raises(NotPermitted):
            send(desk, stranger, 3)
    assert not Message.objects.exists()


def test_a_preview_sends_nothing(desk: Desk, organiser: Person) -> None:
    seen = messages.preview(event_id=desk.event.pk, texts=TEXTS, wanted=Wanted(), actor=organiser, at=NOW)
    assert (seen.recipients, seen.by_language) == (3, {"vi": 2, "en": 1})
    assert seen.letters["en"].subject == "What to bring to CAFE 001"
    assert "Dear Lee" in seen.letters["en"].text
    assert not OutgoingMail.objects.exists()
    assert not Message.objects.exists()


def test_as_many_statements_for_forty_as_for_three(desk: Desk, organiser: Person) -> None:
    def statements(expected: int) -> int:
        with CaptureQueriesContext(connection) as asked:
            send(desk, organiser, expected)
        return len(asked)

    send(desk, organiser, 3)  # the permissions of a person are kept once asked for
    few = statements(3)
    for _ in range(37):
        desk.register(PersonFactory.create(), desk.team)
    assert statements(40) == few == 12


def test_a_planner_of_all_events_may_write(desk: Desk) -> None:
    assert send(desk, planner_of_desk(), 3).recipients == 3

"""One's own data: all of it is found, and after the erasure none of it is."""

import shutil
from datetime import timedelta
from typing import IO
from zipfile import ZipFile

import pytest

from events import schedule, transfer
from events.models import Event, HistoryEntry, Registration, Seats
from events.party import Companion
from network import erasure, mentions, outbox, own_data, takeout
from network.models import Consent, OutgoingMail, Person, Profile
from network.refusals import LastAdministrator, NotPermitted
from network.vietnamese import fold
from tests.factories import NOW, PersonFactory, open_event, planner
from tests.network.dump import everything, folders
from tests.network.mentoring_scenes import NEXT_MONDAY, mentor, standing
from tests.network.planted import EMAIL, NAME, PHONE, Planted, plant, registered

pytestmark = pytest.mark.django_db


@pytest.fixture
def planted() -> Planted:
    """Planted on empty ground: files of other tests stay in the session's folders."""
    for folder in folders():
        shutil.rmtree(folder, ignore_errors=True)
    return plant()


def missing(values: dict[str, str], text: str) -> set[str]:
    """Which of these values a text does not hold, whatever the case of its letters."""
    return {where for where, value in values.items() if value.casefold() not in text.casefold()}


def unpacked(file: IO[bytes]) -> str:
    """Return all that a ZIP holds, its names among it."""
    with file, ZipFile(file) as packed:
        parts = [f"{name}\n{packed.read(name).decode(errors='replace')}" for name in packed.namelist()]
    return "\n".join(parts)


def erase(person: Person) -> None:
    """Erase somebody, and let the last letter go out."""
    erasure.erase(person_id=person.pk, actor=person, at=NOW)
    outbox.deliver_due(at=NOW + timedelta(minutes=1))
    erasure.forget_farewells(at=NOW + timedelta(minutes=5))


def test_the_export_finds_every_planted_value(planted: Planted) -> None:
    assert len(planted.own) >= 40
    assert missing(planted.own, unpacked(takeout.as_json(person=planted.person, at=NOW))) == set()
    tables = unpacked(takeout.as_csv(person=planted.person)).replace("'+", "+").replace('""', '"')
    assert missing(planted.own, tables) == set()


def test_the_export_is_one_persons(planted: Planted) -> None:
    exported = unpacked(takeout.as_json(person=PersonFactory.create(), at=NOW))
    assert missing(planted.own | planted.others, exported) == set(planted.own | planted.others)


def test_every_planted_value_is_kept_somewhere(planted: Planted) -> None:
    """The control: what looks for the values after the erasure finds them all before it."""
    assert missing(planted.own | planted.others, everything()) == set()


def test_after_the_erasure_none_is_left(planted: Planted) -> None:
    erase(planted.person)
    left = everything()
    values = planted.own | planted.others | {"folded": fold(NAME), "local": PHONE.replace("+84", "0")}
    assert set(values) - missing(values, left) == set()


def test_the_counts_stay(planted: Planted) -> None:
    counted = [
        model
        for section in own_data.sections()
        for model in section.models
        if model._meta.label
        in {"events.Registration", "events.Ticket", "events.Answer", "events.CheckIn", "events.Certificate",
            "events.HistoryEntry", "network.Consent", "network.Person", "network.Job"}
    ]  # fmt: skip
    before = {model: model._default_manager.count() for model in counted}
    erase(planted.person)
    after = {model: model._default_manager.count() for model in counted}
    assert after[HistoryEntry] >= before[HistoryEntry]
    assert {k: v for k, v in after.items() if k is not HistoryEntry} == {
        k: v for k, v in before.items() if k is not HistoryEntry
    }


def test_the_person_is_nobody(planted: Planted) -> None:
    erase(planted.person)
    person = Person.objects.get(pk=planted.person.pk)
    assert (person.full_name, str(person.phone), person.is_active) == ("Người đã xoá", "", False)
    assert person.email.endswith("@deleted.invalid")
    assert not person.has_usable_password()
    assert not Consent.objects.filter(person=person, withdrawn_at=None).exists()


def test_who_reads_english_is_nobody_in_english() -> None:
    person = PersonFactory.create(preferred_language="en")
    erase(person)
    assert Person.objects.get(pk=person.pk).full_name == "Deleted person"


def test_the_last_letter_goes_to_the_address_that_is_forgotten_then() -> None:
    person = PersonFactory.create(email=EMAIL)
    erasure.erase(person_id=person.pk, actor=person, at=NOW)
    mail = OutgoingMail.objects.get()
    assert (mail.recipient, mail.kind) == (EMAIL, erasure.FAREWELL)
    assert "Dữ liệu của bạn đã được xoá" in str(outbox.opened(mail)["Subject"])
    assert erasure.forget_farewells(at=NOW + timedelta(minutes=5)) == 0
    outbox.deliver_due(at=NOW + timedelta(minutes=6))
    assert erasure.forget_farewells(at=NOW + timedelta(minutes=10)) == 1
    assert erasure.forget_farewells(at=NOW + timedelta(minutes=15)) == 0
    assert EMAIL not in everything()


def test_a_last_letter_that_cannot_be_sent_is_forgotten_after_three_days() -> None:
    person = PersonFactory.create(email=EMAIL)
    erasure.erase(person_id=person.pk, actor=person, at=NOW)
    assert erasure.forget_farewells(at=NOW + timedelta(days=2, hours=23)) == 0
    assert erasure.forget_farewells(at=NOW + timedelta(days=3, minutes=1)) == 1
    assert outbox.deliver_due(at=NOW + timedelta(days=4)) == 0


def test_places_at_events_to_come_are_given_back() -> None:
    event = open_event(capacity=1)
    person, waiting = PersonFactory.create(), PersonFactory.create()
    row = registered(person, event)
    registered(waiting, event, waits=True)
    erase(person)
    row.refresh_from_db()
    moved_up = Registration.objects.get(person=waiting)
    assert row.status == Registration.Status.CANCELLED
    assert moved_up.status in Registration.HOLDING
    assert Seats.objects.get(event=event).taken == 1


def test_hours_to_come_are_cancelled_and_the_other_one_is_told() -> None:
    """Of both kinds: those that the person gives, and those that they have; what is over stays a number."""
    profile = mentor()
    given, past = standing(profile, NEXT_MONDAY), standing(profile, NOW - timedelta(days=2), state="DONE")
    had = standing(mentor(), NEXT_MONDAY + timedelta(hours=1), by=profile.person)
    erase(profile.person)
    for row in (given, had, past):
        row.refresh_from_db()
    assert [row.state for row in (given, had, past)] == ["CANCELLED", "CANCELLED", "DONE"]
    told = OutgoingMail.objects.filter(kind="hours.cancelled", recipient__in=[given.booker.email, had.mentor.email])
    assert told.count() == 2
    assert not Profile.objects.filter(pk=profile.pk).exists()


def test_nobody_erases_somebody_else() -> None:
    person = PersonFactory.create()
    with pytest.raises(NotPermitted):
        erasure.erase(person_id=person.pk, actor=PersonFactory.create(is_superuser=True), at=NOW)


def test_the_last_administrator_stays() -> None:
    Person.objects.filter(is_superuser=True).update(is_superuser=False)
    last = PersonFactory.create(is_superuser=True)
    PersonFactory.create(is_superuser=True, is_active=False)
    with pytest.raises(LastAdministrator):
        erasure.erase(person_id=last.pk, actor=last, at=NOW)
    last.refresh_from_db()
    assert last.is_active
    PersonFactory.create(is_superuser=True)
    erase(last)
    assert not Person.objects.get(pk=last.pk).is_superuser


def group(host: Person, *companions: Person, event: Event | None = None) -> Registration:
    """A group whose companions hold their tickets themselves."""
    event = event or open_event()
    event.ticket_types.update(most_per_person=5)
    brought = [Companion(name=person.full_name, email=person.email) for person in companions]
    return registered(host, event, companions=brought)


def test_people_of_a_group_keep_their_tickets_when_the_host_goes() -> None:
    host, guest = PersonFactory.create(), PersonFactory.create()
    row = group(host, guest)
    erase(host)
    row.refresh_from_db()
    standing = row.tickets.filter(revoked_at=None)
    assert [ticket.holder for ticket in standing] == [guest]
    assert (row.status, row.quantity) == (Registration.Status.CONFIRMED, 1)
    assert Seats.objects.get(event=row.event).taken == 1


def test_a_ticket_that_was_handed_on_stays_with_who_has_it() -> None:
    """The figure for the former holder: nothing is left of them, not in the letters that told of it either."""
    former = PersonFactory.create(full_name=NAME, email=EMAIL, phone=PHONE)
    row = registered(former, open_event())
    transfer.hand_on(
        ticket_id=row.tickets.get().pk, name="Ngô Văn Nhận", email="nhan@example.org", actor=former, at=NOW
    )
    outbox.deliver_due(at=NOW)
    assert NAME in everything()
    erase(former)
    row.refresh_from_db()
    ticket = row.tickets.get()
    assert (row.status, ticket.holder_name, ticket.revoked_at) == ("CONFIRMED", "Ngô Văn Nhận", None)
    assert missing({"name": NAME, "email": EMAIL, "phone": PHONE}, everything()) == {"name", "email", "phone"}


def test_a_ticket_that_was_handed_to_them_goes_back_with_a_new_code() -> None:
    """The figure for whoever has it now."""
    former = PersonFactory.create()
    row = registered(former, open_event())
    transfer.hand_on(ticket_id=row.tickets.get().pk, name=NAME, email=EMAIL, actor=former, at=NOW)
    outbox.deliver_due(at=NOW)
    version = row.tickets.get().version
    erase(Person.objects.get(email=EMAIL))
    ticket = row.tickets.get()
    assert (ticket.holder, ticket.holder_name, ticket.version) == (None, "Người đã xoá", version + 1)
    assert missing({"name": NAME, "email": EMAIL}, everything()) == {"name", "email"}


def test_a_companion_in_somebody_elses_group_is_forgotten() -> None:
    host, guest = PersonFactory.create(), PersonFactory.create(full_name=NAME, email=EMAIL)
    row = group(host, guest)
    outbox.deliver_due(at=NOW)
    erase(guest)
    row.refresh_from_db()
    assert (row.status, row.quantity) == (Registration.Status.CONFIRMED, 2)
    assert missing({"name": NAME, "email": EMAIL}, everything()) == {"name", "email"}


def test_a_companion_on_the_waiting_list_is_forgotten() -> None:
    event = open_event(capacity=1)
    registered(PersonFactory.create(), event)
    event.ticket_types.update(most_per_person=5)
    brought = [Companion(name=NAME, email=EMAIL)]
    row = registered(PersonFactory.create(), event, companions=brought, waits=True)
    erase(PersonFactory.create(full_name=NAME, email=EMAIL))
    row.refresh_from_db()
    assert row.companions == [{"name": "Người đã xoá", "email": ""}]
    assert missing({"name": NAME, "email": EMAIL}, everything()) == {"name", "email"}


def test_somebody_of_the_same_name_keeps_it() -> None:
    namesake = PersonFactory.create(full_name=NAME, email="khac@example.org")
    row = registered(namesake, open_event())
    outbox.deliver_due(at=NOW)
    erase(PersonFactory.create(full_name=NAME, email=EMAIL))
    namesake.refresh_from_db()
    assert (namesake.full_name, row.tickets.get().holder_name) == (NAME, NAME)
    assert NAME in mentions.words_of(OutgoingMail.objects.get(recipient=namesake.email))


def test_nothing_is_written_to_who_is_erased() -> None:
    host, guest = PersonFactory.create(), PersonFactory.create()
    row = group(host, guest)
    erase(host)
    event = Event.objects.get(pk=row.event_id)
    before = OutgoingMail.objects.count()
    schedule.cancel_event(event_id=event.pk, actor=planner(), at=NOW + timedelta(hours=1))
    assert set(OutgoingMail.objects.order_by("pk").values_list("recipient", flat=True)[before:]) == {guest.email}

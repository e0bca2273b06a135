"""Writing to an entry without seeing its address, and answering."""

from datetime import timedelta
from email.utils import parseaddr
from typing import Any

import pytest

from network import outbox
from network.contact import blocking, parties, queries
from network.contact.parties import Side
from network.contact.refusals import (
    BlockedByYou,
    NotDelivered,
    NotVerified,
    OwnEntry,
    TakesNoMessages,
    WaitsForAnswer,
    WritingStopped,
)
from network.models import ContactMessage, ContactStop, ContactThread, Membership, OutgoingMail
from network.refusals import Invalid, NotFound, Refusal, TooManyTries
from tests.factories import NOW, PersonFactory
from tests.network.relay import BODY, DOMAIN, alias_of, answered, begun, letters, mentor, proven, said, startup

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def relay(settings: Any) -> None:
    settings.RELAY_DOMAIN = DOMAIN


def refused(kind: type[Refusal], **scene: object) -> Refusal:
    """Writing is refused, nothing is kept and nothing is sent."""
    before = (ContactThread.objects.count(), ContactMessage.objects.count(), OutgoingMail.objects.count())
    with pytest.raises(kind) as raised:
        begun(**scene)  # type: ignore[arg-type]  # a scene's own words
    assert (ContactThread.objects.count(), ContactMessage.objects.count(), OutgoingMail.objects.count()) == before
    return raised.value


def test_a_message_reaches_the_mentor_by_letter_and_an_answer_comes_back() -> None:
    to, writer = mentor(), proven(full_name="Phạm Thu Hà")
    thread = begun(to, writer)
    (letter,) = letters(to.person.email)
    assert parseaddr(str(letter["From"]))[0] == "Phạm Thu Hà (qua Startup Hải Phòng)"
    assert str(letter["Subject"]) == "Bán cho nhà máy"
    assert BODY in said(letter)
    answered(thread, to.person)
    (answer,) = letters(writer.email)
    assert str(answer["Subject"]) == "Re: Bán cho nhà máy"
    assert "Hẹn em thứ Sáu nhé." in said(answer)
    assert [message.by_writer for message in thread.messages.all()] == [True, False]


def test_a_letter_is_answered_to_the_readers_own_alias_and_tells_what_is_passed_on() -> None:
    to, writer = mentor(), proven()
    answered(begun(to, writer), to.person)
    (first,), (second,) = letters(to.person.email), letters(writer.email)
    assert alias_of(first) != alias_of(second)
    assert str(first["Auto-Submitted"]) == "auto-generated"
    assert not [name for name in [each for each, _value in first.items()] if name.lower().startswith("list-")]
    assert "số điện thoại của bạn thì không" in said(first)


def test_without_a_domain_letters_link_to_the_thread_and_carry_no_alias(settings: Any) -> None:
    settings.RELAY_DOMAIN = ""
    to = mentor()
    thread = begun(to, proven())
    (letter,) = letters(to.person.email)
    assert letter["Reply-To"] is None
    assert f"/nhan-tin/{thread.pk}/" in said(letter)
    assert "tin-" not in said(letter).replace("nhan-tin-", "")


def test_an_organisations_owners_get_it_and_one_answers_for_all() -> None:
    owners = [proven(), proven()]
    organisation, writer = startup(*owners, name_vi="Muối Biển"), proven()
    Membership.objects.create(person=proven(email="editor@example.org"), organisation=organisation, role="EDITOR")
    thread = begun(organisation, writer)
    assert set(OutgoingMail.objects.values_list("recipient", flat=True)) == {person.email for person in owners}
    answered(thread, owners[1])
    (answer,) = letters(writer.email)
    assert parseaddr(str(answer["From"]))[0].startswith(f"{owners[1].full_name}, Muối Biển")
    assert letters("editor@example.org") == []


def test_who_is_no_owner_any_more_is_out_of_the_thread() -> None:
    owner = proven()
    organisation = startup(owner, proven())
    thread = begun(organisation, proven())
    assert parties.side_of(thread, owner) is Side.ENTRY
    Membership.objects.filter(person=owner).delete()
    assert queries.thread(thread_id=thread.pk, person=owner) is None
    with pytest.raises(NotFound):
        answered(thread, owner)


def test_a_stranger_neither_reads_nor_answers() -> None:
    thread, stranger = begun(mentor(), proven()), proven()
    assert queries.thread(thread_id=thread.pk, person=stranger) is None
    with pytest.raises(NotFound):
        answered(thread, stranger)
    assert thread.messages.count() == 1


def test_only_who_has_proven_a_mailbox_writes() -> None:
    refused(NotVerified, entry=mentor(), actor=PersonFactory.create())


def test_who_was_stopped_writes_no_more() -> None:
    writer, to = proven(), mentor()
    thread = begun(to, writer)
    ContactStop.objects.create(person=writer, stopped_at=NOW)
    refused(WritingStopped, entry=mentor(), actor=writer)
    with pytest.raises(WritingStopped):
        answered(thread, writer)


def test_an_entry_that_takes_no_messages_or_is_not_listed_gets_none() -> None:
    closed, hidden, writer = mentor(), mentor(), proven()
    closed.takes_messages = False
    hidden.is_listed = False
    refused(TakesNoMessages, entry=closed, actor=writer)
    refused(NotFound, entry=hidden, actor=writer)


def test_nobody_writes_to_themselves() -> None:
    to, owner = mentor(), proven()
    refused(OwnEntry, entry=to, actor=to.person)
    refused(OwnEntry, entry=startup(owner), actor=owner)


def test_that_one_is_blocked_looks_like_that_nobody_is_there() -> None:
    to, writer = mentor(), proven()
    thread = begun(to, writer)
    blocking.block(thread_id=thread.pk, actor=to.person, at=NOW)
    blocked = refused(NotDelivered, entry=to, actor=writer)
    nobody = refused(NotDelivered, entry=startup(), actor=writer)
    assert (blocked.code, blocked.facts) == (nobody.code, nobody.facts) == ("NOT_DELIVERED", {})
    with pytest.raises(NotDelivered):
        answered(thread, writer)
    with pytest.raises(BlockedByYou):
        answered(thread, to.person)
    blocking.unblock(thread_id=thread.pk, actor=to.person)
    answered(thread, writer)


def test_an_owners_block_holds_for_the_organisation_and_a_writers_too() -> None:
    owners, writer = [proven(), proven()], proven()
    organisation = startup(*owners)
    thread = begun(organisation, writer)
    blocking.block(thread_id=thread.pk, actor=owners[0], at=NOW)
    blocking.block(thread_id=thread.pk, actor=owners[1], at=NOW)
    assert parties.blocks(thread, by=Side.ENTRY).count() == 1
    blocking.unblock(thread_id=thread.pk, actor=owners[1])
    blocking.block(thread_id=thread.pk, actor=writer, at=NOW)
    with pytest.raises(NotDelivered):
        answered(thread, owners[0])
    with pytest.raises(NotFound):
        blocking.block(thread_id=thread.pk, actor=proven(), at=NOW)


def test_to_one_who_does_not_answer_somebody_writes_twice() -> None:
    to, writer = mentor(), proven()
    thread = begun(to, writer)
    answered(thread, writer)
    with pytest.raises(WaitsForAnswer) as raised:
        answered(thread, writer)
    assert raised.value.facts == {"most": 2}
    begun(to, writer)
    refused(WaitsForAnswer, entry=to, actor=writer)
    answered(thread, to.person)
    answered(thread, writer)


def test_a_new_account_begins_three_threads_a_day_and_a_known_one_twenty() -> None:
    newcomer = proven(joined=NOW - timedelta(days=2))
    for _number in range(3):
        begun(mentor(), newcomer)
    refusal = refused(TooManyTries, entry=mentor(), actor=newcomer)
    assert refusal.facts == {"seconds": 86400, "minutes": 1440}
    begun(mentor(), newcomer, at=NOW + timedelta(days=1, seconds=1))
    known = proven()
    for _number in range(20):
        begun(mentor(), known)
    refused(TooManyTries, entry=mentor(), actor=known)


def test_an_entry_gets_thirty_threads_a_day() -> None:
    to = mentor()
    for _number in range(30):
        begun(to, proven())
    refused(TooManyTries, entry=to, actor=proven())


@pytest.mark.parametrize(
    ("words", "field", "reason"),
    [
        ({"subject": " \n "}, "subject", "required"),
        ({"subject": "x" * 121}, "subject", "too_long"),
        ({"body": ""}, "body", "required"),
        ({"body": "x" * 4001}, "body", "too_long"),
        ({"body": "Xem nhé https://mua-ngay.example/abc"}, "body", "too_short"),
        ({"body": f"{BODY} https://a.example https://b.example"}, "body", "too_many_links"),
        ({"body": f"{BODY} a-shop.com và b-shop.vn/x"}, "body", "too_many_links"),
    ],
)
def test_words_are_looked_at(words: dict[str, str], field: str, reason: str) -> None:
    newcomer = proven(joined=NOW)
    refusal = refused(Invalid, entry=mentor(), actor=newcomer, **words)
    assert (refusal.field, refusal.facts["reason"]) == (field, reason)


def test_a_subject_adds_no_header_and_control_signs_are_gone() -> None:
    to = mentor()
    thread = begun(to, proven(), subject="Chào\r\nBcc: all@example.org", body=f"{BODY}\x07\u202e\r\nCảm ơn!")
    assert thread.subject == "Chào Bcc: all@example.org"
    assert thread.messages.get().body == f"{BODY}\nCảm ơn!"
    assert letters(to.person.email)[0]["Bcc"] is None


def test_an_alias_is_a_key_and_is_never_passed_on() -> None:
    to, writer = mentor(), proven()
    thread = begun(to, writer)
    alias = alias_of(letters(to.person.email)[0])
    answered(thread, to.person, f"Viết cho tôi ở {alias}")
    assert thread.messages.last().body == "Viết cho tôi ở […]"  # type: ignore[union-attr]  # there are two
    assert alias not in said(letters(writer.email)[0])


def test_a_letter_about_what_was_erased_is_not_sent() -> None:
    to, writer = mentor(), proven()
    thread = begun(to, writer)
    thread.messages.update(body="")
    with pytest.raises(outbox.SubjectGone):
        letters(to.person.email)


def test_what_is_new_is_told_until_it_is_read() -> None:
    to, writer = mentor(), proven()
    thread = begun(to, writer)
    assert (queries.unread(to.person), queries.unread(writer)) == (1, 0)
    queries.mark_read(thread=thread, person=to.person, at=NOW + timedelta(minutes=1))
    assert queries.unread(to.person) == 0
    answered(thread, to.person, at=NOW + timedelta(minutes=2))
    (row,) = queries.threads(writer)
    assert (row.is_unread, row.last_words) == (True, "Hẹn em thứ Sáu nhé.")
    assert list(queries.threads(proven())) == []

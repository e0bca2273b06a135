"""Subscriptions: nothing before it is confirmed, everything by a link, left at once."""

from datetime import timedelta

import pytest

from network import consents, outbox
from network.consents import Purpose
from network.models import Consent, OutgoingMail, Role, Subscription
from network.newsletter import audience, links, subscriptions
from network.newsletter.audience import Segment
from network.newsletter.links import LinkNotValid
from network.newsletter.subscriptions import Choices
from network.refusals import Invalid
from tests.factories import NOW, PersonFactory, ProfileFactory, SectorFactory
from tests.network.readers import SITE, address_in, agreed, bare

pytestmark = pytest.mark.django_db
EMAIL = "doc.gia@example.org"


def addresses(**segment: tuple[str, ...]) -> set[str]:
    return {reader.email for reader in audience.readers(segment=Segment(**segment))}


def ask(email: str = EMAIL, minutes: int = 0, **choices: object) -> None:
    at = NOW + timedelta(minutes=minutes)
    subscriptions.ask(email=email, choices=Choices(**choices), channel=SITE, at=at)  # type: ignore[arg-type]


def test_an_address_is_asked_once_and_nothing_else_is_sent_to_it() -> None:
    ask(f"  {EMAIL.upper()} ", roles=("STUDENT",))
    row, mail = Subscription.objects.get(), OutgoingMail.objects.get()
    assert (row.email, row.person, row.confirmed_at, row.roles) == (EMAIL, None, None, ["STUDENT"])
    assert (row.channel, row.language, row.text_version, row.asked_at) == ("SITE", "vi", 1, NOW)
    assert (mail.kind, mail.recipient) == (subscriptions.CONFIRM_KIND, EMAIL)
    assert addresses() == set()


def test_who_reads_the_mailbox_confirms() -> None:
    ask()
    path = address_in(OutgoingMail.objects.get(), "xac-nhan")
    token = path.split("/")[-2]
    subscriptions.confirm(token=token, at=NOW + timedelta(hours=1))
    assert addresses() == {EMAIL}
    subscriptions.confirm(token=token, at=NOW + timedelta(hours=2))
    assert Subscription.objects.get().confirmed_at == NOW + timedelta(hours=1)


@pytest.mark.parametrize("token", ["", "x", "WzEsMF0:abc", "Wz:1:2"])
def test_a_made_up_link_opens_nothing(token: str) -> None:
    bare(EMAIL)
    for rule in (subscriptions.confirm, subscriptions.leave):
        with pytest.raises(LinkNotValid):
            rule(token=token, at=NOW)
    with pytest.raises(LinkNotValid):
        subscriptions.read(token)
    assert addresses() == {EMAIL}


def test_a_link_to_leave_does_not_confirm_and_the_other_way_round() -> None:
    row = bare(EMAIL)
    with pytest.raises(LinkNotValid):
        subscriptions.confirm(token=links.own(row.pk), at=NOW)
    with pytest.raises(LinkNotValid):
        subscriptions.leave(token=links.to_confirm(row.pk, row.rounds), at=NOW)


def test_an_old_letter_confirms_nothing_after_one_left() -> None:
    row = bare(EMAIL)
    old = links.to_confirm(row.pk, row.rounds)
    subscriptions.leave(token=links.own(row.pk), at=NOW)
    with pytest.raises(LinkNotValid):
        subscriptions.confirm(token=old, at=NOW)
    assert addresses() == set()


def test_typing_an_address_again_and_again_sends_one_letter_in_ten_minutes() -> None:
    for minutes in (0, 1, 9, 10, 11):
        ask(minutes=minutes)
    assert OutgoingMail.objects.count() == 2


def test_what_a_stranger_types_does_not_change_a_readers_choices() -> None:
    row = bare(EMAIL, roles=("MENTOR",))
    ask(minutes=20, roles=("CITIZEN",), language="en")
    row.refresh_from_db()
    assert (row.roles, row.language) == (["MENTOR"], "vi")
    assert addresses() == {EMAIL}


def test_who_has_an_account_confirms_by_a_consent() -> None:
    person = PersonFactory.create()
    ask(person.email)
    row = Subscription.objects.get()
    assert (row.person, row.email) == (person, "")
    assert addresses() == set()
    subscriptions.confirm(token=links.to_confirm(row.pk, row.rounds), at=NOW)
    assert Purpose.NEWSLETTER in consents.standing(person)
    assert addresses() == {person.email}
    subscriptions.leave(token=links.own(row.pk), at=NOW)
    assert Purpose.NEWSLETTER not in consents.standing(person)
    assert Consent.objects.get(person=person, purpose=Purpose.NEWSLETTER).withdrawn_at == NOW
    assert addresses() == set()


def test_the_consent_alone_is_enough_and_its_withdrawal_too() -> None:
    person = agreed()
    assert addresses() == {person.email}
    consents.withdraw(person=person, purpose=Purpose.NEWSLETTER, at=NOW)
    assert addresses() == set()


def test_an_outdated_consent_is_none() -> None:
    person = agreed()
    Consent.objects.filter(person=person, purpose=Purpose.NEWSLETTER).update(text_version=0)
    assert addresses() == set()


def test_an_address_is_written_to_once() -> None:
    bare(EMAIL)
    agreed(PersonFactory.create(email=EMAIL))
    assert [reader.email for reader in audience.readers(segment=Segment())] == [EMAIL]


def test_leaving_is_at_once_and_once_more_changes_nothing() -> None:
    row = bare(EMAIL)
    for hours in (1, 2):
        subscriptions.leave(token=links.own(row.pk), at=NOW + timedelta(hours=hours))
    row.refresh_from_db()
    assert (row.ended_at, row.ended_by, row.rounds) == (NOW + timedelta(hours=1), "LEFT", 1)
    assert addresses() == set()


def test_choices_narrow_and_what_is_not_chosen_does_not() -> None:
    SectorFactory.create(code="cang-bien")
    SectorFactory.create(code="nong-nghiep")
    bare("tat-ca@example.org")
    bare("cang@example.org", sectors=("cang-bien",), roles=("STARTUP", "MENTOR"))
    bare("cafe@example.org", kinds=("CAFE",), language="en")
    assert addresses(sectors=("cang-bien",)) == {"tat-ca@example.org", "cang@example.org", "cafe@example.org"}
    assert addresses(sectors=("nong-nghiep",)) == {"tat-ca@example.org", "cafe@example.org"}
    assert addresses(kinds=("FORUM",)) == {"tat-ca@example.org", "cang@example.org"}
    assert addresses(roles=("MENTOR",)) == {"cang@example.org"}
    assert addresses(languages=("en",)) == {"cafe@example.org"}


def test_a_part_in_the_directory_says_what_somebody_is() -> None:
    profile = ProfileFactory.create()
    Role.objects.get_or_create(profile=profile, kind=Role.Kind.MENTOR)
    agreed(profile.person)
    agreed()
    assert addresses(roles=("MENTOR",)) == {profile.person.email}


@pytest.mark.parametrize(
    ("field", "choices"),
    [
        ("sectors", {"sectors": ("khong-co",)}),
        ("kinds", {"kinds": ("<b>",)}),
        ("roles", {"roles": ("KING",)}),
        ("language", {"language": "fr"}),
    ],
)
def test_what_does_not_exist_is_refused(field: str, choices: dict[str, object]) -> None:
    with pytest.raises(Invalid) as refused:
        ask(**choices)
    assert (refused.value.field, refused.value.facts["reason"]) == (field, "unknown")
    assert Subscription.objects.count() == OutgoingMail.objects.count() == 0


def test_a_reader_chooses_by_the_link() -> None:
    row = bare(EMAIL)
    subscriptions.choose(token=links.own(row.pk), choices=Choices(kinds=("CAFE", "CAFE"), language="en"))
    row.refresh_from_db()
    assert (row.kinds, row.language, row.confirmed_at) == (["CAFE"], "en", NOW)


def test_unconfirmed_addresses_are_forgotten_and_those_that_left() -> None:
    ask("cho@example.org")
    left, stays = bare("di@example.org"), bare("o@example.org")
    subscriptions.leave(token=links.own(left.pk), at=NOW)
    assert subscriptions.forget_old(at=NOW + timedelta(days=7)) == 0
    assert subscriptions.forget_old(at=NOW + timedelta(days=9)) == 1
    assert subscriptions.forget_old(at=NOW + timedelta(days=31)) == 1
    assert subscriptions.forget_old(at=NOW + timedelta(days=32)) == 0
    assert addresses() == {stays.email}
    assert not Subscription.objects.filter(email__in=["cho@example.org", "di@example.org"]).exists()
    with pytest.raises(LinkNotValid):
        subscriptions.read(links.own(left.pk))


def test_the_letter_to_confirm_is_dropped_once_one_left() -> None:
    row = bare(EMAIL)
    subscriptions.leave(token=links.own(row.pk), at=NOW)
    assert outbox.deliver_due(at=NOW) == 0
    assert "dropped" in OutgoingMail.objects.get().last_error

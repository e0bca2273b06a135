"""Messages and suggestions on the site: who may open what, and that no page tells an address."""

from collections.abc import Callable

import pytest
from django.test import Client

from network.contact import blocking
from network.models import (
    ContactMessage,
    ContactReport,
    ContactThread,
    Membership,
    Person,
    Profile,
    SuggestionDismissal,
)
from tests.factories import NOW, PersonFactory, SectorFactory
from tests.network.relay import BODY, answered, begun, mentor, proven, startup

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
SignIn = Callable[[Person], Client]


def test_somebody_writes_to_a_mentor_and_both_read_it(signed_in: SignIn) -> None:
    to, writer = mentor(), proven(full_name="Phạm Thu Hà")
    client, address = signed_in(writer), f"/nhan-tin/nguoi/{to.slug}/"
    assert "Những gì được chuyển đi" in client.get(address).content.decode()
    answer = client.post(address, {"subject": "Bán cho nhà máy", "body": BODY})
    thread = ContactThread.objects.get()
    assert answer.headers["Location"] == f"/nhan-tin/{thread.pk}/"
    theirs = signed_in(to.person)
    assert "Bán cho nhà máy" in theirs.get("/nhan-tin/").content.decode()
    theirs.post(f"/nhan-tin/{thread.pk}/", {"body": "Hẹn em thứ Sáu."})
    shown = client.get(f"/nhan-tin/{thread.pk}/").content.decode()
    for said in (BODY, "Hẹn em thứ Sáu.", to.person.full_name):
        assert said in shown


def test_what_a_rule_refuses_stands_at_its_field_with_what_was_typed(signed_in: SignIn) -> None:
    to = mentor()
    shown = signed_in(proven()).post(f"/nhan-tin/nguoi/{to.slug}/", {"subject": "", "body": "Ngắn"}).content.decode()
    assert "Ngắn" in shown
    assert "id_subject_error" in shown
    assert ContactThread.objects.count() == 0


def test_who_has_not_proven_a_mailbox_is_led_to_it(signed_in: SignIn) -> None:
    shown = signed_in(PersonFactory.create()).get(f"/nhan-tin/nguoi/{mentor().slug}/").content.decode()
    assert "Hãy xác nhận địa chỉ thư trước" in shown
    assert "<textarea" not in shown


def test_no_page_tells_an_address(signed_in: SignIn) -> None:
    """Every page of the relay, for both sides, with an organisation of two owners who show nothing."""
    owners = [proven(email="chu.mot@rieng.example", phone="+84912345678"), proven(email="chu.hai@rieng.example")]
    writer = proven(email="nguoi.viet@rieng.example", phone="+84987654321")
    organisation = startup(*owners, slug="muoi-bien", contact_email="an@rieng.example")
    thread = begun(organisation, writer)
    answered(thread, owners[0])
    first, second = ContactMessage.objects.order_by("pk")
    for reader, message in ((writer, second), (owners[0], first), (owners[1], first)):
        client = signed_in(reader)
        pages = ["/nhan-tin/", f"/nhan-tin/{thread.pk}/", f"/nhan-tin/{thread.pk}/bao-cao/{message.pk}/", "/goi-y/"]
        for page in [*pages, "/nhan-tin/to-chuc/muoi-bien/"] if reader == writer else pages:
            answer = client.get(page)
            assert answer.status_code == 200, page
            shown = answer.content.decode()
            assert "rieng.example" not in shown, page
            assert not any(number in shown.replace(" ", "") for number in ("912345678", "987654321")), page


@pytest.mark.parametrize("page", ["", "bao-cao/{message}/"])
def test_strangers_find_no_thread(signed_in: SignIn, page: str) -> None:
    to, writer = mentor(), proven()
    thread = begun(to, writer)
    address = f"/nhan-tin/{thread.pk}/{page.format(message=thread.messages.get().pk)}"
    assert signed_in(proven()).get(address).status_code == 404
    assert Client().get(address).status_code == 302
    assert signed_in(to.person).get(address).status_code == 200


def test_nobody_reports_their_own_message(signed_in: SignIn) -> None:
    writer = proven()
    thread = begun(mentor(), writer)
    assert signed_in(writer).get(f"/nhan-tin/{thread.pk}/bao-cao/{thread.messages.get().pk}/").status_code == 404


def test_blocking_is_told_to_who_blocks_alone(signed_in: SignIn) -> None:
    to, writer = mentor(), proven()
    thread = begun(to, writer)
    client = signed_in(to.person)
    client.post(f"/nhan-tin/{thread.pk}/chan/")
    assert "Bạn đã chặn cuộc trò chuyện này" in client.get(f"/nhan-tin/{thread.pk}/").content.decode()
    theirs = signed_in(writer)
    assert "chặn cuộc" not in theirs.get(f"/nhan-tin/{thread.pk}/").content.decode()
    assert "Tin của bạn không chuyển được" in theirs.post(f"/nhan-tin/{thread.pk}/", {"body": "Alo?"}).content.decode()
    client.post(f"/nhan-tin/{thread.pk}/chan/", {"lift": "1"})
    theirs.post(f"/nhan-tin/{thread.pk}/", {"body": "Alo?"})
    assert thread.messages.count() == 2


def test_a_message_is_reported(signed_in: SignIn) -> None:
    to, writer = mentor(), proven()
    thread = begun(to, writer)
    address = f"/nhan-tin/{thread.pk}/bao-cao/{thread.messages.get().pk}/"
    client = signed_in(to.person)
    assert "id_reason" in client.post(address, {"note": "x"}).content.decode()
    assert ContactReport.objects.count() == 0
    client.post(address, {"reason": "SPAM", "note": "Bán hàng"})
    assert ContactReport.objects.get().note == "Bán hàng"


def test_an_entry_that_takes_no_messages_has_no_page_to_write(signed_in: SignIn) -> None:
    to = mentor()
    Profile.objects.filter(pk=to.pk).update(takes_messages=False)
    assert signed_in(proven()).get(f"/nhan-tin/nguoi/{to.slug}/").status_code == 404
    assert signed_in(to.person).get("/nhan-tin/nguoi/khong-co/").status_code == 404


def test_a_blocked_thread_stays_to_be_read(signed_in: SignIn) -> None:
    to, writer = mentor(), proven()
    thread = begun(to, writer)
    blocking.block(thread_id=thread.pk, actor=to.person, at=NOW)
    assert BODY in signed_in(writer).get(f"/nhan-tin/{thread.pk}/").content.decode()


def test_suggestions_are_dismissed_and_opted_out_of(signed_in: SignIn) -> None:
    owner, field = proven(), SectorFactory.create(name_vi="Công nghệ biển")
    organisation = startup(owner, slug="muoi-bien")
    organisation.sectors.add(field)
    found = mentor()
    found.sectors.add(field)
    client = signed_in(owner)
    shown = client.get("/goi-y/").content.decode()
    for said in (found.person.full_name, "cùng lĩnh vực: Công nghệ biển", f"/nhan-tin/nguoi/{found.slug}/"):
        assert said in shown
    client.post("/goi-y/khong-hop/", {"profile": found.pk})
    assert SuggestionDismissal.objects.get().profile == found
    assert "cùng lĩnh vực" not in client.get("/goi-y/").content.decode()
    stranger = signed_in(proven())
    stranger.post("/goi-y/tham-gia/", {"organisation": organisation.pk})
    organisation.refresh_from_db()
    assert organisation.takes_suggestions is True
    client.post("/goi-y/tham-gia/", {"organisation": organisation.pk})
    organisation.refresh_from_db()
    assert organisation.takes_suggestions is False
    assert "đã rút khỏi gợi ý" in client.get("/goi-y/").content.decode()
    assert client.post("/goi-y/khong-hop/", {"profile": "x"}).status_code == 404
    assert Membership.objects.filter(person=owner).count() == 1

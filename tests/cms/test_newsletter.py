"""The newsletter in the newsroom: found when it goes out, read by mail programs, sent by those who may."""

import gc
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from time_machine import travel

from cms.models import Newsletter
from cms.newsletters import issues, letter, parts
from network import outbox
from network.models import Mailing, OutgoingMail, Person
from network.newsletter import dispatch, links, subscriptions
from network.newsletter.audience import Segment
from network.newsletter.mailings import MailingNotInState
from network.refusals import NotPermitted
from tests.cms.issues import issue
from tests.factories import NOW, PersonFactory, open_event
from tests.network.readers import agreed, bare

# Wagtail leaves the file in which a rendition was made to the garbage collector.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("home", "swept"),
    pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
KINDS = ["text", "heading", "quote", "figure", "numbers", "articles", "articles", "events", "events", "mentors", "call"]


@pytest.fixture
def swept() -> Iterator[None]:
    """What Wagtail leaves open is closed here, and not in somebody else's test."""
    yield
    gc.collect()


@pytest.fixture
def today() -> Iterator[None]:
    """The day of the scenes."""
    with travel(NOW, tick=False):
        yield


@pytest.fixture
def made(today: None) -> Newsletter:
    return issue(open_event())


def scheduled(made: Newsletter, editor: Person, readers: int) -> Newsletter:
    return issues.schedule(
        newsletter_id=made.pk, segment=Segment(), expected=readers, per_minute=60, due_at=NOW, actor=editor, at=NOW
    )


def test_every_block_is_found_as_it_is_now_with_whole_addresses(made: Newsletter) -> None:
    told = parts.contents(made)
    assert list(told) == ["vi"]
    assert [part["kind"] for part in told["vi"]["parts"]] == KINDS
    found = {part["kind"]: part for part in told["vi"]["parts"]}
    addresses = re.findall(r'"?url"?: \'([^\']*)\'|href="([^"]*)"', str(told))
    assert addresses
    assert all((one or other).startswith(settings.SITE_URL) for one, other in addresses)
    picture = found["figure"]["image"]
    assert (picture["width"], picture["height"], picture["alt"]) == (1008, 567, "Bến cảng")


def test_a_letter_is_html_and_text_with_ways_out(made: Newsletter) -> None:
    told = letter.preview(made, language="vi", at=NOW)
    assert told.subject == "Bến mới <2027>"
    assert "Bến mới &lt;2027&gt;" in told.html
    assert "<script" not in told.html
    for tag in re.findall(r"<img[^>]*>", told.html):
        assert f'src="{settings.SITE_URL}/' in tag
        assert re.search(r'width="\d+" height="\d+" alt="', tag)
    assert "<" not in told.text.replace("Bến mới <2027>", "")
    for word in ("trang chủ", "Cứ đi", "46: kỳ", "Nên đọc", "Sắp tới", "Đăng ký"):
        assert word in told.text
    assert told.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert told.headers["List-Unsubscribe"] == f"<{links.leave_address('xem-thu', 'vi')}>"


def test_no_letter_counts_who_opens_or_clicks(made: Newsletter, editor: Person) -> None:
    """Two readers' letters differ in their links to leave and choose, and in nothing else."""
    bare("a@example.org"), bare("b@example.org")
    scheduled(made, editor, 2)
    issues.begin_due(at=NOW)
    dispatch.turn(at=NOW)
    bodies = []
    for mail in OutgoingMail.objects.filter(kind=dispatch.ISSUE_KIND):
        html = outbox.opened(mail).get_body(("html",)).get_content()  # type: ignore[union-attr]  # letters have one
        bodies.append(re.sub(r"/(huy|lua-chon)/[^/]+/", "", html))
    assert len(bodies) == 2
    assert len(set(bodies)) == 1


def test_the_stored_message_carries_the_headers_and_leaving_works(made: Newsletter, editor: Person) -> None:
    person = agreed()
    scheduled(made, editor, 1)
    assert issues.begin_due(at=NOW) == 1
    dispatch.turn(at=NOW)
    message = outbox.opened(OutgoingMail.objects.get(kind=dispatch.ISSUE_KIND))
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    token = str(message["List-Unsubscribe"]).strip("<>").split("/")[-2]
    subscriptions.leave(token=token, at=NOW)
    assert not subscriptions.is_standing(person.subscription)


def test_who_leaves_while_the_letter_waits_gets_none(made: Newsletter, editor: Person) -> None:
    row = bare("a@example.org")
    OutgoingMail.objects.all().delete()
    scheduled(made, editor, 1)
    issues.begin_due(at=NOW)
    dispatch.turn(at=NOW)
    subscriptions.leave(token=links.own(row.pk), at=NOW)
    assert outbox.deliver_due(at=NOW) == 0
    assert "consent" in OutgoingMail.objects.get(kind=dispatch.ISSUE_KIND).last_error


def test_readers_of_english_get_it_where_it_is_written(made: Newsletter, editor: Person) -> None:
    made.subject_en, made.body_en = "New berth", made.body_vi
    made.save()
    told = parts.contents(made)
    assert letter.letter(told, language="en", to="a@example.org", token="x", at=NOW).subject == "New berth"
    del told["en"]
    vietnamese = letter.letter(told, language="en", to="a@example.org", token="x", at=NOW)
    assert (vietnamese.subject, vietnamese.language) == ("Bến mới <2027>", "vi")


def test_an_issue_is_numbered_when_it_begins_and_archived(made: Newsletter, editor: Person) -> None:
    agreed()
    hidden = issue(open_event(), is_archived=False)
    scheduled(made, editor, 1)
    assert list(issues.archived()) == []
    issues.begin_due(at=NOW)
    made.refresh_from_db()
    assert made.number == 1
    scheduled(hidden, editor, 1)
    assert issues.begin_due(at=NOW) == 1
    assert issues.begin_due(at=NOW) == 0
    assert list(issues.archived()) == [made]
    assert issues.archived_issue(2) is None


def test_what_was_sent_stays_as_it_was(made: Newsletter, editor: Person) -> None:
    agreed()
    scheduled(made, editor, 1)
    issues.begin_due(at=NOW)
    kept = Mailing.objects.get().contents
    Newsletter.objects.filter(pk=made.pk).update(subject_vi="Khác")
    assert Mailing.objects.get().contents == kept
    assert kept["vi"]["subject"] == "Bến mới <2027>"


def test_an_issue_goes_out_once(made: Newsletter, editor: Person) -> None:
    agreed()
    scheduled(made, editor, 1)
    with pytest.raises(MailingNotInState):
        scheduled(made, editor, 1)
    assert Mailing.objects.count() == 1


def test_a_test_goes_to_who_asks_and_nobody_else(made: Newsletter, editor: Person) -> None:
    agreed()
    issues.send_test(newsletter_id=made.pk, actor=editor, at=NOW)
    mail = OutgoingMail.objects.get()
    assert (mail.recipient, mail.subject) == (editor.email, "[Thử] Bến mới <2027>")
    with pytest.raises(NotPermitted):
        issues.send_test(newsletter_id=made.pk, actor=PersonFactory.create(), at=NOW)
    assert OutgoingMail.objects.count() == 1


def doors(made: Newsletter) -> list[str]:
    names = ("issue", "edit", "delete", "gui_thu", "tam_dung", "tiep_tuc", "dung_han", "bo_lich")
    return [
        reverse("newsletter:index"),
        reverse("newsletter:add"),
        *(reverse(f"newsletter:{name}", args=[made.pk]) for name in names),
    ]


@pytest.mark.parametrize("who", ["attendee", "mentor", "door"])
def test_outsiders_meet_closed_doors(made: Newsletter, client: Client, outsiders: dict[str, Person], who: str) -> None:
    client.force_login(outsiders[who])
    assert {(client.get(each).status_code, client.post(each).status_code) for each in doors(made)} == {(403, 403)}
    assert (Newsletter.objects.count(), Mailing.objects.count(), OutgoingMail.objects.count()) == (1, 0, 0)


def test_organisers_do_not_send_newsletters(made: Newsletter, client: Client, organiser: Person) -> None:
    client.force_login(organiser)
    for each in doors(made):
        assert client.post(each).status_code in (302, 403)
    assert (Newsletter.objects.count(), Mailing.objects.count(), OutgoingMail.objects.count()) == (1, 0, 0)


def test_strangers_are_asked_to_log_in(made: Newsletter, client: Client) -> None:
    assert {client.get(each).status_code for each in doors(made)} == {302}


def test_an_editor_looks_counts_schedules_pauses_and_stops(made: Newsletter, desk: Client) -> None:
    agreed(), bare("a@example.org", roles=("STUDENT",))
    page = reverse("newsletter:issue", args=[made.pk])
    assert [desk.get(each).status_code for each in doors(made)[:5]] == [200] * 5
    assert desk.get(page).context["count"] == 2
    assert desk.get(f"{page}?roles=STUDENT").context["count"] == 1
    wrong = desk.post(page, {"roles": "STUDENT", "expected": 2, "per_minute": 10})
    assert (wrong.status_code, Mailing.objects.count()) == (200, 0)
    due = timezone.localtime(NOW + timedelta(hours=1))
    desk.post(page, {"roles": "STUDENT", "expected": 1, "per_minute": 10, "due_at": f"{due:%d/%m/%Y %H:%M}"})
    mailing = Mailing.objects.get()
    assert (mailing.segment["roles"], mailing.per_minute, mailing.due_at) == (["STUDENT"], 10, NOW + timedelta(hours=1))
    assert desk.get(reverse("newsletter:edit", args=[made.pk])).status_code == 302
    assert desk.get(page).status_code == 200
    issues.begin_due(at=NOW + timedelta(hours=1))
    for act, state in (("tam_dung", "PAUSED"), ("tiep_tuc", "SENDING"), ("dung_han", "STOPPED")):
        desk.post(reverse(f"newsletter:{act}", args=[made.pk]))
        mailing.refresh_from_db()
        assert mailing.state == state
        assert desk.get(page).status_code == 200


def test_an_editor_writes_an_issue(desk: Client) -> None:
    form = {
        "subject_vi": "Tin tháng",
        "body_vi-count": "1",
        "body_vi-0-type": "heading",
        "body_vi-0-value": "Chào",
        "body_vi-0-order": "0",
        "body_vi-0-deleted": "",
        "body_en-count": "0",
    }
    answer = desk.post(reverse("newsletter:add"), form)
    made = Newsletter.objects.get()
    assert answer.url == reverse("newsletter:issue", args=[made.pk])
    assert (made.subject_vi, made.body_vi[0].value, made.languages) == ("Tin tháng", "Chào", ["vi"])

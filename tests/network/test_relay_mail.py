"""Answers by mail: what was written is passed on, and nothing that tells an address."""

import io
import sys
from email import policy
from email.message import EmailMessage
from itertools import product
from typing import Any

import pytest
from django.core.management import call_command

from network.contact import incoming, masking, quoting
from network.contact.aliases import alias, place_of
from network.contact.receiving import Outcome, receive
from network.models import ContactMessage, ContactPlace, ContactThread, OutgoingMail, Person
from tests.factories import NOW
from tests.network.relay import DOMAIN, alias_of, begun, by_mail, letters, mentor, proven, said, startup

pytestmark = pytest.mark.django_db

ANSWER = "Chào em,\n\nThứ Sáu 14:00 tôi rảnh. Em gọi vào số của văn phòng: 0225 388 1234.\n\n-- \nLan Hương"
HISTORIES = {
    "gmail": "Vào Th 2, 23 thg 11, 2026 vào lúc 09:00 Phạm Thu Hà (qua Startup) <{writer}> đã viết:\n> Chào anh",
    "gmail_en": "On Mon, Nov 23, 2026 at 9:00 AM Phạm Thu Hà\n<{writer}> wrote:\n> Chào anh {writer_phone}",
    "outlook": f"{'_' * 32}\nFrom: Hà <{{writer}}>\nSent: Monday\nTo: {{own}}\nSubject: Bán\n\nChào",
    "outlook_vi": "Từ: Phạm Thu Hà <{writer}>\nĐã gửi: Thứ Hai\nTới: {own}\nChủ đề: Bán\n\nChào {writer_phone}",
    "original": "-----Original Message-----\nFrom: {writer}\n\nChào",
    "marker": "## Trả lời phía trên dòng này · Reply above this line ##\n\nPhạm Thu Hà nhắn cho bạn {writer}",
    "quoted": "> Chào anh\n> {writer}\n> {own}\n> {alias}",
}
SIGNED = {
    "none": "",
    "own": "\n\nLan Hương\n{own} · 0912 345 678",
    "spelled": "\n\nĐT: (+84) 912-345-678 / 0912.345.678 / 84912345678; {shouted}",
    "second": "\n\n{second}",
}


@pytest.fixture(autouse=True)
def relay(settings: Any) -> None:
    settings.RELAY_DOMAIN = DOMAIN


class Scene:
    """A writer and a mentor with phones and second addresses, and a thread between them."""

    def __init__(self) -> None:
        to = mentor(email="lan.huong@nha-rieng.example", phone="+84912345678")
        self.owner: Person = to.person
        self.writer = proven(full_name="Phạm Thu Hà", email="thu.ha@nha-rieng.example", phone="+84987654321")
        for person, second in ((self.owner, "lh@co-quan.example"), (self.writer, "th@co-quan.example")):
            person.emailaddress_set.create(email=second, verified=True)
        self.thread: ContactThread = begun(to, self.writer)
        self.alias = alias_of(letters(self.owner.email)[0])

    def words(self) -> dict[str, str]:
        return {
            "writer": self.writer.email,
            "writer_phone": "0987 654 321",
            "own": self.owner.email,
            "shouted": self.owner.email.upper(),
            "second": "lh@co-quan.example",
            "alias": self.alias,
        }

    def last(self) -> str:
        message = self.thread.messages.order_by("-pk").first()
        assert message is not None
        return message.body


def told(text: str, scene: Scene) -> set[str]:
    """Which marks of the two stand in a text, and which aliases."""
    digits = "".join(sign for sign in text if sign.isdigit())
    marks = {scene.owner.email, scene.writer.email, "lh@co-quan.example", "th@co-quan.example"}
    found = {mark for mark in marks if mark in text.lower()}
    return found | {number for number in ("912345678", "987654321") if number in digits}


@pytest.mark.parametrize(("history", "signed"), list(product(HISTORIES, SIGNED)))
def test_an_answer_is_passed_on_without_its_history_and_addresses(history: str, signed: str) -> None:
    """Every history × every signature; what goes out and what is kept tells no address of either."""
    scene = Scene()
    text = f"{ANSWER}{SIGNED[signed]}\n\n{HISTORIES[history]}".format(**scene.words())
    assert by_mail(scene.alias, scene.owner.email, text) is Outcome.TAKEN
    assert scene.last().startswith(ANSWER.replace("-- ", "--"))
    assert told(scene.last(), scene) == set()
    (letter,) = letters(scene.writer.email)
    del letter["To"]
    assert told(said(letter), scene) == set()
    assert told(letter.as_string(), scene) == set()
    assert scene.alias not in letter.as_string()


def test_without_the_masking_the_check_would_find_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control."""
    monkeypatch.setattr(quoting, "without_history", lambda text: text)
    monkeypatch.setattr(masking, "masked", lambda text, **marks: text)
    scene = Scene()
    text = f"{ANSWER}{SIGNED['spelled']}{SIGNED['second']}\n{HISTORIES['gmail_en']}".format(**scene.words())
    assert by_mail(scene.alias, scene.owner.email, text) is Outcome.TAKEN
    assert told(said(letters(scene.writer.email)[0]), scene) == {
        scene.owner.email, scene.writer.email, "lh@co-quan.example", "912345678", "987654321",
    }  # fmt: skip


def test_no_header_of_any_letter_tells_the_other() -> None:
    """Of a conversation by mail and site, with an organisation of two owners: all that goes out, header by header."""
    owners = [proven(email="chu.mot@rieng.example"), proven(email="chu.hai@rieng.example")]
    writer = proven(email="nguoi.viet@rieng.example")
    thread = begun(startup(*owners), writer)
    by_mail(alias_of(letters(owners[0].email)[0]), owners[0].email, "Mời em ghé văn phòng chiều mai.")
    by_mail(alias_of(letters(writer.email)[0]), writer.email, "Dạ em cảm ơn, em ghé lúc 14:00 ạ.")
    assert thread.messages.count() == 3
    addresses = {person.email for person in (*owners, writer)}
    checked = 0
    for address in addresses:
        for letter in letters(address):
            assert str(letter["To"]).count(address) == 1
            del letter["To"]
            assert [other for other in addresses if other in letter.as_string()] == []
            assert set(dict(letter.items())) <= {
                "From", "Reply-To", "References", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version",
                "Content-Type", "Content-Language",
            }  # fmt: skip
            checked += 1
    assert checked == 5


@pytest.mark.parametrize(
    "heads",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated; type=x"},
        {"Precedence": "bulk"},
        {"Return_Path": "<>"},
        {"List_Id": "<hoi.example>"},
        {"X_Autoreply": "yes"},
    ],
)
def test_what_a_machine_wrote_is_dropped_and_nobody_is_told(heads: dict[str, str]) -> None:
    scene, before = Scene(), OutgoingMail.objects.count()
    assert by_mail(scene.alias, scene.owner.email, "Tôi nghỉ phép đến thứ Hai.", **heads) is Outcome.DROPPED
    assert (scene.thread.messages.count(), OutgoingMail.objects.count()) == (1, before + 0)


def test_a_bounce_is_dropped() -> None:
    scene = Scene()
    for sender in ("MAILER-DAEMON@may.example", "postmaster@may.example"):
        assert by_mail(scene.alias, sender, "Undelivered") is Outcome.DROPPED
    assert by_mail(scene.alias, scene.owner.email, "Không tự động.", Auto_Submitted="no") is Outcome.TAKEN


def test_a_mail_is_taken_once() -> None:
    scene = Scene()
    assert by_mail(scene.alias, scene.owner.email, "Được nhé.", message_id="<1@may.example>") is Outcome.TAKEN
    assert by_mail(scene.alias, scene.owner.email, "Được nhé.", message_id="<1@may.example>") is Outcome.AGAIN
    assert scene.thread.messages.count() == 2
    assert not ContactMessage.objects.filter(mail_print__contains="may.example").exists()


def test_who_writes_from_an_unknown_address_is_told_at_their_account_alone() -> None:
    scene = Scene()
    assert by_mail(scene.alias, "ke.la@la.example", "Chuyển tiền cho tôi.") is Outcome.RETURNED
    assert scene.thread.messages.count() == 1
    assert letters("ke.la@la.example") == []
    returned = letters(scene.owner.email)[-1]
    assert "chưa được xác nhận" in said(returned)
    assert "ke.la@la.example" not in said(returned)


def test_a_refusal_is_told_by_letter_five_times_a_day() -> None:
    scene = Scene()
    outcomes = {by_mail(scene.alias, scene.owner.email, "> chỉ trích\n" * n) for n in range(1, 9)}
    assert outcomes == {Outcome.RETURNED}
    assert len(letters(scene.owner.email)) == 1 + 5


@pytest.mark.parametrize("broken", [f"tin-1-{'a' * 24}", f"tin-{'z' * 12}-{'a' * 24}", "tin", "xinchao"])
def test_a_guessed_alias_is_nobodys(broken: str) -> None:
    scene = Scene()
    assert place_of(f"{broken}@{DOMAIN}") is None
    assert by_mail(f"{broken}@{DOMAIN}", scene.owner.email, "Chào") is Outcome.UNKNOWN
    assert place_of(scene.alias.replace(DOMAIN, "khac.example")) is None
    assert place_of(scene.alias.upper()) == ContactPlace.objects.get(person=scene.owner)


def test_an_alias_is_one_persons_and_dies_with_the_key(settings: Any) -> None:
    scene = Scene()
    former = settings.SECRET_KEY
    assert by_mail(scene.alias, scene.writer.email, "Tôi là người kia.") is Outcome.RETURNED
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another key", [former]
    assert place_of(scene.alias) is not None
    settings.SECRET_KEY_FALLBACKS = []
    assert place_of(scene.alias) is None
    assert alias(ContactPlace.objects.get(person=scene.owner)) != scene.alias


def test_files_are_left_out_with_words_and_pictures_of_a_signature_without() -> None:
    scene = Scene()
    message = EmailMessage()
    message["From"], message["To"], message["Message-ID"] = scene.owner.email, scene.alias, "<f@may.example>"
    message.set_content("Tôi gửi kèm bản chào giá.")
    message.add_alternative("<p>Tôi gửi kèm</p>", subtype="html")
    html = message.get_payload(1)
    assert isinstance(html, EmailMessage)
    html.add_related(b"logo", "image", "png", cid="<logo>", disposition="inline")
    plain = incoming.read(message.as_bytes())
    assert (plain.text.strip(), plain.attachments) == ("Tôi gửi kèm bản chào giá.", 0)
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="gia.pdf")
    assert receive(incoming=incoming.read(message.as_bytes()), at=NOW) is Outcome.TAKEN
    assert scene.last() == "Tôi gửi kèm bản chào giá."
    assert "tệp kèm thì không" in said(letters(scene.owner.email)[-1])
    assert "gia.pdf" not in said(letters(scene.writer.email)[0])


def test_html_alone_is_read_as_text() -> None:
    scene = Scene()
    message = EmailMessage()
    message["From"], message["To"] = scene.owner.email, scene.alias
    message.set_content(
        "<html><head><style>p{color:red}</style></head><body><p>Chào <b>em</b>,</p><div>hẹn 14:00<br>ở quán.</div>"
        f"<blockquote>Cũ {scene.writer.email}<br>nữa</blockquote><script>x()</script></body></html>",
        subtype="html",
    )
    assert receive(incoming=incoming.read(message.as_bytes()), at=NOW) is Outcome.TAKEN
    assert [line for line in scene.last().split("\n") if line] == ["Chào em,", "hẹn 14:00", "ở quán."]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe\x00garbage",
        b"From: =?utf-8?q?=FF?= <a@b\nTo: \xff\nSubject: =?x?\n\nhi",
        b"Content-Type: text/plain; charset=klingon\nFrom: a@b.example\n\n\xe1\xba\xa1",
        b"Content-Type: multipart/mixed\n\n--\n",
        b"From: a@b.example\nContent-Type: message/rfc822\n\nFrom: c@d.example\n\nx",
    ],
)
def test_a_broken_message_breaks_nothing(raw: bytes) -> None:
    assert receive(incoming=incoming.read(raw), at=NOW) is Outcome.UNKNOWN


def test_the_command_takes_a_message_from_a_pipe(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    scene = Scene()
    message = EmailMessage(policy=policy.SMTP)
    message["From"], message["To"], message["Delivered-To"] = scene.owner.email, "khac@example.org", scene.alias
    message.set_content("Trả lời qua đường ống.")

    class Pipe:
        buffer = io.BytesIO(message.as_bytes())

    monkeypatch.setattr(sys, "stdin", Pipe)
    call_command("receive_mail")
    assert scene.last() == "Trả lời qua đường ống."
    Pipe.buffer = io.BytesIO(message.as_bytes())
    with pytest.raises(SystemExit) as ended:
        call_command("receive_mail", to="tin-1-x@nowhere.example")
    assert ended.value.code == 67
    monkeypatch.setattr(incoming, "LARGEST", 10)
    Pipe.buffer = io.BytesIO(message.as_bytes())
    with pytest.raises(SystemExit) as ended:
        call_command("receive_mail")
    assert ended.value.code == 65
    assert capsys.readouterr().out.split() == ["TAKEN", "UNKNOWN"]

"""The outbox: queued with its cause, sent once, tried again when a server says no."""

import socketserver
import threading
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from typing import Any, ClassVar

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction

from network import outbox
from network.models import OutgoingMail
from network.outbox import delivery
from network.outbox.letter import compose
from tests.factories import NOW

LETTER = outbox.Letter(
    recipient="ha@example.org",
    recipient_name="Phạm Thu Hà",
    subject="Vé của bạn:\r\nBcc: all@example.org",
    text="Chào Hà",
    html='<p>Chào Hà</p><img src="cid:qr">',
    pictures=(outbox.Picture(cid="qr", png=b"\x89PNG not really"),),
    calendar=b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
)


class Refusing(EmailBackend):
    """A mail server that says no."""

    def send_messages(self, messages: Any) -> int:
        raise OSError("mailbox busy")


@pytest.mark.django_db
def test_a_letter_has_its_parts_in_the_order_that_clients_expect() -> None:
    queued = outbox.queue(LETTER, at=NOW)
    message = outbox.opened(OutgoingMail.objects.get(pk=queued.pk))
    assert message["Content-Language"] == "vi"
    parts = [part.get_content_type() for part in message.walk()]
    assert parts == [
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
        "text/calendar",
    ]
    calendar = list(message.walk())[-1]
    assert calendar.get_param("method") == "REQUEST"


@pytest.mark.django_db
def test_a_subject_cannot_add_a_header() -> None:
    message = outbox.opened(outbox.queue(LETTER, at=NOW))
    assert message["Bcc"] is None
    assert message["Subject"] == "Vé của bạn: Bcc: all@example.org"


@pytest.mark.django_db
def test_what_is_rolled_back_is_never_sent() -> None:
    with transaction.atomic():
        outbox.queue(LETTER, at=NOW)
        transaction.set_rollback(True)
    assert outbox.deliver_due(at=NOW) == 0
    assert mail.outbox == []


@pytest.mark.django_db
def test_a_letter_is_sent_once_with_the_message_id_it_was_queued_with() -> None:
    queued = outbox.queue(LETTER, at=NOW)
    assert [outbox.deliver_due(at=NOW), outbox.deliver_due(at=NOW)] == [1, 0]
    assert [sent.message()["Message-ID"] for sent in mail.outbox] == [queued.message_id]


class _MailServer(socketserver.StreamRequestHandler):
    """Speaks just enough SMTP to take a message."""

    taken: ClassVar[list[bytes]] = []

    def handle(self) -> None:
        self.wfile.write(b"220 ready\r\n")
        for line in self.rfile:
            command = line[:4].upper()
            if command == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                self.taken.append(b"".join(iter(self.rfile.readline, b".\r\n")))
            self.wfile.write(b"221 bye\r\n" if command == b"QUIT" else b"250 ok\r\n")


@pytest.mark.django_db
def test_a_letter_goes_out_by_smtp_as_it_was_queued(settings: Any) -> None:
    queued = outbox.queue(LETTER, at=NOW)
    with socketserver.TCPServer(("127.0.0.1", 0), _MailServer) as server:
        threading.Thread(target=server.handle_request, daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        assert outbox.deliver_due(at=NOW) == 1
    assert _MailServer.taken == [bytes(queued.mime)]


@pytest.mark.parametrize("name", ['Nguyễn, "B" <evil@x.vn>', "Đức\r\nBcc: evil@x.vn", "a, b@evil.vn"])
@pytest.mark.django_db
def test_a_name_cannot_add_an_address(name: str) -> None:
    letter = replace(LETTER, recipient_name=name, recipient="ha@hảiphòng.vn")
    message = outbox.opened(outbox.queue(letter, at=NOW))
    (address,) = message["To"].addresses
    assert address.addr_spec == "ha@xn--hiphng-6wa8191d.vn"
    assert message["Bcc"] is None


@pytest.mark.django_db
def test_a_refused_letter_is_kept_and_tried_again_later(settings: Any) -> None:
    queued = outbox.queue(LETTER, at=NOW)
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    assert outbox.deliver_due(at=NOW) == 0
    queued.refresh_from_db()
    assert (queued.attempts, queued.last_error, queued.sent_at) == (1, "mailbox busy", None)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert outbox.deliver_due(at=NOW + timedelta(seconds=30)) == 0
    assert outbox.deliver_due(at=NOW + timedelta(minutes=2)) == 1


@pytest.mark.django_db
def test_a_letter_claimed_by_a_worker_that_died_is_sent_after_the_lease() -> None:
    outbox.queue(LETTER, at=NOW)
    assert delivery._claim_next(NOW) is not None  # a worker takes it and dies
    assert outbox.deliver_due(at=NOW + outbox.LEASE - timedelta(seconds=1)) == 0
    assert outbox.deliver_due(at=NOW + outbox.LEASE) == 1


@pytest.mark.django_db
def test_a_full_batch_is_followed_by_the_next_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    stop = threading.Event()
    batches = iter([delivery.BATCH, delivery.BATCH, 3])

    def deliver(**_: Any) -> int:
        sent = next(batches)
        if sent == 3:
            stop.set()
        return sent

    monkeypatch.setattr(delivery, "deliver_due", deliver)
    monkeypatch.setattr(delivery.chores, "do_due", lambda **_: [])
    monkeypatch.setattr(delivery, "close_old_connections", lambda: None)
    delivery.work(stop=stop, idle_seconds=0)
    assert list(batches) == []


@pytest.mark.parametrize("name", ["Đỗ Hải Nam", "Nguyễn Thị Ngọc Huyền Trân", "An", "Phạm Thị Thu Hà (Neo Cảm Biến)"])
def test_a_long_subject_loses_no_space(name: str) -> None:
    subject = f"Giờ mới: buổi cố vấn với {name}, Thứ Sáu, 25/12/2026"
    letter = outbox.Letter(recipient="ha@example.org", subject=subject, text="…", html="<p>…</p>")
    sent = compose(letter, message_id="<a@example.org>", at=NOW).as_bytes()
    assert message_from_bytes(sent, policy=policy.default)["Subject"] == subject
    # Django's backend opens the stored message and writes it once more.
    assert message_from_bytes(sent, policy=policy.SMTP).as_bytes() == sent
    assert max(len(line) for line in sent.split(b"\r\n") if line.startswith((b"Subject", b" =?"))) <= 78

"""The outbox: queued with its cause, sent once, tried again when a server says no."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction

from network import outbox
from network.models import OutgoingMail
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
    assert outbox._claim_next(NOW) is not None  # a worker takes it and dies
    assert outbox.deliver_due(at=NOW + outbox.LEASE - timedelta(seconds=1)) == 0
    assert outbox.deliver_due(at=NOW + outbox.LEASE) == 1

"""Drafts: written once, when they first go out or are first looked at; letters of a thread leave in order."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from network import outbox
from network.models import OutgoingMail
from network.outbox import delivery, writing
from tests.factories import NOW

pytestmark = pytest.mark.django_db
KIND = "test.letter"


class RefusingRequests(EmailBackend):
    """A mail server that says no to letters called REQUEST."""

    def send_messages(self, messages: Any) -> int:
        if any(message.subject == "REQUEST" for message in messages):
            raise OSError("mailbox busy")
        return int(super().send_messages(messages) or 0)


@pytest.fixture(autouse=True)
def writer(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Writes what the facts say; the list grows with every letter written."""
    written: list[int] = []

    def write(draft: OutgoingMail) -> outbox.Letter:
        if draft.facts.get("gone"):
            raise outbox.SubjectGone("the subject")
        written.append(draft.pk)
        said = f"{draft.facts['says']}, version {len(written)}"
        return outbox.Letter(recipient=draft.recipient, subject=draft.facts["says"], text=said, html=f"<p>{said}</p>")

    monkeypatch.setitem(writing.WRITERS, KIND, write)
    return written


def _post(*said: str, thread: str = "registration:1", **facts: Any) -> list[OutgoingMail]:
    outbox.post(
        (
            outbox.Draft(kind=KIND, facts={"says": text, **facts}, recipient="ha@example.org", thread=thread)
            for text in said
        ),
        at=NOW,
    )
    return list(OutgoingMail.objects.order_by("pk"))[-len(said) :]


def _sent() -> list[str]:
    return [sent.subject for sent in mail.outbox]


def test_a_draft_is_written_once_and_stays_as_it_is(writer: list[int], settings: Any) -> None:
    [draft] = _post("REQUEST")
    assert (draft.mime, draft.subject) == (None, "")
    settings.EMAIL_BACKEND = f"{__name__}.RefusingRequests"
    assert outbox.deliver_due(at=NOW) == 0
    draft.refresh_from_db()
    first = bytes(draft.mime or b"")
    assert (draft.subject, draft.last_error, len(writer)) == ("REQUEST", "mailbox busy", 1)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert outbox.deliver_due(at=NOW + timedelta(hours=1)) == 1
    draft.refresh_from_db()
    assert (bytes(draft.mime or b""), len(writer)) == (first, 1)
    assert mail.outbox[0].message().as_bytes() == first
    assert mail.outbox[0].message()["Message-ID"] == draft.message_id


def test_who_looks_first_writes_it(writer: list[int]) -> None:
    [draft] = _post("REQUEST")
    stale = OutgoingMail.objects.get(pk=draft.pk)
    seen = outbox.opened(draft).as_bytes()
    # Another process that read the row before: what was written first is what it gets.
    assert outbox.opened(stale).as_bytes() == seen
    assert outbox.written(OutgoingMail.objects.get(pk=draft.pk)) == outbox.written(draft)


def test_a_draft_without_a_subject_left_is_dropped_for_good() -> None:
    [draft] = _post("REQUEST", gone=True)
    with pytest.raises(outbox.SubjectGone):
        outbox.opened(draft)
    assert outbox.deliver_due(at=NOW) == 0
    draft.refresh_from_db()
    assert (draft.sent_at, draft.mime, draft.attempts) == (None, None, outbox.MAX_ATTEMPTS)
    assert draft.last_error == "dropped: the subject"
    assert outbox.deliver_due(at=NOW + timedelta(days=30)) == 0


def test_a_mistake_in_a_writer_is_kept_and_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    [draft] = _post("REQUEST")
    monkeypatch.delitem(writing.WRITERS, KIND)
    assert outbox.deliver_due(at=NOW) == 0
    draft.refresh_from_db()
    assert (draft.attempts, draft.sent_at) == (1, None)


def test_letters_of_a_thread_wait_for_the_one_before(settings: Any) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.RefusingRequests"
    _post("REQUEST", "CANCEL")
    _post("other", thread="registration:2")
    _post("loose", thread="")
    assert outbox.deliver_due(at=NOW) == 2
    assert _sent() == ["other", "loose"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert outbox.deliver_due(at=NOW + timedelta(minutes=2)) == 2
    assert _sent() == ["other", "loose", "REQUEST", "CANCEL"]


def test_a_letter_in_another_workers_hands_is_waited_for() -> None:
    request, _cancel = _post("REQUEST", "CANCEL")
    assert delivery._claim_next(NOW) == request
    assert delivery._claim_next(NOW) is None
    again = delivery._claim_next(NOW + outbox.LEASE)  # that worker died
    assert again == request


def test_the_last_attempt_is_waited_for_too_and_then_the_next_one_goes(settings: Any) -> None:
    request, _cancel = _post("REQUEST", "CANCEL")
    OutgoingMail.objects.filter(pk=request.pk).update(attempts=outbox.MAX_ATTEMPTS - 1)
    assert delivery._claim_next(NOW) == request
    assert delivery._claim_next(NOW) is None
    OutgoingMail.objects.filter(pk=request.pk).update(attempts=outbox.MAX_ATTEMPTS - 1, due_at=NOW)
    settings.EMAIL_BACKEND = f"{__name__}.RefusingRequests"
    assert outbox.deliver_due(at=NOW) == 1
    assert _sent() == ["CANCEL"]


def test_many_drafts_are_one_statement(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        _drafts = [outbox.Draft(kind=KIND, facts={"says": "x"}, recipient="ha@example.org") for _ in range(50)]
        outbox.post(_drafts, at=NOW)

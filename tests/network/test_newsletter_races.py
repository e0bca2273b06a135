"""Two workers at one mailing: each reader gets the issue once. The control takes the lock away."""

import threading
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from network.models import Mailing, OutgoingMail
from network.newsletter import dispatch, mailings
from tests.factories import NOW
from tests.network.readers import CONTENTS, bare, mailing

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
WORKERS, READERS, TURNS = 6, 12, 4


def _at_once(act: Any) -> list[BaseException]:
    start, failed = threading.Barrier(WORKERS), []

    def worker() -> None:
        start.wait()
        try:
            act()
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=worker) for _ in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failed


def _letters() -> Counter[str]:
    return Counter(OutgoingMail.objects.filter(kind=dispatch.ISSUE_KIND).values_list("recipient", flat=True))


def _readers() -> None:
    for each in range(READERS):
        bare(f"r{each}@example.org")


def _turns(made: Mailing) -> list[BaseException]:
    def act() -> None:
        for number in range(TURNS):
            dispatch.turn_of(mailing_id=made.pk, at=NOW + timedelta(minutes=number))

    return _at_once(act)


def test_each_reader_gets_one_letter_whoever_takes_the_turns() -> None:
    _readers()
    made = mailing(per_minute=4)
    assert _turns(made) == []
    assert _letters() == Counter({f"r{each}@example.org": 1 for each in range(READERS)})


def test_a_mailing_begins_once() -> None:
    _readers()
    made = mailing(begun=False)
    assert _at_once(lambda: mailings.begin(mailing_id=made.pk, contents=CONTENTS, at=NOW)) == []
    assert made.recipients.count() == READERS


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one transaction write at a time")
def test_without_the_lock_readers_get_it_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Control: it is the mailing's lock that keeps the turns apart."""
    _readers()
    made = mailing(per_minute=4)
    gate = threading.Barrier(WORKERS)

    def unlocked(mailing_id: int) -> Mailing:
        found = Mailing.objects.get(pk=mailing_id)
        gate.wait(timeout=20)
        return found

    monkeypatch.setattr(mailings, "held", unlocked)
    _at_once(lambda: dispatch.turn_of(mailing_id=made.pk, at=NOW))
    assert max(_letters().values()) > 1

"""Chores: each at its turn, by one worker, whatever becomes of the others."""

import threading
import time
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection

from network import chores, outbox
from network.models import Chore
from tests.factories import NOW

Done = list[tuple[str, datetime]]


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> Done:
    """No chores but those of the test; what was done, and when."""
    monkeypatch.setattr(chores, "TURNS", {})
    return []


def _chore(name: str, done: Done, minutes: int = 5) -> None:
    chores.every(minutes, lambda *, at: done.append((name, at)), name=name)


@pytest.mark.django_db
def test_a_chore_is_done_at_once_and_then_at_its_turn(done: Done) -> None:
    _chore("look", done)
    for minutes in (0, 4, 5, 6, 10):
        chores.do_due(at=NOW + timedelta(minutes=minutes))
    assert [at - NOW for _name, at in done] == [timedelta(minutes=minutes) for minutes in (0, 5, 10)]


@pytest.mark.django_db
def test_one_that_fails_is_logged_and_harms_no_other(done: Done, caplog: pytest.LogCaptureFixture) -> None:
    def fails(*, at: datetime) -> None:
        raise RuntimeError("no")

    chores.every(5, fails, name="fails")
    _chore("look", done)
    assert chores.do_due(at=NOW) == ["look"]
    assert "the chore fails failed" in caplog.text
    assert chores.do_due(at=NOW + timedelta(minutes=4)) == []
    assert Chore.objects.get(name="fails").due_at == NOW + timedelta(minutes=5)


@pytest.mark.django_db
def test_a_chore_whose_worker_died_is_done_after_the_lease(done: Done) -> None:
    _chore("look", done)
    assert chores._claim("look", NOW)  # a worker takes it and dies
    assert chores.do_due(at=NOW + chores.LEASE - timedelta(seconds=1)) == []
    assert chores.do_due(at=NOW + chores.LEASE) == ["look"]


@pytest.mark.django_db
def test_a_chore_is_named_by_where_it_is_defined(done: Done) -> None:
    chores.every(5, test_a_chore_is_named_by_where_it_is_defined)  # type: ignore[arg-type]  # only its name is asked
    assert list(chores.TURNS) == [f"{__name__}.test_a_chore_is_named_by_where_it_is_defined"]


@pytest.mark.django_db
def test_the_command_sends_what_is_due_and_does_chores(done: Done, capsys: pytest.CaptureFixture[str]) -> None:
    _chore("look", done)
    outbox.queue(outbox.Letter(recipient="ha@example.org", subject="Chào", text="…", html="…"), at=NOW)
    with time_machine.travel(NOW, tick=False):
        call_command("send_mail", once=True)
    assert capsys.readouterr().out == "1 sent\n"
    assert done == [("look", NOW)]


def _race(claim: Any) -> int:
    """How many of eight workers do the one chore that is due."""
    start = threading.Barrier(8)
    taken: list[bool] = []

    def worker() -> None:
        start.wait()
        try:
            taken.append(claim("look", NOW))
        finally:
            connection.close()

    workers = [threading.Thread(target=worker) for _ in range(8)]
    for thread in workers:
        thread.start()
    for thread in workers:
        thread.join()
    return sum(taken)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("known", [True, False])
def test_of_workers_at_once_one_does_it(known: bool) -> None:
    if known:
        Chore.objects.create(name="look", due_at=NOW)
    assert _race(chores._claim) == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_the_control_that_asks_before_it_writes_does_it_twice() -> None:
    Chore.objects.create(name="look", due_at=NOW)

    def asks_first(name: str, at: datetime) -> bool:
        due = Chore.objects.filter(name=name, due_at__lte=at).exists()
        time.sleep(0.05)
        Chore.objects.filter(name=name).update(due_at=at + chores.LEASE)
        return due

    assert _race(asks_first) > 1

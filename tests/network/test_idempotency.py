"""A key that a client chose: what was asked for under it is done once and answered the same."""

import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction

from network import idempotency
from network.models import IdempotencyKey, Person, Sector
from network.refusals import IdempotencyKeyReused, Invalid, NotPermitted, Refusal
from tests.factories import NOW, PersonFactory

KEY = "9b1c6a52-open-the-door"
INPUT = {"code": "ai", "name": "Trí tuệ nhân tạo"}
at_once = [pytest.mark.race, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def _founding() -> dict[str, Any]:
    """An act that can be done any number of times."""
    code = str(uuid4())
    with transaction.atomic():
        Sector.objects.create(code=code, name_vi=code)
    return {"sector": code}


def _once(person: Person, do: Callable[[], dict[str, Any]] = _founding, **changes: Any) -> dict[str, Any]:
    asked = {"key": KEY, "act": "found", "given": INPUT, "at": NOW} | changes
    return idempotency.once(person=person, do=do, **asked)


@pytest.mark.django_db
def test_the_same_request_is_done_once_and_answered_the_same() -> None:
    person = PersonFactory.create()
    first = _once(person)
    assert _once(person, at=NOW + timedelta(hours=47)) == first
    assert _once(person, given=dict(reversed(INPUT.items()))) == first
    assert list(Sector.objects.values_list("code", flat=True)) == [first["sector"]]


@pytest.mark.django_db
@pytest.mark.parametrize("other", [{"given": INPUT | {"code": "iot"}}, {"act": "close"}, {"given": {}}])
def test_another_request_under_the_key_is_refused(other: dict[str, Any]) -> None:
    person = PersonFactory.create()
    first = _once(person)
    with pytest.raises(IdempotencyKeyReused):
        _once(person, **other)
    assert _once(person) == first
    assert Sector.objects.count() == 1


@pytest.mark.django_db
def test_a_refusal_undoes_everything_and_leaves_the_key_free() -> None:
    person = PersonFactory.create()

    def half_done() -> dict[str, Any]:
        _founding()
        raise NotPermitted()

    with pytest.raises(NotPermitted):
        _once(person, half_done)
    assert not Sector.objects.exists()
    assert not IdempotencyKey.objects.exists()
    _once(person, given={"code": "iot"})
    assert Sector.objects.count() == 1


@pytest.mark.django_db
def test_keys_are_each_person_s_own() -> None:
    answers = [_once(PersonFactory.create()), _once(PersonFactory.create(), given={"code": "iot"})]
    assert Sector.objects.count() == len(answers)
    assert answers[0] != answers[1]


@pytest.mark.django_db
def test_a_key_lives_48_hours() -> None:
    person, late = PersonFactory.create(), NOW + timedelta(hours=48)
    first = _once(person)
    assert _once(person, at=late - timedelta(seconds=1)) == first
    assert _once(person, given={"code": "iot"}, at=late) != first
    assert Sector.objects.count() == 2
    assert idempotency.forget(at=late + timedelta(hours=47)) == 0
    assert idempotency.forget(at=late + timedelta(hours=48)) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "short12", "x" * 65, "with\nnewline", "with\ttab_"])
def test_what_is_no_key_is_refused_at_its_field(key: str) -> None:
    with pytest.raises(Invalid) as caught:
        _once(PersonFactory.create(), key=key)
    assert (caught.value.field, caught.value.facts["reason"]) == ("idempotency_key", "malformed")
    assert not Sector.objects.exists()


def _all_at_once(act: Callable[[], Any], times: int = 50) -> list[Any]:
    start = threading.Barrier(times)

    def client(_: int) -> Any:
        start.wait()
        try:
            return act()
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(client, range(times)))


class TestAtOnce:
    """Fifty clients, each with a connection of its own."""

    pytestmark = at_once

    def test_one_effect_and_one_answer(self) -> None:
        person = PersonFactory.create()
        told = _all_at_once(lambda: _once(person))
        assert told == [{"sector": Sector.objects.get().code}] * 50
        assert IdempotencyKey.objects.get().answer == told[0]

    def test_the_control_without_the_key_s_row_does_it_many_times(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Look first and write afterwards: whoever looks before the first has written does it again."""
        person = PersonFactory.create()

        def looked_up(*, person: Person, key: str, fingerprint: str, at: Any) -> tuple[IdempotencyKey, bool]:
            known = IdempotencyKey.objects.filter(person=person, key=key).first()
            return known or IdempotencyKey(fingerprint=fingerprint), known is None

        monkeypatch.setattr(idempotency, "_claimed", looked_up)
        _all_at_once(lambda: _once(person))
        assert Sector.objects.count() > 1

    def test_one_body_wins_and_the_others_are_refused(self) -> None:
        person = PersonFactory.create()
        codes = iter(range(50))
        told = _all_at_once(lambda: _once(person, given={"code": next(codes)}))
        assert told.count("IDEMPOTENCY_KEY_REUSED") == 49
        assert Sector.objects.count() == 1

    def test_after_a_refusal_the_next_in_line_does_it(self) -> None:
        person = PersonFactory.create()
        turns = iter(range(50))

        def refused_three_times() -> dict[str, Any]:
            answer = _founding()
            if next(turns) < 3:
                raise NotPermitted()
            return answer

        told = _all_at_once(lambda: _once(person, refused_three_times))
        assert told.count("NOT_PERMITTED") == 3
        assert told.count({"sector": Sector.objects.get().code}) == 47

    def test_killed_in_the_middle_nothing_is_done_and_the_key_is_free(self) -> None:
        person = PersonFactory.create()

        def killed() -> dict[str, Any]:
            _founding()
            os.kill(os.getpid(), signal.SIGKILL)
            raise AssertionError

        assert _in_another_process(lambda: _once(person, killed)) == signal.SIGKILL
        assert not Sector.objects.exists()
        assert _once(person) == _once(person)
        assert Sector.objects.count() == 1

    def test_killed_after_it_the_answer_is_kept(self) -> None:
        person = PersonFactory.create()

        def done_and_killed() -> None:
            _once(person)
            os.kill(os.getpid(), signal.SIGKILL)

        assert _in_another_process(done_and_killed) == signal.SIGKILL
        assert _once(person) == {"sector": Sector.objects.get().code}


def _in_another_process(act: Callable[[], Any]) -> int:
    """Do it in a child with a connection of its own; return the signal that ended it, 0 for none."""
    connection.close()
    child = os.fork()
    if child == 0:
        try:
            act()
        finally:
            os._exit(0)
    _child, status = os.waitpid(child, 0)
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0

"""Rate limits of the attendee's acts: strict by account, wide enough by address for a hall behind one."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from network import limits
from network.limits import Budget
from network.refusals import TooManyTries
from tests.factories import PersonFactory, open_event
from tests.frontend.test_attendance import group
from tests.frontend.test_registration import PDF, Kind, ask, path

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
ONCE = Budget(account=1, address=100, seconds=600)


@pytest.mark.parametrize("act", ["register", "add_people", "answer", "hand_on"])
def test_the_second_try_is_too_many(
    signed_in: Callable[..., Client], monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    host = PersonFactory.create()
    own = group(open_event(), host)
    ask(own.event, Kind.SHORT_TEXT)
    paths = {
        "register": path(open_event(capacity=0)),
        "add_people": f"/ve/dang-ky/{own.pk}/them-nguoi/",
        "answer": f"/ve/dang-ky/{own.pk}/tra-loi/",
        "hand_on": f"/ve/{own.tickets.first().pk}/chuyen/",
    }
    monkeypatch.setitem(limits.BUDGETS, act, ONCE)
    client = signed_in(host)
    assert [client.get(paths[act]).status_code for _ in range(3)] == [200, 200, 200]
    assert client.post(paths[act]).status_code != 429
    stopped = client.post(paths[act])
    assert (stopped.status_code, stopped.headers["Retry-After"]) == (429, "600")
    assert "tạm nghỉ 10 phút" in stopped.content.decode()
    assert signed_in(PersonFactory.create()).post(paths[act]).status_code != 429


def test_uploads_are_counted_by_file(signed_in: Callable[..., Client], monkeypatch: pytest.MonkeyPatch) -> None:
    event = open_event()
    fields = [f"answers.{ask(event, Kind.FILE).pk}" for _ in range(2)]
    ask(event, Kind.SHORT_TEXT, is_required=True)
    monkeypatch.setitem(limits.BUDGETS, "upload", Budget(account=3, address=100, seconds=600))
    client = signed_in(PersonFactory.create())
    sent = [client.post(path(event), {name: SimpleUploadedFile("a.pdf", PDF) for name in fields}) for _ in range(2)]
    assert [answer.status_code for answer in sent] == [200, 429]


def test_an_address_is_bounded_too() -> None:
    budget = limits.BUDGETS["register"]
    limits.spend(act="register", account=1, address="203.0.113.7", times=budget.account)
    limits.spend(act="register", account=2, address="203.0.113.7", times=1)
    with pytest.raises(TooManyTries):
        limits.spend(act="register", account=1, address="203.0.113.8")
    with pytest.raises(TooManyTries) as caught:
        limits.spend(act="register", account=3, address="203.0.113.7", times=budget.address)
    assert caught.value.facts == {"seconds": 600, "minutes": 10}


def test_a_hall_behind_one_address_registers() -> None:
    """Three thousand people, each with three tries."""
    for person in range(3_000):
        limits.spend(act="register", account=person, address="203.0.113.7", times=3)


def test_without_a_cache_nobody_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    def out_of_reach(*_: object, **__: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(cache, "add", out_of_reach)
    monkeypatch.setattr("network.counting._client", out_of_reach)
    limits.spend(act="register", account=1, address="203.0.113.7", times=10**9)

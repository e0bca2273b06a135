"""Live numbers and arrivals: state + what comes = the state then; in order, none twice, none left out."""

import asyncio
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from django.db import transaction

from api.realtime.streams import shared_streams
from events import annulment, checkin, planning, registration, schedule, statistics, tickets
from events.models import EventStaff, Registration
from network.global_ids import global_id
from tests.api.fragments import ARRIVAL
from tests.api.operations import NOT_THERE
from tests.api.sockets import ORIGIN, Socket
from tests.factories import NOW, PersonFactory, facts, gate, main_list, on_duty, open_event, planner

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("today")]

COUNTER = "subscription ($event: ID!) { eventCounter(eventId: $event) { admitted seatsTaken capacity } }"
CHECK_INS = f"subscription ($event: ID!, $after: Int) {{ checkIns(eventId: $event, after: $after) {{ {ARRIVAL} }} }}"


class Doors:
    """An event, its door, and what happens there; every act in a thread, as over HTTP."""

    def __init__(self, client, settings):
        self.event = open_event()
        self.volunteer = on_duty(self.event)
        self.organiser = on_duty(self.event, EventStaff.Role.ORGANISER)
        self.id = global_id(self.event)
        client.force_login(self.organiser)
        self.cookie = (b"cookie", f"{settings.SESSION_COOKIE_NAME}={client.session.session_key}".encode())

    @sync_to_async
    def register(self, number=1):
        site = Registration.Channel.SITE
        for _ in range(number):
            last = registration.register(event_id=self.event.pk, person=PersonFactory.create(), at=NOW, channel=site)
        return last.tickets.get()

    @sync_to_async
    def admit(self, number=1):
        site, nonces = Registration.Channel.SITE, []
        for _ in range(number):
            held = registration.register(event_id=self.event.pk, person=PersonFactory.create(), at=NOW, channel=site)
            nonces.append(uuid4())
            self._redeem(tickets.code(held.tickets.get()), nonces[-1])
        return nonces

    def _redeem(self, code, nonce):
        scan = checkin.Scan(code=code, nonce=nonce, device="Lan 2", gate_id=gate(self.event).pk)
        checkin.redeem(list_id=main_list(self.event).pk, scan=scan, actor=self.volunteer, at=NOW)

    @sync_to_async
    def annul(self, nonce):
        annulment.annul(nonce=nonce, device="Lan 2", actor=self.volunteer, at=NOW)


@pytest.fixture
def doors(client, settings, transactional_db):
    return Doors(client, settings)


async def follow(doors, query=CHECK_INS, **variables):
    """A socket of the organiser that follows."""
    socket = await Socket(doors.cookie, ORIGIN).__aenter__()
    await socket.init()
    await socket.subscribe(query, event=doors.id, **variables)
    return socket


async def sequences(socket, number):
    return [(await socket.next(timeout=10))["checkIns"]["sequence"] for _ in range(number)]


async def test_the_counter_tells_now_and_then_every_change(doors):
    socket = await follow(doors, COUNTER)
    assert await socket.next() == {"eventCounter": {"admitted": 0, "seatsTaken": 0, "capacity": 120}}
    await doors.register()
    assert (await socket.next())["eventCounter"] == {"admitted": 0, "seatsTaken": 1, "capacity": 120}
    nonces = await doors.admit(3)
    last = {}
    while last.get("admitted") != 3:
        last = (await socket.next())["eventCounter"]
    assert last == {"admitted": 3, "seatsTaken": 4, "capacity": 120}
    await doors.annul(nonces[0])
    assert (await socket.next())["eventCounter"]["admitted"] == 2
    assert await socket.is_silent()
    await socket.__aexit__()


async def test_the_counter_needs_no_login_and_shows_nobody(doors):
    async with Socket() as socket:
        await socket.init()
        await socket.subscribe(COUNTER, event=doors.id)
        assert set((await socket.next())["eventCounter"]) == {"admitted", "seatsTaken", "capacity"}


@pytest.mark.parametrize("case", ["unknown", "draft", "hidden", "another kind"])
async def test_a_counter_that_is_not_public_is_not_found(doors, case):
    @sync_to_async
    def event():
        if case == "draft":
            return global_id(planning.plan_event(facts=facts(), actor=planner()))
        if case == "hidden":
            return global_id(open_event(shows_counter=False))
        return NOT_THERE if case == "unknown" else global_id(main_list(doors.event))

    async with Socket() as socket:
        await socket.init()
        await socket.subscribe(COUNTER, event=await event())
        assert (await socket.hear())["payload"][0]["extensions"]["code"] == "EVENT_NOT_FOUND"
        await asyncio.sleep(0)  # told within the stream's last step
        assert shared_streams._running == {}


async def test_an_arrival_is_told_at_once_with_name_and_gate(doors):
    socket = await follow(doors)
    assert await socket.is_silent()
    await doors.admit()
    arrival = (await socket.next(timeout=1))["checkIns"]
    assert arrival.pop("name").startswith("Nguyễn Văn")
    assert arrival.pop("number").startswith(doors.event.code)
    assert arrival == {
        "sequence": 1,
        "kind": "ADMITTED",
        "direction": "ENTRY",
        "list": "Danh sách chính",
        "forced": False,
        "ticketType": "Vé tham dự",
        "gate": "A",
        "device": "Lan 2",
        "at": "2026-11-23T02:00:00+00:00",
        "admitted": 1,
        "inside": 1,
        "greeting": None,
    }
    await socket.__aexit__()


async def test_what_was_missed_comes_first_and_then_what_happens(doors):
    await doors.admit(5)
    socket = await follow(doors, after=2)
    assert await sequences(socket, 3) == [3, 4, 5]
    await doors.admit(2)
    assert await sequences(socket, 2) == [6, 7]
    assert await socket.is_silent()
    await socket.__aexit__()


async def test_without_after_only_what_happens_from_now_on(doors):
    await doors.admit(2)
    socket = await follow(doors)
    assert await socket.is_silent()
    await doors.admit()
    assert await sequences(socket, 1) == [3]
    await socket.__aexit__()


@pytest.mark.parametrize(("after", "first"), [(-5, 1), (0, 1), (10**6, 4)])
async def test_an_after_that_makes_no_sense_is_put_right(doors, after, first):
    await doors.admit(3)
    socket = await follow(doors, after=after)
    await asyncio.sleep(0.2)
    await doors.admit()
    assert (await socket.next())["checkIns"]["sequence"] == first
    await socket.__aexit__()


async def test_taking_back_is_told_under_a_number_of_its_own(doors):
    nonces = await doors.admit(2)
    socket = await follow(doors, after=0)
    await sequences(socket, 2)
    await doors.annul(nonces[0])
    told = (await socket.next())["checkIns"]
    assert (told["sequence"], told["kind"], told["admitted"]) == (3, "ANNULLED", 1)
    await socket.__aexit__()
    # Who comes later is told the same story.
    later = await follow(doors, after=0)
    assert [(await later.next())["checkIns"]["kind"] for _ in range(3)] == ["ADMITTED", "ADMITTED", "ANNULLED"]
    await later.__aexit__()


async def test_many_at_once_leave_no_gap_and_no_double(doors, monkeypatch):
    monkeypatch.setattr("events.arrivals.STEP", 7)
    await doors.admit(10)
    socket = await follow(doors, after=0)
    admitting = [asyncio.ensure_future(doors.admit(3)) for _ in range(10)]
    assert await sequences(socket, 40) == list(range(1, 41))
    await asyncio.gather(*admitting)
    assert await socket.is_silent()
    await socket.__aexit__()


async def test_a_lost_notice_is_made_up_for_by_the_next(doors, monkeypatch):
    socket = await follow(doors)
    assert await socket.is_silent()
    with monkeypatch.context() as patch:
        patch.setattr("api.realtime.relay.bus.publish", lambda topic: None)
        await doors.admit(2)
    assert await socket.is_silent()
    await doors.admit()
    assert await sequences(socket, 3) == [1, 2, 3]
    await socket.__aexit__()


async def test_nobody_notified_at_all_looks_by_itself(doors, monkeypatch):
    monkeypatch.setattr("api.realtime.hub.PATIENCE", 0.3)
    monkeypatch.setattr("api.realtime.relay.bus.publish", lambda topic: None)
    socket = await follow(doors)
    assert await socket.is_silent()
    await doors.admit()
    assert await sequences(socket, 1) == [1]
    await socket.__aexit__()


async def test_losing_the_role_ends_the_board(doors, settings):
    settings.GRAPHQL_SOCKET = {"watch_every": 0.2}
    socket = await follow(doors)
    assert await socket.is_silent()
    await sync_to_async(EventStaff.objects.filter(person=doors.organiser).delete)()
    assert await socket.hear() == 4403
    await doors.admit()


async def test_a_rolled_back_admission_is_never_told(doors):
    @sync_to_async
    def undone():
        site = Registration.Channel.SITE
        with transaction.atomic():
            held = registration.register(event_id=doors.event.pk, person=PersonFactory.create(), at=NOW, channel=site)
            doors._redeem(tickets.code(held.tickets.get()), uuid4())
            assert statistics.counter(event_id=doors.event.pk).admitted == 1
            raise ZeroDivisionError

    socket = await follow(doors)
    with pytest.raises(ZeroDivisionError):
        await undone()
    assert await socket.is_silent()
    await socket.__aexit__()


async def test_the_board_and_what_comes_after_it_are_the_board_then(doors, post, client):
    """State + stream = state: what an organiser's page does."""
    await doors.admit(3)
    query = f"query ($event: ID!) {{ checkInBoard(event: $event) {{ admitted sequence arrivals {{ {ARRIVAL} }} }} }}"
    board = (await sync_to_async(post)(query, {"event": doors.id})).json()["data"]["checkInBoard"]
    nonces = await doors.admit(2)
    await doors.annul(nonces[0])
    socket = await follow(doors, after=board["sequence"])
    standing = {arrival["number"]: arrival["sequence"] for arrival in board["arrivals"]}
    for _ in range(3):
        told = (await socket.next())["checkIns"]
        if told["kind"] == "ADMITTED":
            standing[told["number"]] = told["sequence"]
        else:
            del standing[told["number"]]
    then = (await sync_to_async(post)(query, {"event": doors.id})).json()["data"]["checkInBoard"]
    assert standing == {arrival["number"]: arrival["sequence"] for arrival in then["arrivals"]}
    assert (then["admitted"], told["admitted"]) == (4, 4)
    assert then["sequence"] == told["sequence"] == 6
    counted = await sync_to_async(statistics.recount)(event_id=doors.event.pk)
    assert counted.admitted == 4
    await socket.__aexit__()


async def test_a_cancelled_event_keeps_its_counter(doors):
    @sync_to_async
    def cancel():
        schedule.cancel_event(event_id=doors.event.pk, actor=planner(), at=NOW)

    await cancel()
    socket = await follow(doors, COUNTER)
    assert (await socket.next())["eventCounter"]["admitted"] == 0
    await socket.__aexit__()

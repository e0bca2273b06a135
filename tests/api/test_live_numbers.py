"""Streams of states: the board's numbers, one's own registration; and a log that is read once for all."""

import asyncio
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async

from api.realtime import feed
from events import groups, registration, tickets
from events.models import CheckIn, CheckInList, CheckInTally, EventStaff, Registration
from events.party import Companion
from network import consents
from network.global_ids import global_id
from network.models import Membership
from tests.api.sockets import ORIGIN, Socket
from tests.api.test_live import CHECK_INS, Doors, follow, sequences
from tests.factories import NOW, OrganisationFactory, PersonFactory, main_list, open_event

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("today")]

STATISTICS = "subscription ($event: ID!) { eventStatistics(eventId: $event) { arrived inside expected sequence } }"
OF_LIST = (
    "subscription ($event: ID!, $list: ID) { checkIns(eventId: $event, listId: $list, after: 0) { sequence list } }"
)
MINE = (
    "subscription ($id: ID!) { myRegistration(id: $id) { status quantity place { number } "
    "tickets { number admittedAt } } }"
)
GREETED = "subscription ($event: ID!) { checkIns(eventId: $event, after: 0) { greeting { name organisation } } }"


@pytest.fixture
def doors(client, settings, transactional_db):
    return Doors(client, settings)


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr("api.events.live.STATISTICS_PACE", 0.05)


def cookie_of(client, settings, person):
    client.force_login(person)
    return (b"cookie", f"{settings.SESSION_COOKIE_NAME}={client.session.session_key}".encode())


async def test_statistics_tell_now_and_then_every_change(doors, quick):
    await doors.admit()
    socket = await follow(doors, STATISTICS)
    told = {"arrived": 1, "inside": 1, "expected": 1, "sequence": 1}
    assert (await socket.next())["eventStatistics"] == told
    await doors.admit()
    while told["sequence"] < 2:
        told = (await socket.next())["eventStatistics"]
    assert told == {"arrived": 2, "inside": 2, "expected": 2, "sequence": 2}
    assert await socket.is_silent()
    await socket.__aexit__()


async def test_statistics_end_with_the_role(doors, settings, quick):
    settings.GRAPHQL_SOCKET = {"watch_every": 0.2}
    socket = await follow(doors, STATISTICS)
    await socket.next()
    await sync_to_async(EventStaff.objects.filter(person=doors.organiser).update)(role=EventStaff.Role.DOOR)
    assert await socket.hear() == 4403


async def test_one_list_alone_is_followed_with_gaps(doors):
    @sync_to_async
    def elsewhere():
        zone = CheckInList.objects.create(event=doors.event, name="Khu B", scope="ZONE", order=1)
        tally = CheckInTally.objects.get(event=doors.event)
        row = {"event": doors.event, "list": zone, "nonce": uuid4(), "scanned_at": NOW, "received_at": NOW}
        ticket = doors.event.tickets.first()
        CheckIn.objects.create(status="ok", ticket=ticket, sequence=tally.last_sequence + 1, turn=1, **row)
        CheckInTally.objects.filter(event=doors.event).update(last_sequence=tally.last_sequence + 1)
        return global_id(zone), global_id(doors.event.checkin_lists.get(is_main=True))

    await doors.admit()
    zone, main = await elsewhere()
    for asked, expected in (
        (zone, [(2, "Khu B")]),
        (main, [(1, "Danh sách chính")]),
        (None, [(1, "Danh sách chính"), (2, "Khu B")]),
    ):
        socket = await follow(doors, OF_LIST, list=asked)
        told = [(await socket.next())["checkIns"] for _ in expected]
        assert [(one["sequence"], one["list"]) for one in told] == expected
        assert await socket.is_silent(0.15)
        await socket.__aexit__()


async def test_another_events_list_is_not_found(doors):
    other = await sync_to_async(lambda: global_id(main_list(open_event())))()
    socket = await follow(doors, OF_LIST, list=other)
    assert (await socket.hear())["payload"][0]["extensions"]["code"] == "CHECKIN_LIST_NOT_FOUND"
    await socket.__aexit__()


async def test_my_registration_tells_of_my_own_way_in(doors, client, settings):
    ticket = await doors.register()
    person = await sync_to_async(lambda: ticket.registration.person)()
    cookie = await sync_to_async(cookie_of)(client, settings, person)
    async with Socket(cookie, ORIGIN) as socket:
        await socket.init()
        await socket.subscribe(MINE, id=global_id(ticket.registration))
        (before,) = (await socket.next())["myRegistration"]["tickets"]
        assert before == {"number": ticket.number, "admittedAt": None}
        await sync_to_async(doors._redeem)(tickets.code(ticket), uuid4())
        (after,) = (await socket.next())["myRegistration"]["tickets"]
        assert after["admittedAt"] is not None


async def test_my_registration_tells_now_and_then_every_change(doors, client, settings):
    person = await sync_to_async(PersonFactory.create)()

    @sync_to_async
    def register():
        kind = doors.event.ticket_types.get()
        kind.most_per_person = 3
        kind.save()
        site, guests = Registration.Channel.SITE, [Companion(name="Bạn A"), Companion(name="Bạn B")]
        return registration.register(event_id=doors.event.pk, person=person, at=NOW, channel=site, companions=guests)

    row = await register()
    cookie = await sync_to_async(cookie_of)(client, settings, person)
    async with Socket(cookie, ORIGIN) as socket:
        await socket.init()
        await socket.subscribe(MINE, id=global_id(row))
        told = (await socket.next())["myRegistration"]
        assert (told["status"], told["quantity"], len(told["tickets"])) == ("CONFIRMED", 3, 3)
        # What happens to others at the event wakes nobody here.
        await doors.admit()
        assert await socket.is_silent()
        last = await sync_to_async(lambda: row.tickets.order_by("-number").first().pk)()
        await sync_to_async(groups.leave)(ticket_id=last, actor=person, at=NOW)
        assert (await socket.next())["myRegistration"]["quantity"] == 2
        await sync_to_async(registration.cancel)(registration_id=row.pk, actor=doors.organiser, at=NOW)
        assert (await socket.next())["myRegistration"]["status"] == "CANCELLED"
        assert await socket.is_silent()


async def test_a_place_in_the_queue_moves_without_a_word(doors, client, settings, monkeypatch):
    """Nobody announces that somebody before me has gone: the stream looks by itself, and tells only what is new."""
    monkeypatch.setattr("api.events.live.LOOK_AGAIN", 0.1)

    @sync_to_async
    def wait(person):
        site = Registration.Channel.SITE
        return registration.register(event_id=full.pk, person=person, at=NOW, channel=site, waits=True)

    full = await sync_to_async(open_event)(capacity=1)
    taker, before, person = [await sync_to_async(PersonFactory.create)() for _ in range(3)]
    await wait(taker)
    ahead, mine = await wait(before), await wait(person)
    cookie = await sync_to_async(cookie_of)(client, settings, person)
    async with Socket(cookie, ORIGIN) as socket:
        await socket.init()
        await socket.subscribe(MINE, id=global_id(mine))
        assert (await socket.next())["myRegistration"]["place"] == {"number": 2}
        assert await socket.is_silent(0.4)
        await sync_to_async(registration.cancel)(registration_id=ahead.pk, actor=before, at=NOW)
        assert (await socket.next())["myRegistration"]["place"] == {"number": 1}


async def test_logging_out_ends_what_one_follows_of_oneself(doors, client, settings):
    settings.GRAPHQL_SOCKET = {"watch_every": 0.2}
    ticket = await doors.register()
    row = await sync_to_async(lambda: ticket.registration)()
    person = await sync_to_async(lambda: row.person)()
    cookie = await sync_to_async(cookie_of)(client, settings, person)
    async with Socket(cookie, ORIGIN) as socket:
        await socket.init()
        await socket.subscribe(MINE, id=global_id(row))
        await socket.next()
        await sync_to_async(client.logout)()
        assert await socket.hear() == 4403


async def test_only_who_agreed_is_greeted_and_with_two_words_alone(doors):
    @sync_to_async
    def arrange():
        people = {row.ticket.registration.person for row in CheckIn.objects.select_related("ticket__registration")}
        agreed, withdrew, _silent = sorted(people, key=lambda person: person.pk)
        given = {"purposes": [consents.Purpose.GREETING], "language": "vi", "channel": "SITE", "at": NOW}
        for person in (agreed, withdrew):
            consents.give(person=person, **given)
        consents.withdraw(person=withdrew, purpose=consents.Purpose.GREETING, at=NOW)
        for name, public in (("Cảng Số", True), ("Ẩn danh", False)):
            Membership.objects.create(
                person=agreed, organisation=OrganisationFactory.create(name_vi=name), is_public=public
            )
        return agreed.given_name

    await doors.admit(3)
    name = await arrange()
    socket = await follow(doors, GREETED)
    told = [(await socket.next())["checkIns"]["greeting"] for _ in range(3)]
    assert told == [{"name": name, "organisation": "Cảng Số"}, None, None]
    await socket.__aexit__()


async def test_a_log_is_read_once_for_all_who_follow_it(doors, monkeypatch):
    reads = []
    real = feed.Feed._keep
    monkeypatch.setattr(feed.Feed, "_keep", lambda self, found: (reads.append(len(found)), real(self, found))[1])
    sockets = [await follow(doors) for _ in range(8)]
    await asyncio.sleep(0.3)
    await doors.admit(3)
    for socket in sockets:
        assert await sequences(socket, 3) == [1, 2, 3]
    assert sum(reads) == 3
    for socket in sockets:
        await socket.__aexit__()
    await asyncio.sleep(0.05)
    assert feed._feeds == {}


async def test_who_is_far_behind_reads_alone_until_they_have_caught_up(doors, monkeypatch):
    monkeypatch.setattr("api.realtime.feed.KEPT", 4)
    monkeypatch.setattr("events.arrivals.STEP", 3)
    first = await follow(doors)
    await asyncio.sleep(0.2)
    await doors.admit(12)
    assert await sequences(first, 12) == list(range(1, 13))
    late = await follow(doors, after=0)
    assert await sequences(late, 12) == list(range(1, 13))
    await doors.admit(2)
    assert await sequences(late, 2) == await sequences(first, 2) == [13, 14]
    assert await late.is_silent()
    for socket in (first, late):
        await socket.__aexit__()


async def test_those_who_ask_in_the_same_words_share_the_answer(doors, monkeypatch):
    """However far each is, and whatever they call it."""
    answered = []
    real = __import__("api.realtime.streams", fromlist=["encoded"]).encoded
    monkeypatch.setattr("api.realtime.streams.encoded", lambda result: (answered.append(1), real(result))[1])
    await doors.admit(1)
    same = [await follow(doors, after=1) for _ in range(3)]
    other = await follow(doors, CHECK_INS.replace("subscription", "subscription Other"), after=1)
    less = await follow(doors, "subscription ($event: ID!) { checkIns(eventId: $event, after: 1) { sequence } }")
    await asyncio.sleep(0.3)
    await doors.admit(2)
    for socket in (*same, other, less):
        assert await sequences(socket, 2) == [2, 3]
    assert len(answered) == 4
    for socket in (*same, other, less):
        await socket.__aexit__()

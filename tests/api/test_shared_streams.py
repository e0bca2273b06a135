"""Streams that are the same for everybody: one read for all who follow, the newest answer counts."""

import asyncio

import pytest

from api.realtime.hub import PACE, hub
from api.realtime.streams import shared_streams
from tests.api.sockets import Socket
from tests.api.toy import Board

pytestmark = pytest.mark.usefixtures("toy")


async def test_many_changes_are_few_frames_and_the_last_one_counts():
    async with Socket() as socket:
        await socket.init()
        await socket.subscribe('subscription { number(topic: "t") }')
        assert await socket.next() == {"number": 0}
        started = asyncio.get_running_loop().time()
        for number in range(1, 101):
            Board.numbers["t"] = number
            hub.wake("t")
            await asyncio.sleep(0.005)
        heard = []
        while not heard or heard[-1] < 100:
            heard.append((await socket.next())["number"])
        assert heard == sorted(heard)
        # Half a second of changes, longer on a busy machine; never a frame for each of them.
        assert len(heard) <= (asyncio.get_running_loop().time() - started) / PACE + 3 < 60
        assert await socket.is_silent()


async def test_a_change_reaches_every_follower_by_one_read():
    sockets = [Socket() for _ in range(20)]
    for socket in sockets:
        await socket.__aenter__()
        await socket.init()
        await socket.subscribe('subscription { number(topic: "t") }')
        await socket.next()
    Board.numbers["t"] = 7
    hub.wake("t")
    assert [await socket.next() for socket in sockets] == [{"number": 7}] * 20
    # One read to begin with, one for the change; a slow machine may add the look that each listener takes for itself
    # after ten quiet seconds. Twenty followers never mean twenty reads.
    assert 2 <= Board.reads <= 4
    for socket in sockets:
        await socket.__aexit__()


async def test_an_answer_that_is_as_before_is_not_sent_again():
    """What a process does after Redis was away: wake everybody, because nobody knows what was missed."""
    async with Socket() as socket:
        await socket.init()
        await socket.subscribe('subscription { number(topic: "t") }')
        assert await socket.next() == {"number": 0}
        hub.wake_all()
        assert await socket.is_silent()
        assert Board.reads == 2
        Board.numbers["t"] = 7
        hub.wake("t")
        assert await socket.next() == {"number": 7}


async def test_publishing_from_a_thread_reaches_the_loop():
    async with Socket() as socket:
        await socket.init()
        await socket.subscribe('subscription { number(topic: "t") }')
        await socket.next()
        Board.numbers["t"] = 3
        await asyncio.to_thread(hub.wake, "t")
        assert await socket.next() == {"number": 3}


async def test_who_follows_later_gets_the_newest_answer_at_once():
    async with Socket() as first, Socket() as second:
        Board.numbers["t"] = 5
        for socket in (first, second):
            await socket.init()
            await socket.subscribe('subscription { number(topic: "t") }')
            assert await socket.next() == {"number": 5}
        assert Board.reads == 1


SAME = [
    'subscription { number(topic: "t") }',
    'subscription A { number(topic: "t") }',
    'subscription B { number(topic: "t") }',
    'subscription   C\n{ number ( topic : "t" ) } # a remark',
    'query Q { hello } subscription D { number(topic: "t") }',
]
NAMES = [None, "A", "B", "C", "D"]


async def test_the_same_asked_in_other_words_is_one_stream():
    async with Socket() as socket:
        await socket.init()
        for place, (query, name) in enumerate(zip(SAME, NAMES, strict=True)):
            payload = {"query": query, "operationName": name, "variables": {"pad": place}}
            await socket.say("subscribe", id=str(place), payload=payload)
            assert await socket.next(str(place)) == {"number": 0}
        assert (len(shared_streams._running), Board.reads) == (1, 1)
        Board.numbers["t"] = 4
        hub.wake("t")
        heard = [await socket.hear() for _ in SAME]
        assert sorted(message["id"] for message in heard) == ["0", "1", "2", "3", "4"]
        assert [message["payload"]["data"] for message in heard] == [{"number": 4}] * 5
        # Control: what is not the same has a stream of its own.
        await socket.subscribe('subscription { number(topic: "u") }', "u")
        assert await socket.next("u") == {"number": 0}
        await socket.subscribe('subscription { a: number(topic: "t") }', "a")
        assert await socket.next("a") == {"a": 4}
        assert len(shared_streams._running) == 3


async def test_variables_tell_streams_apart_and_fragments_do_not_hide_them():
    query = "subscription Of%s($topic: String!) { ...F } fragment F on Subscription { number(topic: $topic) }"
    async with Socket() as socket:
        await socket.init()
        for place, topic in enumerate("ttu"):
            await socket.subscribe(query.replace("%s", str(place)), str(place), topic=topic)
            assert await socket.next(str(place)) == {"number": 0}
        assert (len(shared_streams._running), Board.reads) == (2, 2)

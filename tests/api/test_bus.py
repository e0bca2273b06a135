"""The bus between processes, with a real Redis that comes and goes; the outbox of a slow reader."""

import asyncio
import time

import pytest

from api.realtime import bus as bus_module
from api.realtime.bus import Bus, RedisBus
from api.realtime.hub import Hub
from api.realtime.outbox import Outbox, Slot
from api.realtime.relay import relay
from events.notices import CheckedIn, RegistrationChanged
from tests.mortal_redis import MortalRedis


@pytest.fixture
def redis(tmp_path):
    server = MortalRedis(tmp_path)
    server.start()
    yield server
    server.kill()


@pytest.fixture
def two(redis, monkeypatch):
    """The buses of two processes."""
    monkeypatch.setattr(bus_module, "LONGEST_PAUSE", 0.2)
    return RedisBus(Hub(), redis.url), RedisBus(Hub(), redis.url)


async def woken(hub, topic, within=3):
    """Whether the topic is woken in time."""
    with hub.listening(topic) as listener:
        try:
            await asyncio.wait_for(listener._changed.wait(), within)
        except TimeoutError:
            return False
        return True


async def settled(*buses):
    for bus in buses:
        bus.attach()
    await asyncio.sleep(0.3)


async def test_without_redis_a_publisher_wakes_its_own_process():
    hub = Hub()
    waiting = asyncio.ensure_future(woken(hub, "a", 1))
    await asyncio.sleep(0)
    await asyncio.to_thread(Bus(hub).publish, "a")
    assert await waiting
    assert not await woken(hub, "b", 0.1)


async def test_a_topic_published_in_one_process_wakes_the_other(two):
    one, other = two
    await settled(one, other)
    waiting = asyncio.ensure_future(woken(other.local, "a"))
    await asyncio.sleep(0)
    await asyncio.to_thread(one.publish, "a")
    assert await waiting
    # What comes back to the sender itself wakes nobody a second time.
    assert not await woken(one.local, "a", 0.3)


async def test_redis_down_delays_no_publisher_and_its_own_process_goes_on(two, redis):
    one, _other = two
    await settled(one)
    redis.kill()
    waiting = asyncio.ensure_future(woken(one.local, "a", 1))
    await asyncio.sleep(0)
    started = time.perf_counter()
    for _ in range(1000):
        one.publish("a")
    assert time.perf_counter() - started < 0.2
    assert await waiting
    redis.start()


async def test_what_was_published_while_redis_was_down_arrives_when_it_is_back(two, redis):
    one, other = two
    await settled(one, other)
    redis.kill()
    await asyncio.to_thread(one.publish, "a")
    await asyncio.sleep(0.3)
    redis.start()
    assert await woken(other.local, "a")
    waiting = asyncio.ensure_future(woken(other.local, "b"))
    await asyncio.sleep(0.5)
    await asyncio.to_thread(one.publish, "b")
    assert await waiting


async def test_an_idle_subscription_stays(two):
    """redis-py 8 gives up a silent subscription after five seconds, unless it is told not to."""
    one, other = two
    await settled(one, other)
    await asyncio.sleep(6)
    waiting = asyncio.ensure_future(woken(other.local, "a", 0.5))
    await asyncio.sleep(0)
    one.publish("a")
    assert await waiting


async def test_attaching_often_subscribes_once(two):
    one, _other = two
    one.attach()
    task = one._task
    one.attach()
    assert one._task is task


async def test_a_notice_of_a_rule_becomes_the_event_s_topic(monkeypatch):
    published = []
    monkeypatch.setattr("api.realtime.relay.bus", type("Fake", (), {"publish": staticmethod(published.append)}))
    relay(CheckedIn(event_id=7, sequence=3, admitted=2, inside=1))
    assert published == ["event:7"]


async def test_a_registration_has_a_topic_of_its_own(monkeypatch):
    """Whoever watches the event's numbers is not woken by it."""
    published = []
    monkeypatch.setattr("api.realtime.relay.bus", type("Fake", (), {"publish": staticmethod(published.append)}))
    relay(RegistrationChanged(event_id=7, registration_id=5))
    assert published == ["registration:5"]


class SlowReader:
    """Takes a frame only when it is let."""

    def __init__(self):
        self.gate, self.taken = asyncio.Semaphore(0), []

    async def __call__(self, frame):
        await self.gate.acquire()
        self.taken.append(frame)


async def test_a_full_outbox_makes_the_stream_wait_and_keeps_the_order():
    reader = SlowReader()
    outbox = Outbox(reader, capacity=3)
    writer = asyncio.ensure_future(outbox.run(stalled_after=5))

    async def stream():
        for number in range(10):
            await outbox.put(str(number))

    streaming = asyncio.ensure_future(stream())
    await asyncio.sleep(0.05)
    assert not streaming.done()
    assert len(outbox) == 3
    for _ in range(10):
        reader.gate.release()
        await asyncio.sleep(0.01)
    assert streaming.done()
    assert reader.taken == [str(number) for number in range(10)]
    writer.cancel()


async def test_a_renewed_frame_is_sent_once_in_its_newest_words():
    reader = SlowReader()
    outbox, slot = Outbox(reader, capacity=3), Slot()
    writer = asyncio.ensure_future(outbox.run(stalled_after=5))
    outbox.put_now("first")
    for number in range(1000):
        outbox.renew(slot, f"number {number}")
    outbox.put_now("last")
    assert len(outbox) == 3
    for _ in range(5):
        reader.gate.release()
    await asyncio.sleep(0.05)
    assert reader.taken == ["first", "number 999", "last"]
    outbox.renew(slot, "again")
    await asyncio.sleep(0.05)
    assert reader.taken[-1] == "again"
    writer.cancel()


async def test_a_reader_who_takes_nothing_is_given_up():
    outbox = Outbox(SlowReader(), capacity=3)
    outbox.put_now("frame")
    with pytest.raises(TimeoutError):
        await outbox.run(stalled_after=0.05)


class Line:
    """Takes frames at once, or not before it is let, or not at all."""

    def __init__(self, *, is_busy=False, error=None):
        self.is_busy, self.error, self.taken = is_busy, error, []
        self.free = asyncio.Event()

    async def send(self, frame):
        if self.error:
            raise self.error
        if self.is_busy:
            await self.free.wait()
        self.taken.append(frame)


async def test_a_free_line_takes_a_frame_without_waking_anybody():
    line = Line()
    outbox, slot = Outbox(line.send, capacity=3), Slot()
    outbox.put_now("one")
    outbox.renew(slot, "two")
    await outbox.put("three")
    assert (line.taken, len(outbox)) == (["one", "two", "three"], 0)


async def test_a_line_that_becomes_busy_keeps_the_order():
    line = Line(is_busy=True)
    outbox, slot = Outbox(line.send, capacity=5), Slot()
    writer = asyncio.ensure_future(outbox.run(stalled_after=5))
    outbox.put_now("one")
    await asyncio.sleep(0.01)  # the writer has it in hand: nothing waits, and yet nothing may overtake
    assert len(outbox) == 0
    outbox.renew(slot, "two")
    outbox.renew(slot, "two, renewed")
    outbox.put_now("three")
    line.is_busy = False
    await asyncio.sleep(0.01)
    assert line.taken == []
    line.free.set()
    await asyncio.sleep(0.01)
    assert line.taken == ["one", "two, renewed", "three"]
    outbox.put_now("four")
    assert line.taken[-1] == "four"
    writer.cancel()


async def test_a_broken_line_fails_its_own_writer_and_not_who_sends():
    outbox = Outbox(Line(error=OSError("gone")).send, capacity=3)
    outbox.put_now("one")
    with pytest.raises(OSError, match="gone"):
        await outbox.run(stalled_after=5)

"""The bus: carries the name of a topic that has changed to every process. Without Redis there is only this process.

Publishing never waits and never fails: a thread of its own speaks with Redis, and keeps the topics that it could not
send until it can. A topic waiting twice is one message. A process subscribes once, whatever the number of its sockets.
"""

import asyncio
import logging
from threading import Condition, Thread
from uuid import uuid4

import redis
from django.conf import settings
from redis import asyncio as redis_asyncio

from .hub import Hub, hub

log = logging.getLogger(__name__)

CHANNEL = "hp:topics"
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 5.0


class Bus:
    """Within one process: publishing wakes the hub."""

    def __init__(self, local: Hub) -> None:
        self.local = local

    def publish(self, topic: str) -> None:
        """Say that a topic has changed. May be called from any thread; returns at once."""
        self.local.wake(topic)

    def attach(self) -> None:
        """Make sure that what other processes publish arrives in the running event loop."""


class RedisBus(Bus):
    """Between processes: one publishing thread, one subscription of the event loop."""

    def __init__(self, local: Hub, url: str) -> None:
        super().__init__(local)
        self.url = url
        self.name = uuid4().hex
        self._waiting: set[str] = set()
        self._news = Condition()
        self._thread: Thread | None = None
        self._task: asyncio.Task[None] | None = None

    def publish(self, topic: str) -> None:
        """Wake this process now and the others through Redis; a Redis that is down delays nothing."""
        self.local.wake(topic)
        with self._news:
            self._waiting.add(topic)
            if self._thread is None or not self._thread.is_alive():
                # Started by the first message and not before, so that a server may fork first.
                self._thread = Thread(target=self._send_forever, name="bus", daemon=True)
                self._thread.start()
            self._news.notify()

    def attach(self) -> None:
        """Subscribe once for the running event loop."""
        if self._task is None or self._task.done() or self._task.get_loop() is not asyncio.get_running_loop():
            self._task = asyncio.get_running_loop().create_task(self._receive_forever(), name="bus")

    def _send_forever(self) -> None:
        client = redis.Redis.from_url(self.url, socket_connect_timeout=2, socket_timeout=2)
        pause = FIRST_PAUSE
        while True:
            with self._news:
                self._news.wait_for(lambda: self._waiting)
                topics, self._waiting = self._waiting, set()
            try:
                self._send(client, topics)
                pause = FIRST_PAUSE
            except redis.RedisError as error:
                _tell_once(pause, "Redis takes no messages; trying on: %s", error)
                with self._news:
                    self._waiting |= topics
                    self._news.wait_for(lambda: False, timeout=pause)
                pause = min(2 * pause, LONGEST_PAUSE)

    def _send(self, client: "redis.Redis[bytes]", topics: set[str]) -> None:
        with client.pipeline(transaction=False) as pipeline:
            for topic in topics:
                pipeline.publish(CHANNEL, f"{self.name} {topic}")
            pipeline.execute()

    async def _receive_forever(self) -> None:
        pause = FIRST_PAUSE
        while True:
            try:
                # With a socket timeout redis-py would drop a subscription on which nothing happens for a while.
                client = redis_asyncio.Redis.from_url(self.url, socket_timeout=None, socket_keepalive=True)
                async with client, client.pubsub(ignore_subscribe_messages=True) as subscription:
                    await subscription.subscribe(CHANNEL)
                    pause = FIRST_PAUSE
                    self.local.wake_all()
                    async for message in subscription.listen():
                        self._receive(message["data"].decode())
            except (redis.RedisError, OSError) as error:
                _tell_once(pause, "Redis gives no messages; trying on: %s", error)
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    def _receive(self, message: str) -> None:
        sender, _space, topic = message.partition(" ")
        if sender != self.name:
            self.local.wake(topic)


def _tell_once(pause: float, message: str, error: Exception) -> None:
    if pause == FIRST_PAUSE:
        log.warning(message, error)


bus: Bus = RedisBus(hub, settings.REDIS_URL) if settings.REDIS_URL else Bus(hub)

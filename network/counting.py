"""Counting in the cache that all processes share; several counters in one trip where that is Redis.

A counter begins with its first count and is gone after its time. A cache that is out of reach counts nothing: it must
not keep anybody from what they do.
"""

from collections.abc import Sequence
from functools import cache as once

import redis
from django.conf import settings
from django.core.cache import cache

PATIENCE = 2.0
"""Seconds that Redis may take."""


def count(keys: Sequence[str], *, times: int, seconds: int) -> list[int]:
    """Add `times` to each counter, each kept for `seconds` from its first count; return what they stand at, or 0."""
    try:
        return _in_redis(keys, times, seconds) if settings.REDIS_URL else [_count(key, times, seconds) for key in keys]
    except Exception:  # whatever a cache out of reach raises
        return [0] * len(keys)


def _in_redis(keys: Sequence[str], times: int, seconds: int) -> list[int]:
    with _client(settings.REDIS_URL).pipeline(transaction=False) as pipeline:
        for key in map(cache.make_key, keys):
            pipeline.set(key, 0, ex=seconds, nx=True)
            pipeline.incrby(key, times)
        return [int(answer) for answer in pipeline.execute()[1::2]]


@once
def _client(url: str) -> "redis.Redis":
    """One for the process: Django's cache makes one for every call."""
    return redis.Redis.from_url(url, socket_connect_timeout=PATIENCE, socket_timeout=PATIENCE)


def _count(key: str, times: int, seconds: int) -> int:
    # If somebody else began it meanwhile, count with them.
    if cache.add(key, times, timeout=seconds):
        return times
    return int(cache.incr(key, times))

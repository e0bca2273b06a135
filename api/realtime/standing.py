"""Whether logins and permissions still hold, asked once for all sockets of one login that ask at the same moment."""

import asyncio
import time
from functools import partial
from typing import Any

from channels.db import database_sync_to_async

from .session import Actor, Identity, Question

MOST = 5_000

_asked: dict[Any, "tuple[float, asyncio.Task[bool]]"] = {}


async def still(identity: Identity, actor: Actor, questions: list[Question], *, fresh: float) -> bool:
    """Whether the login is still the actor's and every question is still answered with yes.

    An answer may be `fresh` seconds old: a thousand sockets behind one login are one question a second, not a
    thousand. Only a yes is kept.
    """
    distinct = {_key(question): question for question in questions}
    key = (identity.key, actor.pk, frozenset(distinct))
    asked_at, task = _asked.get(key, (float("-inf"), None))
    if task is None or time.monotonic() - asked_at >= fresh or task.get_loop() is not asyncio.get_running_loop():
        if len(_asked) >= MOST:
            _asked.clear()
        asking = database_sync_to_async(identity.still)(actor, list(distinct.values()))
        task = asyncio.get_running_loop().create_task(asking)
        _asked[key] = (time.monotonic(), task)
        task.add_done_callback(partial(_forget_a_no, key))
    return await asyncio.shield(task)


def _key(question: Question) -> Any:
    if isinstance(question, partial):
        return question.func, question.args, frozenset(question.keywords.items())
    return question


def _forget_a_no(key: Any, task: "asyncio.Task[bool]") -> None:
    is_yes = not task.cancelled() and task.exception() is None and task.result()
    if not is_yes and _asked.get(key, (0.0, None))[1] is task:
        del _asked[key]

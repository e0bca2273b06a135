"""Acts that a client may ask for again, because it does not know whether its first request arrived: done once.

The client chooses a key for each act. The key is written in the transaction of the act itself, with what was answered:
either both are there or neither, also when the process is killed in between. Whoever asks again with the same key
waits until the first is done, and is given its answer.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from network.models import IdempotencyKey, Person
from network.refusals import IdempotencyKeyReused, Invalid

KEPT_FOR = timedelta(hours=48)
SHORTEST, LONGEST = 8, 64
EXAMPLE = "2f6c1c1e-8c0e-4a43-9d0c-6c3c52c5b1aa"

Answer = dict[str, Any]
"""What is remembered of an answer, as JSON: which rows it named, never what they said."""


def once(
    *, person: Person, key: str, act: str, given: Mapping[str, Any], at: datetime, do: Callable[[], Answer]
) -> Answer:
    """Do an act unless `person` asked for it under this key before; return its answer, today's or the one of then.

    `act` and `given` (its input without the key) say what is asked for. `do` may open transactions of its own; what
    it refuses is raised, undoes everything, and leaves the key free. Raises Invalid at `idempotency_key` (malformed),
    and IdempotencyKeyReused where the key stands for something else.
    """
    _refuse_malformed(key)
    fingerprint = _fingerprint(act, given)
    with transaction.atomic():
        kept, is_first = _claimed(person=person, key=key, fingerprint=fingerprint, at=at)
        if kept.fingerprint != fingerprint:
            raise IdempotencyKeyReused()
        if is_first:
            kept.answer = do()
            # Who erases themselves by the act has no keys any more.
            IdempotencyKey.objects.filter(pk=kept.pk).update(answer=kept.answer)
    answer: Answer = kept.answer
    return answer


def forget(*, at: datetime) -> int:
    """Remove keys that have had their time; return how many. A chore."""
    return IdempotencyKey.objects.filter(created_at__lte=at - KEPT_FOR).delete()[0]


def _claimed(*, person: Person, key: str, fingerprint: str, at: datetime) -> tuple[IdempotencyKey, bool]:
    """Return the key's row, and whether it is written just now.

    Of several who write it at once the unique constraint lets one; the others wait for its transaction to end, and
    then read what it wrote, or write it themselves if it was undone. On SQLite they wait to begin.
    """
    mine = IdempotencyKey.objects.filter(person=person, key=key)
    mine.filter(created_at__lte=at - KEPT_FOR).delete()
    return mine.get_or_create(person=person, key=key, defaults={"fingerprint": fingerprint, "created_at": at})


def _refuse_malformed(key: str) -> None:
    if not (SHORTEST <= len(key) <= LONGEST and key.isprintable()):
        raise Invalid(field="idempotency_key", reason="malformed", example=EXAMPLE)


def _fingerprint(act: str, given: Mapping[str, Any]) -> str:
    body = json.dumps([act, given], sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(body.encode()).hexdigest()

"""Does anybody miss a check-in? 1,000 followers for minutes, each cut at random and back behind what it knows, and
Redis killed and restarted once in the middle. PostgreSQL, one uvicorn, check-ins by the rule.

    .venv/bin/python -m tests.bench.soak [--minutes 10] [--sockets 1000] [--rate 5] [--cut-every 60]

Prints what was cut, missed and told twice, by the sequence numbers that each follower heard; exits with 1 if anything
was.
"""

import argparse
import os
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from tests.bench.fanout import Heard, Scene
from tests.bench.production import environment, prepare
from tests.mortal_redis import MortalRedis

DOWN = 5.0
"""Seconds for which Redis is gone."""

CATCH_UP = 12.0
"""Seconds within which everybody must have heard the last check-in."""


def main() -> None:
    """Prepare, soak, judge."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--minutes", type=float, default=10)
    options.add_argument("--sockets", type=int, default=1000)
    options.add_argument("--rate", type=float, default=5)
    options.add_argument("--cut-every", type=float, default=60)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        redis = MortalRedis(Path(folder))
        redis.start()
        try:
            os.environ["REDIS_URL"] = redis.url
            with environment() as port:
                prepare()
                with Scene(port=port, follow="checkIns", pace=0.1).served() as scene:
                    fine = _soaked(scene, redis, chosen)
        finally:
            redis.kill()
    sys.exit(0 if fine else 1)


def _soaked(scene: Scene, redis: MortalRedis, chosen: Any) -> bool:
    from tests.bench.doors import Doors  # inline: only after the environment is set

    seconds = chosen.minutes * 60
    doors = Doors(tickets=int(chosen.rate * seconds) + 10)
    down_at, is_down, was_down = time.monotonic() + seconds / 2, False, False
    with scene.followed_by(chosen.sockets, doors, cut_every=chosen.cut_every) as heard:
        bare, spent, started = scene.memory(), scene.spent(), time.monotonic()
        number = 0
        for _nonce in doors.admitting(chosen.rate, seconds):
            number += 1
            now = time.monotonic()
            if not was_down and now > down_at:
                redis.kill()
                is_down = was_down = True
            elif is_down and now > down_at + DOWN:
                redis.start()
                is_down = False
        share = (scene.spent() - spent) / (time.monotonic() - started)
        time.sleep(CATCH_UP)
        grown = (scene.memory() - bare) / 1024
    holes, behind, twice, disorder = _judged(heard[0], chosen.sockets, number)
    cuts = f"{heard[0].cuts} cuts; Redis was down once"
    print(f"{chosen.sockets} sockets, {chosen.minutes:g} min, {number} check-ins, {cuts}")
    print(f"heard {len(heard[0].numbers):,}; missed {holes}, not yet heard {behind}")
    print(f"twice {twice}, out of order {disorder}")
    print(f"shut by the server {heard[0].lost}, unexpected frames {heard[0].refusals}")
    print(f"{share:.0%} of a core; memory {grown:+.0f} MB since the start")
    return not (holes or behind or twice or disorder)


def _judged(told: Heard, sockets: int, last: int) -> tuple[int, int, int, int]:
    """Return how many check-ins were missed (a later one was heard), not heard yet, heard twice, and in wrong order."""
    heard: defaultdict[int, list[int]] = defaultdict(list)
    for at, number in zip(told.sockets, told.numbers, strict=True):
        heard[at].append(number)
    newest = [max(heard[at], default=0) for at in range(sockets)]
    holes = sum(newest[at] - len(set(heard[at])) for at in range(sockets))
    behind = sum(last - newest[at] for at in range(sockets))
    twice = sum(len(numbers) - len(set(numbers)) for numbers in heard.values())
    disorder = sum(numbers != sorted(numbers) for numbers in heard.values())
    return holes, behind, twice, disorder


if __name__ == "__main__":
    main()

"""How fast a check-in reaches 1,000 sockets: PostgreSQL, Redis, one uvicorn; 50 check-ins a second by the rule.

    .venv/bin/python -m tests.bench.fanout [--sockets 1000] [--rate 50] [--seconds 20] [--pace 0 0.1]
        [--follow eventCounter checkIns]

For each PACE (seconds between two wakes of a stream) and each subscription one line: from the commit to the frame in
the client's hands, over every check-in and every socket (a coalesced frame answers for all check-ins that it counts);
what was lost or came twice; the server process's share of a core, and its memory for each socket.
"""

import argparse
import json
import os
import pickle
import subprocess
import sys
import tempfile
import time
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from config.bootstrap.places import ROOT
from tests.bench.load import percentile
from tests.bench.production import environment, prepare, waited_for

QUERIES = {
    "eventCounter": "subscription ($event: ID!) { eventCounter(eventId: $event) { admitted inside seatsTaken } }",
    "checkIns": "subscription ($event: ID!, $after: Int) { checkIns(eventId: $event, after: $after) "
    "{ sequence kind direction name ticketType number gate device at admitted inside } }",
}
NUMBERS = {"eventCounter": "admitted", "checkIns": "sequence"}
TICK = os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Prepare once, then measure each combination."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sockets", type=int, default=1000)
    options.add_argument("--rate", type=float, default=50)
    options.add_argument("--seconds", type=float, default=20)
    options.add_argument("--pace", type=float, nargs="+", default=[0, 0.1])
    options.add_argument("--follow", nargs="+", choices=list(QUERIES), default=["eventCounter"])
    chosen = options.parse_args()
    print(f"{chosen.sockets} sockets, {chosen.rate:g} check-ins a second for {chosen.seconds:g} s")
    print("| followed | pace s | check-ins/s | frames/s | lost | twice ", end="")
    print("| p50 ms | p99 ms | max ms | of a core | kB a socket |")
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    with environment() as port:
        prepare()
        for follow in chosen.follow:
            for pace in chosen.pace:
                with Scene(port=port, follow=follow, pace=pace).served() as scene:
                    print(scene.measured(chosen.sockets, chosen.rate, chosen.seconds), flush=True)


@dataclass
class Heard:
    """What the followers heard, and when."""

    sockets: "array[int]"
    numbers: "array[int]"
    moments: "array[int]"
    cuts: int
    refusals: int
    lost: int
    """Sockets that the server shut, or the machine."""


@dataclass
class Scene:
    """An event with somebody at its door, and a server."""

    port: int
    follow: str
    pace: float
    server: "subprocess.Popen[bytes] | None" = None
    committed: dict[int, int] = field(default_factory=dict)

    @contextmanager
    def served(self) -> Iterator["Scene"]:
        """Serve the sockets while the block lasts."""
        how = ["--host", "127.0.0.1", "--port", str(self.port), "--log-level", "warning", "--ws-max-size", "65536"]
        how += os.environ.get("UVICORN", "--ws-per-message-deflate false --ws-ping-interval 3600").split()
        start = [sys.executable, "-m", "uvicorn", *how, "tests.bench.live_server:application"]
        self.server = subprocess.Popen(start, cwd=ROOT, env=os.environ | {"PACE": str(self.pace)})
        try:
            waited_for(self.port)
            yield self
        finally:
            self.server.terminate()
            self.server.wait(timeout=30)

    def measured(self, sockets: int, rate: float, seconds: float) -> str:
        """Return one line of the table."""
        from tests.bench.doors import Doors  # inline: only after the environment is set

        doors = Doors(tickets=int(rate * seconds) + 10)
        bare = self.memory()
        with self.followed_by(sockets, doors) as heard:
            full, spent, started = self.memory(), self.spent(), time.monotonic()
            for number, _nonce in enumerate(doors.admitting(rate, seconds), start=1):
                self.committed[number] = time.monotonic_ns()
            took, cores = time.monotonic() - started, self.spent() - spent
            time.sleep(1 + 2 * self.pace)
        told = heard[0]
        late, lost, twice = self.judged(told, sockets)
        rates = f"{len(self.committed) / took:.0f} | {len(told.numbers) / took:,.0f}"
        times = f"{percentile(late, 0.5):.1f} | {percentile(late, 0.99):.1f} | {max(late):.1f}"
        cost = f"{cores / took:.0%} | {(full - bare) / sockets:.0f}"
        return f"| {self.follow} | {self.pace:g} | {rates} | {lost} | {twice} | {times} | {cost} |"

    @contextmanager
    def followed_by(self, sockets: int, doors: Any, *, cut_every: float = 0) -> Iterator[list[Heard]]:
        """Let so many follow while the block lasts; what they heard is in the list afterwards."""
        asked = {
            "query": QUERIES[self.follow],
            "variables": {"event": doors.id},
            "headers": {"Cookie": f"sessionid={doors.session}"} if self.follow == "checkIns" else {},
            "after": 0 if self.follow == "checkIns" else None,
        }
        heard: list[Heard] = []
        with tempfile.NamedTemporaryFile() as result:
            given = [str(self.port), str(sockets), result.name, NUMBERS[self.follow], str(cut_every)]
            crowd = subprocess.Popen(
                [sys.executable, "-m", "tests.bench.followers", *given],
                cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            )  # fmt: skip
            assert crowd.stdin
            assert crowd.stdout
            crowd.stdin.write(json.dumps(asked) + "\n")
            crowd.stdin.flush()
            if crowd.stdout.readline() != "ready\n":
                sys.exit("The followers did not get in.")
            try:
                yield heard
            finally:
                crowd.stdin.close()
                crowd.wait(timeout=60)
            heard.append(_heard(pickle.loads(Path(result.name).read_bytes())))

    def judged(self, told: Heard, sockets: int) -> tuple[list[float], int, int]:
        """Return the milliseconds of every check-in to every socket, how many never came, and how many came twice."""
        late: list[float] = []
        known: defaultdict[int, int] = defaultdict(int)
        twice = 0
        for at, number, moment in zip(told.sockets, told.numbers, told.moments, strict=True):
            twice += number <= known[at] and number > 0 and self.follow == "checkIns"
            late += [
                (moment - self.committed[each]) / 1e6
                for each in range(known[at] + 1, number + 1)
                if each in self.committed
            ]
            known[at] = max(known[at], number)
        if self.follow == "checkIns":
            came = Counter(told.sockets)
            return late, sum(len(self.committed) - came[at] for at in range(sockets)), twice
        return late, sum(len(self.committed) - known[at] for at in range(sockets)), twice

    def spent(self) -> float:
        """Seconds of a core that the server process has used."""
        assert self.server
        fields = Path(f"/proc/{self.server.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def memory(self) -> float:
        """The server process's memory in kB."""
        assert self.server
        lines = Path(f"/proc/{self.server.pid}/status").read_text().splitlines()
        return float(next(line.split()[1] for line in lines if line.startswith("VmRSS")))


def _heard(told: dict[str, Any]) -> Heard:
    arrays = {name: array("q", told[name]) for name in ("socket", "number", "at")}
    return Heard(arrays["socket"], arrays["number"], arrays["at"], told["cuts"], told["refusals"], told["lost"])


if __name__ == "__main__":
    main()

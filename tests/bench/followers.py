"""Many followers of one subscription in one lean process: raw sockets, hand-made frames, one epoll loop.

    python -m tests.bench.followers PORT SOCKETS RESULT NUMBER_FIELD CUT_EVERY < subscription.json

Reads what to send from standard input (headers, the query, its variables), says "ready" when everybody is subscribed,
and goes on until standard input ends; then writes what it heard to RESULT (pickled): for every frame the socket, the
number in it and when it came (CLOCK_MONOTONIC in nanoseconds, the same for all processes).

CUT_EVERY: seconds after which, on average, each socket is cut without a word, to come back behind what it knows
(`after`); 0 cuts none.
"""

import json
import pickle
import random
import re
import select
import socket
import sys
import time
from array import array
from dataclasses import dataclass, field
from typing import Any

UPGRADE = (
    "GET /graphql/ws HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
    "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Protocol: graphql-transport-ws\r\n{headers}\r\n"
)
TEXT, PING, CLOSE = 0x81, 0x89, 0x88


def frame(kind: int, payload: bytes) -> bytes:
    """A client's frame, masked with zeros: the mask is the reader's to undo, and this one changes nothing."""
    size = len(payload)
    length = bytes([0x80 | size]) if size < 126 else bytes([0x80 | 126]) + size.to_bytes(2, "big")
    return bytes([kind]) + length + b"\0\0\0\0" + payload


def message(kind: str, **parts: Any) -> bytes:
    """A message of graphql-transport-ws as a frame."""
    return frame(TEXT, json.dumps({"type": kind, **parts}).encode())


def split(data: bytes) -> tuple[list[tuple[int, bytes]], bytes]:
    """Whole frames of a server, and what is left of one that has only begun."""
    frames, place = [], 0
    while len(data) - place >= 2:
        size, start = data[place + 1], place + 2
        if size == 126:
            size, start = int.from_bytes(data[start : start + 2], "big"), start + 2
        elif size == 127:
            size, start = int.from_bytes(data[start : start + 8], "big"), start + 8
        if len(data) < start + size:
            break
        frames.append((data[place], data[start : start + size]))
        place = start + size
    return frames, data[place:]


@dataclass
class Follower:
    """One socket, and how far it has heard."""

    at: int
    link: socket.socket
    rest: bytes = b""
    known: int = 0
    cut_at: float = field(default=float("inf"))


class Crowd:
    """All of them, and what they heard."""

    def __init__(self, port: int, asked: dict[str, Any], number_field: str, cut_every: float) -> None:
        self.port, self.asked, self.cut_every = port, asked, cut_every
        self.number = re.compile(rb'"%s":(\d+)' % number_field.encode())
        self.poll = select.epoll()
        self.followers: dict[int, Follower] = {}
        self.heard = {"socket": array("q"), "number": array("q"), "at": array("q")}
        self.cuts = self.refusals = self.lost = 0

    def join(self, at: int, known: int | None) -> None:
        """Open a socket and subscribe, behind `known`."""
        link = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        head = "".join(f"{name}: {value}\r\n" for name, value in self.asked["headers"].items())
        link.sendall(UPGRADE.format(port=self.port, headers=head).encode())
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += link.recv(65536) or sys.exit(f"refused: {answer!r}")
        if not answer.startswith(b"HTTP/1.1 101"):
            sys.exit(f"refused: {answer[:200]!r}")
        variables = self.asked["variables"] | ({} if known is None else {"after": known})
        payload = {"query": self.asked["query"], "variables": variables}
        link.sendall(message("connection_init"))
        while b"connection_ack" not in answer:
            answer += link.recv(65536) or sys.exit(f"shut: {answer!r}")
        link.sendall(message("subscribe", id="1", payload=payload))
        link.setblocking(False)
        self.followers[link.fileno()] = Follower(at, link, known=known or 0, cut_at=self._next_cut())
        self.poll.register(link, select.EPOLLIN)

    def _next_cut(self) -> float:
        return time.monotonic() + random.expovariate(1 / self.cut_every) if self.cut_every else float("inf")

    def cut(self, follower: Follower) -> None:
        """Drop the line as a tunnel does, and come back."""
        self.poll.unregister(follower.link)
        del self.followers[follower.link.fileno()]
        follower.link.close()
        self.cuts += 1
        self.join(follower.at, follower.known)

    def listen(self, seconds: float) -> None:
        """Take what comes for a while."""
        for number, _event in self.poll.poll(seconds):
            follower = self.followers.get(number)
            if follower is None:
                continue
            try:
                data = follower.link.recv(262144)
                self._take(follower, data, time.monotonic_ns())
            except OSError:
                data = b""
            if not data:
                self.lost += 1
                self.cut(follower)

    def _take(self, follower: Follower, data: bytes, now: int) -> None:
        frames, follower.rest = split(follower.rest + data)
        for kind, payload in frames:
            if kind == TEXT and (found := self.number.search(payload)):
                follower.known = int(found.group(1))
                self.heard["socket"].append(follower.at)
                self.heard["number"].append(follower.known)
                self.heard["at"].append(now)
            elif kind == PING:
                follower.link.sendall(frame(0x8A, payload))
            elif kind == TEXT and b'"ping"' in payload:
                follower.link.sendall(message("pong"))
            else:
                self.refusals += 1
                if self.refusals <= 3:
                    print("unexpected:", payload[:300], file=sys.stderr)

    def cut_who_is_due(self) -> None:
        """Cut those whose time has come."""
        now = time.monotonic()
        for follower in [follower for follower in self.followers.values() if follower.cut_at < now]:
            self.cut(follower)


def main() -> None:
    """Follow until standard input ends."""
    port, sockets, result, number_field, cut_every = sys.argv[1:]
    asked = json.loads(sys.stdin.readline())
    crowd = Crowd(int(port), asked, number_field, float(cut_every))
    for at in range(int(sockets)):
        crowd.join(at, asked["after"])
        crowd.listen(0)
    print("ready", flush=True)
    while not select.select([0], [], [], 0)[0]:  # only its end is still to come
        crowd.listen(0.05)
        if crowd.cut_every:
            crowd.cut_who_is_due()
    crowd.cut_every = 0
    with open(result, "wb") as file:
        told = {name: values.tobytes() for name, values in crowd.heard.items()}
        pickle.dump(told | {"cuts": crowd.cuts, "refusals": crowd.refusals, "lost": crowd.lost}, file)


if __name__ == "__main__":
    main()

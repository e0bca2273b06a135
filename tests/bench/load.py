"""Clients that ask as fast as they are answered: raw HTTP/1.1 over kept connections, so that little of the two cores
goes to asking."""

import asyncio
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Reply:
    """What came back, and after how many milliseconds."""

    status: int
    body: bytes
    took: float


def request(method: str, path: str, *, headers: dict[str, str], body: bytes = b"", host: str = "127.0.0.1") -> bytes:
    """Return the bytes of a request."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


def ask_all(port: int, requests: Iterable[bytes], *, clients: int) -> tuple[list[Reply], float]:
    """Let so many clients work the requests off, each waiting for its answer; return the replies and the seconds."""
    return asyncio.run(_ask_all(port, iter(requests), clients))


async def _ask_all(port: int, requests: Iterator[bytes], clients: int) -> tuple[list[Reply], float]:
    replies: list[Reply] = []
    started = time.perf_counter()
    await asyncio.gather(*(_client(port, requests, replies) for _ in range(clients)))
    return replies, time.perf_counter() - started


async def _client(port: int, requests: Iterator[bytes], replies: list[Reply]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for asked in requests:
        started = time.perf_counter()
        writer.write(asked)
        status, headers = await _head(reader)
        body = await _body(reader, headers)
        replies.append(Reply(status, body, (time.perf_counter() - started) * 1000))
        if headers.get(b"connection", b"").lower() == b"close":
            writer.close()
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.close()


async def _head(reader: asyncio.StreamReader) -> tuple[int, dict[bytes, bytes]]:
    first, *lines = (await reader.readuntil(b"\r\n\r\n")).rstrip().split(b"\r\n")
    pairs = (line.split(b":", 1) for line in lines)
    return int(first.split()[1]), {name.strip().lower(): value.strip() for name, value in pairs}


async def _body(reader: asyncio.StreamReader, headers: dict[bytes, bytes]) -> bytes:
    if headers.get(b"transfer-encoding", b"").lower() != b"chunked":
        return await reader.readexactly(int(headers.get(b"content-length", b"0")))
    whole = b""
    while size := int(await reader.readline(), 16):
        whole += await reader.readexactly(size)
        await reader.readline()
    await reader.readline()
    return whole


def percentile(took: list[float], share: float) -> float:
    """Return the value below which this share of the (unsorted) values lies."""
    ordered = sorted(took)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]

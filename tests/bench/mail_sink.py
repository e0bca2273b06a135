"""A mail server that takes everything and remembers it: for programs that must know what really left the house."""

import asyncio
import threading
from collections import Counter
from email import message_from_bytes
from types import TracebackType


class MailSink:
    """Listens on the loopback in a thread of its own, from `with` to its end."""

    def __init__(self) -> None:
        self.port = 0
        self.accepted: Counter[str] = Counter()
        self.bodies: dict[str, set[bytes]] = {}
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> "MailSink":
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._talk, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """As much SMTP as a client needs to hand a message over (RFC 5321)."""
        try:
            await _say(writer, b"220 sink")
            while line := await reader.readline():
                word = line.strip().upper()
                if word == b"DATA":
                    await _say(writer, b"354 go on")
                    self._keep(await reader.readuntil(b"\r\n.\r\n"))
                await _say(writer, b"221 bye" if word == b"QUIT" else b"250 ok")
                if word == b"QUIT":
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # the client was killed: what it had not ended was never accepted
        finally:
            writer.close()

    def _keep(self, data: bytes) -> None:
        message_id = str(message_from_bytes(data)["Message-ID"])
        self.accepted[message_id] += 1
        self.bodies.setdefault(message_id, set()).add(data)


async def _say(writer: asyncio.StreamWriter, line: bytes) -> None:
    writer.write(line + b"\r\n")
    await writer.drain()

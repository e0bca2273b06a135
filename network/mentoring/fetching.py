"""Fetching somebody's calendar from an address that they gave: never from inside our own house.

Only https on its own port; the name is resolved once, every address that it has must be a public one, and it is that
address which is connected to, so that a name cannot mean another machine the second time. Redirects are checked alike.
Time and size are bounded.
"""

import http.client
import ipaddress
import socket
import ssl
from time import monotonic
from urllib.parse import urljoin, urlsplit

SECONDS, MOST_BYTES, MOST_REDIRECTS = 10.0, 2_000_000, 3
REDIRECTS = frozenset({301, 302, 303, 307, 308})


class NotFetched(Exception):
    """It could not be had. `reason` is a code: not_https, not_public, unreachable, status, too_big, too_slow."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class Pinned(http.client.HTTPSConnection):
    """Connects to the address that was checked; the certificate must still be that of the name."""

    def __init__(self, host: str, address: str, seconds: float) -> None:
        self.tls = ssl.create_default_context()
        super().__init__(host, timeout=seconds, context=self.tls)
        self.address = address

    def connect(self) -> None:
        """Open the line."""
        line = socket.create_connection((self.address, 443), self.timeout)
        self.sock = self.tls.wrap_socket(line, server_hostname=self.host)


def fetch(address: str) -> bytes:
    """Return what stands at an address. Raises NotFetched."""
    end = monotonic() + SECONDS
    for _redirect in range(MOST_REDIRECTS + 1):
        found = _once(address, end)
        if isinstance(found, bytes):
            return found
        address = urljoin(address, found)
    raise NotFetched("unreachable")


def _once(address: str, end: float) -> bytes | str:
    """Return what stands there, or where it is to be had."""
    host, path = _parts(address)
    connection = Pinned(host, public_address(host), _left(end))
    try:
        connection.request("GET", path, headers={"Accept": "text/calendar", "User-Agent": "Startup-Hai-Phong/1"})
        answer = connection.getresponse()
        if answer.status in REDIRECTS:
            return answer.getheader("Location", "")
        if answer.status != http.client.OK:
            raise NotFetched("status")
        return _read(answer, connection, end)
    except TimeoutError as error:
        raise NotFetched("too_slow") from error
    except (OSError, http.client.HTTPException, UnicodeError) as error:
        raise NotFetched("unreachable") from error
    finally:
        connection.close()


def _parts(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise NotFetched("not_https") from error
    if parts.scheme != "https" or not host or port not in (None, 443) or parts.username is not None:
        raise NotFetched("not_https")
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    if not path.isascii() or not path.isprintable() or " " in path:
        raise NotFetched("not_https")
    return host, path


def public_address(host: str) -> str:
    """Return an address of a host, all of whose addresses are public. Raises NotFetched: not_public, unreachable."""
    try:
        known = {str(found[4][0]) for found in socket.getaddrinfo(host, 443, proto=socket.IPPROTO_TCP)}
    except (OSError, UnicodeError) as error:
        raise NotFetched("unreachable") from error
    if not known or not all(_is_public(address) for address in known):
        raise NotFetched("not_public")
    return min(known, key=lambda address: (":" in address, address))


def _is_public(text: str) -> bool:
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inside = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inside is not None or address in NAT64:
            return False
    return address.is_global and not address.is_multicast


NAT64 = ipaddress.ip_network("64:ff9b::/96")


def _left(end: float) -> float:
    left = end - monotonic()
    if left <= 0:
        raise NotFetched("too_slow")
    return left


def _read(answer: http.client.HTTPResponse, connection: http.client.HTTPSConnection, end: float) -> bytes:
    read = bytearray()
    while True:
        if connection.sock is not None:
            connection.sock.settimeout(_left(end))
        part = answer.read1(65536)
        if not part:
            return bytes(read)
        read += part
        if len(read) > MOST_BYTES:
            raise NotFetched("too_big")

"""Tickets and their signed codes.

A code is `HP1:` and the base32 of version (1 byte), ticket id (16 bytes), ticket version (2 bytes) and an Ed25519
signature over those (64 bytes): 138 characters of QR's alphanumeric set. It carries no personal data, and whoever
holds the public key can tell a true code from a forged one without a network.
"""

import base64
import binascii
import hashlib
import io
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID

import segno
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from events import doors
from events.models import Registration, Ticket
from network.models import Person
from network.statements import insert
from network.vietnamese import fold

PREFIX = "HP1:"
_BODY = struct.Struct(">B16sH")
_SIGNATURE_BYTES = 64


@dataclass(frozen=True, kw_only=True)
class Signed:
    """What a true code says."""

    ticket_id: UUID
    version: int


@cache
def _key(configured: str, secret: str) -> Ed25519PrivateKey:
    seed = bytes.fromhex(configured) if configured else hashlib.sha256(b"tickets:" + secret.encode()).digest()
    return Ed25519PrivateKey.from_private_bytes(seed)


def signing_key() -> Ed25519PrivateKey:
    """Return the key of the settings (TICKET_SIGNING_KEY), or one derived from SECRET_KEY."""
    return _key(settings.TICKET_SIGNING_KEY, settings.SECRET_KEY)


def code(ticket: Ticket) -> str:
    """Return the signed code of a ticket, as its QR picture carries it."""
    body = _BODY.pack(1, ticket.pk.bytes, ticket.version)
    signed = body + signing_key().sign(body)
    return PREFIX + base64.b32encode(signed).decode().rstrip("=")


def read(text: str) -> Signed | None:
    """Return what a signed code says, or None if it is not one of ours, forged, cut or altered."""
    text = text.strip().upper()
    if not text.startswith(PREFIX):
        return None
    encoded = text.removeprefix(PREFIX)
    try:
        raw = base64.b32decode(encoded + "=" * (-len(encoded) % 8))
    except (binascii.Error, ValueError):
        return None
    if len(raw) != _BODY.size + _SIGNATURE_BYTES:
        return None
    body, signature = raw[: _BODY.size], raw[_BODY.size :]
    # base32 leaves spare bits in the last character: only the one canonical spelling is a code.
    if base64.b32encode(raw).decode().rstrip("=") != encoded:
        return None
    try:
        signing_key().public_key().verify(signature, body)
    except InvalidSignature:
        return None
    version, ticket_id, ticket_version = _BODY.unpack(body)
    return Signed(ticket_id=UUID(bytes=ticket_id), version=ticket_version) if version == 1 else None


def picture(ticket: Ticket, *, scale: int = 8) -> bytes:
    """Return the QR picture of a ticket's code as PNG, sea on white, with the quiet zone of the standard."""
    out = io.BytesIO()
    segno.make(code(ticket), error="m", boost_error=False).save(out, kind="png", scale=scale, border=4, dark="#0b2b3a")
    return out.getvalue()


def number(event_code: str, serial: int) -> str:
    """Return the readable number of a ticket: event code, serial, check digit ("CAFE 047 0931 · 6").

    The check digit is Damm's (2004): it catches every wrong digit and every swap of neighbours.
    """
    digits = "".join(character for character in event_code if character.isdigit()) + f"{serial:04d}"
    return f"{event_code} {serial:04d} · {check_digit(digits)}"


_DAMM = (
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
)  # fmt: skip


def check_digit(digits: str) -> int:
    """Return the check digit of a string of decimal digits, by Damm's quasigroup of order 10."""
    interim = 0
    for digit in digits:
        interim = int(_DAMM[interim][int(digit)])
    return interim


def spoken(text: str) -> str:
    """Bring a typed number into the stored form's letters and digits: "cafe 047 0931-6" gives "CAFE04709316"."""
    return "".join(character for character in fold(text).upper() if character.isalnum())


def find(text: str) -> Ticket | None:
    """Return the ticket of a signed code or of a typed number, whatever its state; None if there is none."""
    rows = Ticket.objects.select_related("registration__ticket_type")
    signed = read(text)
    if signed is not None:
        return rows.filter(pk=signed.ticket_id).first()
    typed = spoken(text)
    return rows.filter(spoken_number=typed).first() if typed else None


def is_current(text: str, ticket: Ticket) -> bool:
    """Whether the code shown is the ticket's newest (a typed number always is)."""
    signed = read(text)
    return signed is None or signed.version == ticket.version


def issue(*, registration: Registration, serial: int, name: str, holder: Person | None, at: datetime) -> Ticket:
    """Write one ticket of a confirmed registration: `serial` is its number at the event, `holder` the account that
    shows it (None: the registrant's). Called inside the transaction of its rule."""
    readable = number(registration.event.code, serial)
    ticket = Ticket(
        registration=registration,
        event=registration.event,
        number=readable,
        spoken_number=spoken(readable),
        holder=holder,
        holder_name=name,
        issued_at=at,
    )
    insert(ticket)
    return ticket


def revoke(dying: Iterable[Ticket], *, at: datetime) -> None:
    """Let these tickets die. Called inside the transaction of its rule."""
    dead = list(dying)
    Ticket.objects.filter(pk__in=[ticket.pk for ticket in dead]).update(revoked_at=at)
    for event_id in {ticket.event_id for ticket in dead}:
        doors.changed(event_id=event_id)

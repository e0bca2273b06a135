"""Global ids: what a row is called outside, whatever its kind (Relay's object identification)."""

import base64
import binascii
from uuid import UUID

from django.db.models import Model


def global_id(row: Model) -> str:
    """Return the id under which the API knows a row."""
    return encode(type(row).__name__, row.pk)


def encode(kind: str, pk: object) -> str:
    """Return the id of the row `pk` of a kind."""
    return base64.urlsafe_b64encode(f"{kind}:{pk}".encode()).decode().rstrip("=")


def number_of(text: str, kind: str) -> int:
    """Return the row's number; 0, which no row has, for what is no id of this kind."""
    pk = _pk(text, kind)
    return int(pk) if pk.isascii() and pk.isdigit() and len(pk) < 19 else 0


def uuid_of(text: str, kind: str) -> UUID:
    """Return the row's UUID; the nil UUID, which no row has, for what is no id of this kind."""
    try:
        return UUID(_pk(text, kind))
    except ValueError:
        return UUID(int=0)


def _pk(text: str, kind: str) -> str:
    try:
        decoded = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
    except (binascii.Error, ValueError):
        return ""
    prefix, _colon, pk = decoded.partition(":")
    return pk if prefix == kind else ""

"""The address that an answer by mail goes to: one for each person in each thread, which nobody can guess.

    tin-<number of the place>-<print>@<RELAY_DOMAIN>

Nothing is kept of it: the print is a keyed hash of the number (120 bits, in letters whose case does not matter), and
dies with the place, or with the key that it was made by. Without RELAY_DOMAIN letters link to the thread's page alone.
"""

import re
from base64 import b32encode

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import base36_to_int, int_to_base36

from network.models import ContactPlace

PREFIX = "tin"
ALIAS = re.compile(rf"\b{PREFIX}-([0-9a-z]{{1,12}})-([a-z2-7]{{24}})@[\w.-]*\w", re.I)


def alias(place: ContactPlace) -> str:
    """Return where `place`'s person answers to; empty without RELAY_DOMAIN."""
    if not settings.RELAY_DOMAIN:
        return ""
    return f"{PREFIX}-{int_to_base36(place.pk)}-{_print(place.pk, settings.SECRET_KEY)}@{settings.RELAY_DOMAIN}"


def place_of(address: str) -> ContactPlace | None:
    """Return the place that an address is the alias of; None for any other address."""
    found = ALIAS.fullmatch(address.strip().lower())
    domain = address.strip().lower().rpartition("@")[2]
    if found is None or not settings.RELAY_DOMAIN or domain != settings.RELAY_DOMAIN.lower():
        return None
    number = base36_to_int(found[1])
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    if number >= 2**63 or not any(constant_time_compare(_print(number, key), found[2]) for key in keys):
        return None
    return ContactPlace.objects.select_related("thread", "person").filter(pk=number).first()


def thread_reference(place: ContactPlace) -> str:
    """Return a Message-ID that all letters of a thread to one reader refer to: mail programs keep them together.

    It differs for each reader: whoever compared two would learn that they are of one thread.
    """
    return f"<thread-{_print(place.pk, settings.SECRET_KEY, 'thread')}@{settings.MAIL_DOMAIN}>"


def _print(number: int, key: str | bytes, what: str = "alias") -> str:
    digest = salted_hmac(f"network.contact.{what}", str(number), secret=key, algorithm="sha256").digest()
    return b32encode(digest[:15]).decode().lower()

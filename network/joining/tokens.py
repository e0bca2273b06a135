"""Secrets that open something once: what the reader gets, and the print of it that we keep."""

import secrets

from django.utils.crypto import salted_hmac

LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
"""No vowels: no code spells a word; none of them is taken for a figure."""


def link_token() -> str:
    """Return 256 random bits for a link."""
    return secrets.token_urlsafe(32)


def digits(count: int) -> str:
    """Return so many random figures, to be typed from a letter."""
    return "".join(secrets.choice("0123456789") for _digit in range(count))


def spoken_code() -> str:
    """Return a code to be read aloud: three times four letters, 52 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _letter in range(4)) for _group in range(3))


def bared(typed: str) -> str:
    """Return a typed code as it was made: no spaces or dashes, capitals."""
    return "".join(character for character in typed.upper() if character.isalnum())


def print_of(secret: str, *, purpose: str, about: object = "") -> str:
    """Return what is kept of a secret: it opens nothing, and without our key it cannot be tried out."""
    return salted_hmac(f"network.joining.{purpose}", f"{about}:{secret}", algorithm="sha256").hexdigest()

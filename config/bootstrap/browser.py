"""Chromium for the journeys: the one that is there, or Debian's."""

import shutil

from . import debian
from .places import give_up

NAMES = ("chromium", "chromium-browser", "google-chrome")


def find() -> str | None:
    """The path of an installed Chromium, if there is one."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


def ensure() -> str:
    """The path of a Chromium, installed if need be; stops with what to type where that is not possible."""
    if find() is None:
        debian.install("chromium", purpose="The browser journeys")
    path = find()
    if path is None:
        give_up("Chromium was installed, but is not on PATH.")
    return path

"""Translations: each room's `django.po` becomes the `django.mo` that Django reads, with no gettext binary."""

import os
from collections.abc import Iterator
from pathlib import Path

from .places import ROOT


def sources() -> Iterator[Path]:
    """Every catalogue of the project, by room."""
    yield from sorted(ROOT.glob("*/locale/*/LC_MESSAGES/django*.po"))


def compile_stale() -> list[Path]:
    """Compile the catalogues that changed since they were last compiled, and name them.

    Must run before Django's start: it reads catalogues once.
    """
    stale = [source for source in sources() if _is_stale(source)]
    for source in stale:
        _compile(source)
    return stale


def _is_stale(source: Path) -> bool:
    """A compiled catalogue bears the time of the very source that it was made from."""
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime_ns != source.stat().st_mtime_ns


def _compile(source: Path) -> None:
    import polib  # inline: only .venv brings it

    edited = source.stat().st_mtime_ns
    # A name of its own: two runs may compile at once, and each puts a whole file in place.
    draft = source.with_suffix(f".mo.{os.getpid()}.draft")
    polib.pofile(str(source)).save_as_mofile(str(draft))
    os.utime(draft, ns=(edited, edited))
    draft.replace(source.with_suffix(".mo"))

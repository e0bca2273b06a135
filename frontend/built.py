"""What the browser build made: from a source's name to the address of its hashed file."""

import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static

DIST = Path(__file__).parent / "dist" / "site"


def address(source: str) -> str:
    """Return the address of the file built from a source, such as `main.ts`; of its style sheet: `main.css`.

    Without a build the plain name is returned: the page still comes, undressed.
    """
    return _address(source) if settings.DEBUG else _address_once(source)


def text(source: str) -> str | None:
    """Return what the file built from a source holds; None without a build."""
    built = _files().get(source)
    return (DIST / built).read_text() if built else None


def font_addresses(*weights: str) -> list[str]:
    """Return the addresses of the built fonts of these weights, for preloading."""
    ends = tuple(f"-{weight}.woff2" for weight in weights)
    return [address(name) for name in _files() if name.endswith(ends)]


def _address(source: str) -> str:
    return static(f"site/{_files().get(source, source)}")


_address_once = cache(_address)


def _files() -> dict[str, str]:
    return _read() if settings.DEBUG else _read_once()


@cache
def _read_once() -> dict[str, str]:
    return _read()


def _read() -> dict[str, str]:
    path = DIST / "manifest.json"
    if not path.exists():
        return {}
    files = {}
    for name, chunk in json.loads(path.read_text()).items():
        files[name] = chunk["file"]
        for sheet in chunk.get("css", []):
            files[name.removesuffix(".ts") + ".css"] = sheet
    return files

"""The public facts of what was found, as rows of a file: what everybody may see, whoever asks."""

from collections.abc import Iterator
from typing import Any, Final

from network.directory import entries
from network.directory.finding import Found, Kind
from network.models import Organisation, Profile
from network.visibility import Seen

MOST = 5_000
"""Rows of a file."""
CHUNK = 500

ORGANISATION: Final = (
    "slug", "kind", "name_vi", "name_en", "summary_vi", "summary_en", "sectors", "ward", "country", "founded_year",
    "website", "stage", "parent", "confirmed_at",
)  # fmt: skip
PERSON: Final = (
    "slug", "name", "roles", "headline_vi", "headline_en", "sectors", "languages", "availability", "ward", "website",
)  # fmt: skip


def columns(kind: Kind) -> tuple[str, ...]:
    """Return the names of a file's columns; they are part of what programs read, and are not translated."""
    return PERSON if kind == Kind.PROFILE else ORGANISATION


def rows(found: Found) -> Iterator[dict[str, Any]]:
    """Yield the public facts of what was found, `MOST` at most, in its order; lists where there may be several."""
    for start in range(0, min(len(found), MOST), CHUNK):
        ids = found.ids(start, min(start + CHUNK, MOST))
        if found.kind == Kind.PROFILE:
            yield from (_person(row) for row in entries.people(ids))
        else:
            yield from (_organisation(row) for row in entries.organisations(ids))


def _organisation(row: Organisation) -> dict[str, Any]:
    seen = Seen(row)
    told = {name: getattr(seen, name) or "" for name in ORGANISATION}
    told["sectors"] = [sector.code for sector in seen.sectors]
    told["parent"] = row.parent.slug if row.parent is not None and row.parent.is_listed else ""
    told["confirmed_at"] = row.confirmed_at.date().isoformat() if row.confirmed_at else ""
    return told


def _person(row: Profile) -> dict[str, Any]:
    seen = Seen(row)
    told = {name: getattr(seen, name) or "" for name in PERSON if name not in {"name", "roles", "sectors"}}
    told["name"] = row.person.full_name
    told["roles"] = [role.kind for role in row.roles.all() if role.until is None]
    told["sectors"] = [sector.code for sector in seen.sectors]
    told["languages"] = [code.strip() for code in seen.languages.split(",") if code.strip()]
    return {name: told[name] for name in PERSON}

"""An entry as others would see it if its owner's words were live."""

from collections.abc import Mapping
from dataclasses import dataclass

from network.entries.columns import SETTINGS, Entry, Json, read_all, written_fields
from network.entries.words import label_of, lines
from network.models import Change
from network.visibility import NOBODY, Standing

MEMBER = Standing(is_member=True)
VIEWERS: Mapping[str, Standing] = {"public": NOBODY, "members": MEMBER}


@dataclass(frozen=True, kw_only=True)
class Part:
    """A field as it would be shown."""

    name: str
    label: str
    lines: list[tuple[str, str]]


def wanted(entry: Entry, change: Change | None) -> dict[str, Json]:
    """Return what the entry says, and over it what a change that waits wants it to say; by column."""
    live = read_all(entry)
    asked = {
        name: value for sides in (change.values if change else {}).values() for name, value in sides["new"].items()
    }
    return live | {name: value for name, value in asked.items() if name in live}


def parts(
    entry: Entry, *, values: Mapping[str, Json], visibility: Mapping[str, str], standing: Standing
) -> dict[str, Part]:
    """Return, by field, what a viewer of this standing would see; what is hidden from them or empty is left out."""
    would = type(entry)(pk=entry.pk, visibility={**entry.visibility, **visibility})
    shown = {}
    for name in written_fields(entry):
        said = lines(entry, name, values)
        if said and name not in SETTINGS and standing.may_see(would, name):
            shown[name] = Part(name=name, label=label_of(name), lines=said)
    return shown


def hidden(entry: Entry, visibility: Mapping[str, str]) -> list[str]:
    """Return the fields that not everybody would see."""
    would = type(entry)(pk=entry.pk, visibility={**entry.visibility, **visibility})
    return [name for name in written_fields(entry) if not NOBODY.may_see(would, name)]

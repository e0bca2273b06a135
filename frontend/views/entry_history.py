"""A change of an entry, told in words: on the site's history and wherever else it is read."""

from typing import Any

from network.entries.words import label_of, lines
from network.models import Change, Visibility


def told(change: Change) -> dict[str, Any]:
    """Return what a change was about, field by field, and what was decided and said."""
    fields = [
        {
            "label": label_of(name),
            "old": lines(change.entry, name, sides["old"]),
            "new": lines(change.entry, name, sides["new"]),
            "is_picture": name in {"photo", "logo"},
            "decision": change.decisions.get(name, {}).get("decision", ""),
            "note": change.decisions.get(name, {}).get("note", ""),
        }
        for name, sides in change.values.items()
    ]
    seen = [
        {"label": label_of(name), "old": Visibility(sides["old"]).label, "new": Visibility(sides["new"]).label}
        for name, sides in change.visibility.items()
    ]
    return {"change": change, "fields": fields, "visibility": seen, "can_undo": change.state in Change.LIVE}

"""What a job reports: refusals as data, so that a page can word them later, in its reader's language.

A report is a dictionary. `refusals` says why the job was not done; `rows` says what was wrong with single rows of a
file, each as the refusal with its `row`; whatever else a kind reports are counts (`{"made": 12, "skipped": 3}`).
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from network.refusals import Refusal, each

MOST_ROWS = 500
"""So many rows are told one by one: a file of 10,000 wrong rows has one mistake, not 10,000."""

_MOMENT = "_at"


class Retold(Refusal):
    """A refusal read back from a report: the same code, field and facts, so that it is worded the same."""

    def __init__(self, *, code: str, field: str, facts: Mapping[str, Any]) -> None:
        self.code = code  # type: ignore[misc]  # this refusal alone has its code from a report
        self.field = field  # type: ignore[misc]
        super().__init__(**{name: _revived(name, value) for name, value in facts.items()})


def told(refusal: Refusal) -> list[dict[str, Any]]:
    """Return what a refusal says as JSON values: one entry, or one for each of several."""
    return [
        {
            "code": single.code,
            "field": single.field,
            "facts": {name: _plain(value) for name, value in single.facts.items()},
        }
        for single in each(refusal)
    ]


def of_row(row: int, refusal: Refusal) -> list[dict[str, Any]]:
    """Return what was wrong with one row of a file; `row` is the number that a spreadsheet shows beside it."""
    return [{"row": row, **entry} for entry in told(refusal)]


def retold(entry: Mapping[str, Any]) -> Retold:
    """Return the refusal of an entry of a report."""
    return Retold(code=entry["code"], field=entry.get("field", ""), facts=entry.get("facts", {}))


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return value if value is None or isinstance(value, str | int | float | bool | list) else str(value)


def _revived(name: str, value: Any) -> Any:
    """Facts that are moments end in `_at`: they are worded as moments again."""
    if not (name.endswith(_MOMENT) and isinstance(value, str)):
        return value
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return value

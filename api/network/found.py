"""A page of what a search of the directory found, as a connection type resolves it."""

import base64
import binascii
from typing import Any

import orjson
from django.utils.translation import gettext as _

from network.directory import entries
from network.directory.finding import Found, Kind, Place

from ..batch import together
from ..errors import Refused
from ..limits import LARGEST_PAGE, limits


class FoundEdges:
    """The entries behind a cursor, in the search's order. Stable while entries come and go: a cursor tells a place."""

    def __init__(self, found: Found, first: int | None, after: str | None) -> None:
        self.found, self.after = found, after
        most = limits().page_size if first is None else first
        if not 0 <= most <= LARGEST_PAGE:
            raise Refused("BAD_USER_INPUT", detail=_("“first” lies between 0 and {most}.").format(most=LARGEST_PAGE))
        begins = found.behind(_place(after)) if after else 0
        ids = found.ids(begins, begins + most)
        self.has_next_page = begins + len(ids) < len(found)
        read = entries.people if found.kind == Kind.PROFILE else entries.organisations
        self.nodes: list[Any] = together(read(ids))
        self._index = {pk: begins + offset for offset, pk in enumerate(ids)}

    def cursor(self, row: Any) -> str:
        """Return what `after` takes to go on behind this row."""
        place = self.found.place(self._index[row.pk])
        return base64.urlsafe_b64encode(orjson.dumps([place.score, place.key, place.entry_id])).decode().rstrip("=")

    def total(self) -> int:
        """How many there are on all pages."""
        return len(self.found)


def _place(cursor: str) -> Place:
    try:
        score, key, entry_id = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if type(score) is not int or type(key) is not str or type(entry_id) is not int:
            raise ValueError
    except (binascii.Error, ValueError, TypeError):
        raise Refused("BAD_USER_INPUT", detail=_("“after” is no cursor of this list.")) from None
    return Place(score=score, key=key, entry_id=entry_id)

"""The form of the letters of joining: a subject, short paragraphs, at most one button."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from network.joining import addresses
from network.joining.entries import Entry
from network.models import Application, Membership, Person


@dataclass(frozen=True, kw_only=True)
class Words:
    """A letter's words. `code` stands large; `quote` is what somebody wrote; `after` follows the button."""

    subject: str
    paragraphs: list[str]
    code: str = ""
    quote: str = ""
    act: str = ""
    address: str = ""
    after: list[str] = field(default_factory=list)
    why: str = ""
    is_urgent: bool = False


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What a letter is about, in rows that are loaded."""

    reader: Person
    language: str
    written_at: datetime
    entry: Entry | None = None
    application: Application | None = None
    place: Membership | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """How the entry or the application is called."""
        return str(self.entry or (self.application.title if self.application else ""))

    def at(self, path: str) -> str:
        """The whole address of a path."""
        return addresses.whole(path, self.language)

    def entry_address(self) -> str:
        """Where the entry is read."""
        return self.at(addresses.entry_path(self.entry)) if self.entry is not None else ""

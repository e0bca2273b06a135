"""A list of the directory as its page shows it: what was chosen in the address, the facets, the filters to take off."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, overload

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.directory import entries, finding, labels
from network.directory.finding import Found, Kind
from network.models import Organisation, Profile

FACETS: Mapping[str, Any] = {
    "kind": gettext_lazy("Kind"),
    "role": gettext_lazy("Role in the network"),
    "sector": gettext_lazy("Field of work"),
    "stage": gettext_lazy("Stage"),
    "skill": gettext_lazy("Skill"),
    "need": gettext_lazy("Looks for help with"),
    "language": gettext_lazy("Language"),
    "availability": gettext_lazy("Availability"),
    "ward": gettext_lazy("Ward, commune or special zone"),
    "office": gettext_lazy("Office"),
    "raising": gettext_lazy("Investment"),
}
LONGEST = 100
VIEWS = ("cards", "list")


class Rows(Sequence[Any]):
    """What was found, read from the database a page at a time."""

    def __init__(self, found: Found) -> None:
        self.found = found

    def __len__(self) -> int:
        return len(self.found)

    @overload
    def __getitem__(self, index: int) -> Organisation | Profile: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Organisation | Profile]: ...
    def __getitem__(self, index: int | slice) -> Any:
        """The rows of a page."""
        if isinstance(index, int):
            return self[index : index + 1][0]
        read = entries.people if self.found.kind == Kind.PROFILE else entries.organisations
        return read(self.found.ids(index.start or 0, index.stop))


@dataclass(frozen=True, kw_only=True)
class Group:
    """A facet above a list: a name and its values as {value, label, count, is_chosen}."""

    name: str
    label: Any
    options: list[dict[str, Any]]
    chosen: int


class Narrowed:
    """A list narrowed by an address. `fixed` facets belong to the list itself and are not offered."""

    def __init__(self, query: QueryDict, kind: Kind, *, fixed: Mapping[str, list[str]] | None = None) -> None:
        self.query = query
        self.kind = kind
        self.fixed = dict(fixed or {})
        self.search = " ".join(query.get("q", "").replace("\0", " ").split())[:LONGEST]
        self.names = labels.names(kind)
        self.chosen = {
            name: chosen
            for name, known in self.names.items()
            if name not in self.fixed
            and (chosen := [value for value in dict.fromkeys(query.getlist(name)) if value in known])
        }

    @cached_property
    def found(self) -> Found:
        """What the address finds."""
        find = finding.find_people if self.kind == Kind.PROFILE else finding.find_organisations
        return find(search=self.search, chosen={**self.chosen, **self.fixed})

    @property
    def is_narrowed(self) -> bool:
        """Whether anything was asked for."""
        return bool(self.search or self.chosen)

    @property
    def view(self) -> str:
        """Cards, or a compact list."""
        said = self.query.get("view", "")
        return said if said in VIEWS else VIEWS[0]

    @cached_property
    def counted(self) -> dict[str, list[labels.Value]]:
        """The values that somebody has, by facet."""
        return labels.counted(self.found, self.names)

    def groups(self, *, without: Sequence[str] = ()) -> list[Group]:
        """The facets that offer something, each value with its count; what is chosen stays, also with none."""
        shown = []
        for name in FACETS:
            if name in self.names and name not in self.fixed and name not in without:
                options = self._options(name)
                if options:
                    shown.append(
                        Group(name=name, label=FACETS[name], options=options, chosen=len(self.chosen.get(name, [])))
                    )
        return shown

    def _options(self, name: str) -> list[dict[str, Any]]:
        chosen = self.chosen.get(name, [])
        counts = {value.value: value.count for value in self.counted[name]}
        return [
            {"value": value, "label": label, "count": counts.get(value, 0), "is_chosen": value in chosen}
            for value, label in self.names[name].items()
            if value in counts or value in chosen
        ]

    def taken_off(self) -> list[dict[str, str]]:
        """The filters that stand, each with the address without it."""
        off = [{"label": f"“{self.search}”", "url": self.address(q=[])}] if self.search else []
        for name, values in self.chosen.items():
            for value in values:
                others = [other for other in values if other != value]
                off.append({"label": self.names[name][value], "url": self.address(**{name: others})})
        return off

    def chips(self, name: str) -> list[dict[str, Any]]:
        """The values of a facet as links that choose one of them; each keeps the other filters."""
        chosen, counts = self.chosen.get(name, []), {value.value: value.count for value in self.counted[name]}
        everything = sum(counts.values())
        chips = [{"label": _("All"), "url": self.address(**{name: []}), "current": not chosen, "count": everything}]
        for value, label in self.names[name].items():
            if value in counts or value in chosen:
                url = self.address(**{name: [value]})
                chips.append({"label": label, "url": url, "current": value in chosen, "count": counts.get(value, 0)})
        return chips

    def address(self, **changed: list[str]) -> str:
        """This list's address with some of its parameters changed; it begins anew with the first page."""
        others = self.query.copy()
        others.pop("page", None)
        for name, values in changed.items():
            others.setlist(name, values)
        return f"?{others.urlencode()}"

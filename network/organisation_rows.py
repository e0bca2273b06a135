"""One row of a table of organisations: whom it is about, what it would change, and how it is written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import Model

from network.models import Organisation, Sector, Skill
from network.models.facts import CentreFacts, ClubFacts, FundFacts, StartupFacts
from network.organisation_columns import BY_NAME, COLUMNS
from network.refusals import Invalid, Refusal
from network.vietnamese import fold, slug

FACTS: dict[str, type[Model]] = {
    "fund_facts": FundFacts,
    "startup_facts": StartupFacts,
    "centre_facts": CentreFacts,
    "club_facts": ClubFacts,
}
RESERVED = frozenset({"ban-do", "so-lieu", "so-sanh"})
"""Addresses below that of the directory which are no entry's."""


@dataclass
class Planned:
    """What is to be written: the organisation that the row is about (None: a new one), and the values of its cells."""

    number: int
    organisation: Organisation | None
    values: dict[str, Any]

    @property
    def key(self) -> object:
        """Whom the row is about, to find two rows about the same."""
        if self.organisation is not None:
            return self.organisation.pk
        if "code" in self.values:
            return self.values["code"]
        return (self.values.get("kind"), fold(self.values["name_vi"]))


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is there before a file is read; `codes` are the file's own as well."""

    by_code: Mapping[str, Organisation]
    by_tax_code: Mapping[str, Organisation]
    by_name: Mapping[tuple[str, str], Organisation]
    sectors: Mapping[str, Sector]
    skills: Mapping[str, Skill]
    codes: frozenset[str]

    @classmethod
    def load(cls, *, also: Iterable[str]) -> Self:
        """Read everything once: an import is rare, and asks about every row."""
        rows = list(
            Organisation.objects.select_related("parent", "merged_into", *FACTS).prefetch_related("sectors", "needs")
        )
        return cls(
            by_code={row.code: row for row in rows},
            by_tax_code={row.tax_code: row for row in rows if row.tax_code},
            by_name={(row.kind, fold(row.name_vi or row.name)): row for row in reversed(rows)},  # type: ignore[attr-defined]
            sectors={fold(name): row for row in Sector.objects.all() for name in _names(row)},
            skills={fold(name): row for row in Skill.objects.all() for name in _names(row)},
            codes=frozenset({*(row.code for row in rows), *also}),
        )

    def find(self, values: Mapping[str, Any]) -> Organisation | None:
        """Return whom a row is about; an entry that was merged into another stands for that one."""
        found = (
            self.by_code.get(values.get("code", ""))
            or self.by_tax_code.get(values.get("tax_code", ""))
            or self.by_name.get((values.get("kind", ""), fold(values.get("name_vi", ""))))
        )
        return found.merged_into or found if found is not None else None

    def objections(self, values: Mapping[str, Any], organisation: Organisation | None) -> list[Refusal]:
        """Return what is wrong with the cells of a row together."""
        wrong: list[Refusal] = []
        if organisation is None:
            missing = [name for name in ("kind", "name_vi") if not values.get(name)]
            wrong += [Invalid(field=name, reason="required") for name in missing]
        if ("latitude" in values) != ("longitude" in values):
            wrong.append(Invalid(field="latitude", reason="required"))
        holder = self.by_tax_code.get(values.get("tax_code", ""))
        if holder is not None and organisation is not None and holder.pk != organisation.pk:
            wrong.append(Invalid(field="tax_code", reason="taken_by_another", name=holder.name))
        parent = values.get("parent")
        if parent and parent not in self.codes:
            wrong.append(Invalid(field="parent", reason="unknown"))
        if parent and parent == (organisation.code if organisation is not None else values.get("code")):
            wrong.append(Invalid(field="parent", reason="with_itself"))
        return wrong + _tickets(values, organisation)


def _tickets(values: Mapping[str, Any], organisation: Organisation | None) -> list[Refusal]:
    """A fund's largest ticket is not below its smallest, whichever of them the row brings."""
    if "ticket_min" not in values and "ticket_max" not in values:
        return []
    facts = getattr(organisation, "fund_facts", None) if organisation is not None else None
    low = values.get("ticket_min", getattr(facts, "ticket_min", None))
    high = values.get("ticket_max", getattr(facts, "ticket_max", None))
    if low is not None and high is not None and high < low:
        return [Invalid(field="ticket_max", reason="below_least")]
    return []


def _names(row: Sector | Skill) -> list[str]:
    return [row.code, *(name for name in (row.name_vi, row.name_en) if name)]  # type: ignore[union-attr]


def changes(plan: Planned) -> list[str]:
    """Return the columns whose value a row would change. White space aside: a cell holds no line breaks."""
    row = plan.organisation
    return [name for name, value in plan.values.items() if row is None or _differs(row, name, value)]


def _differs(row: Organisation, name: str, value: Any) -> bool:
    if name == "code":
        return False  # what an entry is called by stays
    if name == "parent":
        return row.parent is None or row.parent.code != value
    if name in ("sectors", "needs"):
        return {each.pk for each in getattr(row, name).all()} != {each.pk for each in value}
    facts = BY_NAME[name].facts
    holder = getattr(row, facts, None) if facts else row
    there = getattr(holder, name, None) if holder is not None else None
    if isinstance(value, str):
        return " ".join(str(there or "").split()) != value
    return bool(there != value)


def write(plan: Planned) -> Organisation:
    """Write a row and return its organisation; call it in a transaction."""
    row = plan.organisation or _new(plan.values)
    changed = set(changes(plan))
    for column in COLUMNS:
        if column.name in changed and not column.facts and column.name not in ("code", "parent", "sectors", "needs"):
            setattr(row, column.name, plan.values[column.name])
    row.save()
    for name in ("sectors", "needs"):
        if name in changed:
            getattr(row, name).set(plan.values[name])
    for facts, model in FACTS.items():
        told = {name: plan.values[name] for name in changed if BY_NAME[name].facts == facts}
        if told:
            model._default_manager.update_or_create(organisation=row, defaults=told)
    plan.organisation = row
    return row


def _new(values: Mapping[str, Any]) -> Organisation:
    """A new organisation with a code and an address that nobody has."""
    word = slug(values["name_vi"])[:70] or "to-chuc"
    code = values.get("code") or _free(word, "code")
    return Organisation(code=code, slug=_free(word, "slug"))


def _free(word: str, field: str) -> str:
    taken = set(Organisation.objects.filter(**{f"{field}__startswith": word}).values_list(field, flat=True)) | RESERVED
    return next(
        tried for tried in (word, *(f"{word}-{number}" for number in range(2, len(taken) + 3))) if tried not in taken
    )

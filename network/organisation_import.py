"""Organisations from a spreadsheet: tried first without writing anything, then written row by row, by the worker.

A row is about the organisation of its code, else of its tax code, else of its kind and name (accents aside); if there
is none, it is a new one. An empty cell leaves what is there. Doing it twice does it once. A row with a mistake is left
out whole and told with its number; each row is written in a transaction of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import override

from network import jobs, permissions, tables
from network.models import Job, Organisation, Person, Sector, Skill
from network.organisation_columns import BY_NAME, COLUMNS
from network.organisation_rows import Known, Planned, changes, write
from network.refusals import Invalid, NotFound, NotPermitted, Refusal, Several, each
from network.reports import MOST_ROWS, of_row
from network.tables import FORMULA, Table
from network.vietnamese import fold

TRY, RUN = "organisations.try_import", "organisations.import"
ABOUT = "directory"


@dataclass
class Reading:
    """What a file says: rows to be written, what is wrong with the others, and columns that mean nothing to us."""

    planned: list[Planned] = field(default_factory=list)
    wrong: list[dict[str, Any]] = field(default_factory=list)
    refused: int = 0
    same: int = 0
    ignored: list[str] = field(default_factory=list)

    @property
    def new(self) -> int:
        """How many organisations are not there yet."""
        return sum(1 for plan in self.planned if plan.organisation is None)


def ask(*, given: "File[bytes]", actor: Person, at: datetime, for_real: bool = False) -> Job:
    """Have a file of organisations tried (nothing is written) or, `for_real`, written; return the job.

    Raises NotPermitted, Invalid at `file` (required, too_big, unreadable, too_many_rows) and at `name_vi` (no_column).
    """
    if not permissions.may_import_organisations(actor):
        raise NotPermitted()
    given.seek(0)
    columns(tables.read(given))
    given.seek(0)
    stated = {"file": given.name or ""}
    return jobs.ask(kind=RUN if for_real else TRY, actor=actor, about=ABOUT, given=stated, upload=given, at=at)


def go_on(*, job_id: object, actor: Person, at: datetime) -> Job:
    """Write what a trial has read; return the new job. Raises NotFound, also if the file is gone; NotPermitted."""
    tried = Job.objects.filter(pk=str(job_id), kind=TRY, status=Job.Status.DONE).first()
    if tried is None or not tried.upload or not jobs.may_open(actor, tried):
        raise NotFound(kind="job")
    with tried.upload.open("rb") as given:
        copy: File[bytes] = File(given, name=tried.given["file"])
        return ask(given=copy, actor=actor, at=at, for_real=True)


@jobs.kind(TRY, admits=permissions.may_have_directory_job)
def try_import(run: jobs.Running) -> None:
    """Read everything, write nothing; report row by row what would be refused."""
    reading = read(_table(run), run=run)
    run.finish(report={"importable": len(reading.planned), **_report(reading)})


@jobs.kind(RUN, admits=permissions.may_have_directory_job)
def import_for_real(run: jobs.Running) -> None:
    """Write every row that can be, in the order of the file, then who belongs to whom; report the others."""
    reading = read(_table(run))
    report = _report(reading)
    for done, plan in enumerate(reading.planned, start=1):
        with transaction.atomic():
            write(plan)
        run.progress(done, len(reading.planned))
    _moor(reading.planned)
    run.finish(report=report)


def _table(run: jobs.Running) -> Table:
    if not permissions.may_import_organisations(run.actor):
        raise NotPermitted()
    with run.job.upload.open("rb") as given:
        return tables.read(given)


def _moor(planned: list[Planned]) -> None:
    """A parent may stand further down in the file: now everybody is there."""
    codes = dict(Organisation.objects.values_list("code", "pk"))
    for plan in planned:
        parent = codes.get(plan.values.get("parent", ""))
        if plan.organisation is not None and parent is not None:
            Organisation.objects.filter(pk=plan.organisation.pk).exclude(parent=parent).update(parent=parent)


def _report(reading: Reading) -> dict[str, Any]:
    changed = len(reading.planned) - reading.new
    told = {"organisations_new": reading.new, "organisations_changed": changed, "organisations_same": reading.same}
    return {**told, "refused": reading.refused, "rows": reading.wrong[:MOST_ROWS], "ignored": reading.ignored}


def columns(table: Table) -> dict[int, str]:
    """Return the field of each column that is understood. Raises Invalid: no_column."""
    named = {_plain(name): column.name for column in COLUMNS for name in (column.name, *column.also)}
    for column in COLUMNS:
        for label in _labels(column.label):
            named.setdefault(_plain(label), column.name)
    meaning: dict[int, str] = {}
    for index, cell in enumerate(table.head):
        found = named.get(_plain(cell))
        if found is not None and found not in meaning.values():
            meaning[index] = found
    if "name_vi" not in meaning.values() and "code" not in meaning.values():
        raise Invalid(field="name_vi", reason="no_column")
    return meaning


def _labels(label: Any) -> list[str]:
    """The head may be in either language."""
    said = []
    for language in ("vi", "en"):
        with override(language):
            said.append(str(label))
    return said


def _plain(label: str) -> str:
    return " ".join(fold(label).replace("*", " ").replace(":", " ").replace("_", " ").split())


def read(table: Table, *, run: jobs.Running | None = None) -> Reading:
    """Read a table: what is to be written, what is so already, and what is wrong."""
    meaning, reading = columns(table), Reading()
    reading.ignored = [cell for index, cell in enumerate(table.head) if cell and index not in meaning]
    known = Known.load(also={_code_of(cells, meaning) for _number, cells in table.rows})
    seen: dict[object, int] = {}
    for done, (number, cells) in enumerate(table.rows, start=1):
        said = {meaning[index]: cell for index, cell in enumerate(cells) if index in meaning and cell}
        try:
            plan = _planned(number, said, known)
            first = seen.setdefault(plan.key, number)
            if first != number:
                raise Invalid(field="code", reason="same_organisation", row=first)
            if plan.organisation is not None and not changes(plan):
                reading.same += 1
            else:
                reading.planned.append(plan)
        except Refusal as refusal:
            reading.refused += 1
            reading.wrong += of_row(number, refusal)
        if run is not None:
            run.progress(done, len(table.rows))
    return reading


def _code_of(cells: list[str], meaning: Mapping[int, str]) -> str:
    return next((cells[index] for index, name in meaning.items() if name == "code" and index < len(cells)), "")


def _plainly(cell: str) -> str:
    """Without the apostrophe that keeps an exported cell from being a formula."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell


def _planned(number: int, said: Mapping[str, str], known: Known) -> Planned:
    """What is to become of a row. Raises Several with everything that is wrong with it."""
    values: dict[str, Any] = {}
    wrong: list[Refusal] = []
    for name, cell in said.items():
        try:
            values[name] = BY_NAME[name].read(name, _plainly(cell))
        except Refusal as refusal:
            wrong += each(refusal)
    for name, model, rows in (("sectors", Sector, known.sectors), ("needs", Skill, known.skills)):
        found = [rows.get(fold(word)) for word in values.get(name, [])]
        if None in found:
            wrong.append(Invalid(field=name, reason="unknown"))
        if name in values:
            values[name] = [row for row in found if isinstance(row, model)]
    organisation = known.find(values)
    wrong += known.objections(values, organisation)
    if wrong:
        raise Several(wrong)
    return Planned(number=number, organisation=organisation, values=values)

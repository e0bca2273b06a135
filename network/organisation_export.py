"""All organisations as a spreadsheet, for those who keep the directory: corrected, it can be brought back."""

from collections.abc import Iterator
from datetime import datetime
from tempfile import TemporaryFile
from typing import Any

from django.utils.translation import override

from network import jobs, permissions, tables
from network.models import Job, Organisation, Person
from network.organisation_columns import COLUMNS, cell
from network.organisation_import import ABOUT
from network.organisation_rows import FACTS
from network.refusals import NotPermitted

KIND = "organisations.export"


def ask(*, actor: Person, at: datetime, language: str = "vi") -> Job:
    """Have the file written; return the job. Raises NotPermitted."""
    if not permissions.may_import_organisations(actor):
        raise NotPermitted()
    return jobs.ask(kind=KIND, actor=actor, about=ABOUT, given={}, language=language, at=at)


@jobs.kind(KIND, admits=permissions.may_have_directory_job)
def export(run: jobs.Running) -> None:
    """Write a row for each organisation that was not merged into another, listed or not."""
    if not permissions.may_import_organisations(run.actor):
        raise NotPermitted()
    chosen = Organisation.objects.filter(merged_into=None)
    with TemporaryFile() as file, override(run.job.language):
        head = [str(column.label) for column in COLUMNS]
        tables.write_xlsx(file, title="organisations", head=head, rows=_rows(run, chosen.count()))
        run.finish(file=file, name="to-chuc.xlsx", report={"organisations": chosen.count()})


def _rows(run: jobs.Running, total: int) -> Iterator[list[Any]]:
    rows = Organisation.objects.filter(merged_into=None).select_related("parent", *FACTS)
    loaded = rows.prefetch_related("sectors", "needs").order_by("code")
    for done, row in enumerate(loaded.iterator(chunk_size=500), start=1):
        yield [cell(row, column) for column in COLUMNS]
        run.progress(done, total)

"""What jobs are called, and what their reports say, in the reader's language.

A kind of work is named in `KINDS`; the counts of its report in `COUNTS`, the columns of a file in `FIELDS`.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import F
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import QuestionVersion
from network.models import Job
from network.organisation_columns import BY_NAME as COLUMNS
from network.reports import retold
from network.wording import word

KINDS: dict[str, Any] = {
    "badges.print": gettext_lazy("Badges"),
    "certificates.issue": gettext_lazy("Certificates for everybody who came"),
    "certificates.print": gettext_lazy("Certificates in one file"),
    "attendees.export": gettext_lazy("Attendee list as a file"),
    "attendees.try_import": gettext_lazy("Trial of an import"),
    "attendees.bulk": gettext_lazy("Act on many registrations"),
    "attendees.import": gettext_lazy("Import of attendees"),
    "organisations.try_import": gettext_lazy("Trial of an import of organisations"),
    "organisations.import": gettext_lazy("Import of organisations"),
    "organisations.export": gettext_lazy("All organisations as a file"),
}
COUNTS: dict[str, Any] = {
    "people": gettext_lazy("Number of people"),
    "importable": gettext_lazy("Can be registered"),
    "registered": gettext_lazy("Registered"),
    "already_registered": gettext_lazy("Registered before, left as they are"),
    "refused": gettext_lazy("Rows refused"),
    "short": gettext_lazy("Places missing: so many will wait"),
    "organisations": gettext_lazy("Number of organisations"),
    "organisations_new": gettext_lazy("New organisations"),
    "organisations_changed": gettext_lazy("Organisations that change"),
    "organisations_same": gettext_lazy("Organisations that stay as they are"),
    "issued": gettext_lazy("Certificates issued"),
    "done": gettext_lazy("Done for"),
    "nameless": gettext_lazy("Names in letters that our type lacks: write these by hand"),
}
GIVEN: dict[str, dict[Any, Any]] = {
    "layout": {
        "A4": gettext_lazy("A4 sheets, eight badges of 90 × 60 mm each"),
        "LABEL_62X100": gettext_lazy("Labels of 62 × 100 mm"),
        "LABEL_89X36": gettext_lazy("Labels of 89 × 36 mm"),
    },
}
FIELDS: dict[str, Any] = {
    "full_name": gettext_lazy("Name"),
    "email": gettext_lazy("E-mail"),
    "phone": gettext_lazy("Phone"),
    "ticket_type": gettext_lazy("Ticket type"),
    "consents": gettext_lazy("Consent"),
}
ANSWER = "answers."
_ERRORS: Mapping[str, Any] = {
    "UNEXPECTED": gettext_lazy("Something went wrong on our side. It is written down; please try again later."),
    "WORKER_LOST": gettext_lazy("The work was interrupted too often and given up. Please ask for it anew."),
}


def name_of(job: Job) -> str:
    """What the work is called."""
    return str(KINDS.get(job.kind, job.kind))


def asked(job: Job) -> list[str]:
    """What was chosen when it was asked for, as far as people would say it."""
    chosen = [GIVEN[name].get(value, "") for name, value in job.given.items() if name in GIVEN]
    return [str(words) for words in chosen if words]


def progress(job: Job) -> str:
    """How far it is, in numbers: "1.200 / 3.000"."""
    if job.status == Job.Status.QUEUED:
        return _("Waiting for its turn")
    if not job.total:
        return _("Running")
    return f"{number(job.done)} / {number(job.total)}"


def number(value: int) -> str:
    """A number as people here write it."""
    return number_format(value, use_l10n=True, force_grouping=True)


def counts(job: Job) -> Iterator[tuple[str, str]]:
    """What the report counts."""
    for name, value in job.report.items():
        if isinstance(value, int) and name in COUNTS:
            yield str(COUNTS[name]), number(value)


def problems(job: Job) -> list[str]:
    """Why it was not done."""
    said = [word(retold(entry)) for entry in job.report.get("refusals", [])]
    if "error" in job.report:
        said.append(str(_ERRORS.get(job.report["error"], job.report["error"])))
    return said


def rows(job: Job) -> Iterator[tuple[int, str, str]]:
    """What was wrong with single rows of a file: number, column, words."""
    told = [(entry["row"], retold(entry)) for entry in job.report.get("rows", [])]
    asked = questions({refusal.field for _row, refusal in told})
    for row, refusal in told:
        yield row, str(asked.get(refusal.field) or _column(refusal.field)), word(refusal)


def _column(field: str) -> Any:
    """What a column of a file is called: of people, or of organisations."""
    return FIELDS.get(field) or (COLUMNS[field].label if field in COLUMNS else field)


def questions(fields: Iterable[str]) -> dict[str, str]:
    """What the questions ask that fields like `answers.12` stand for."""
    numbers = [field.removeprefix(ANSWER) for field in fields if field.startswith(ANSWER)]
    versions = QuestionVersion.objects.filter(question__in=numbers, number=F("question__version"))
    return {f"{ANSWER}{version.question_id}": version.label for version in versions}

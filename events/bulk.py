"""One act on many registrations: on those picked, or on all that a filter finds."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from events import approval, attendees, desk, payments, permissions, registration
from events.attendees import Wanted
from events.desk import Outcome
from events.models import Registration
from events.refusals import AudienceChanged
from network import jobs
from network.models import Person
from network.refusals import Invalid, NotPermitted
from network.reports import MOST_ROWS, of_row

KIND = "attendees.bulk"
MOST_AT_ONCE = 200
"""More than that is done by the worker."""

Act = Callable[..., object]
ACTS: Mapping[str, Act] = {
    "approve": approval.approve,
    "approve-or-wait": partial(approval.approve, waits=True),
    "reject": approval.reject,
    "cancel": registration.cancel,
    "move": desk.move,
    "receive": payments.receive,
    "resend": desk.resend,
}


def perform(
    *,
    event_id: int,
    act: str,
    wanted: Wanted,
    expected: int,
    actor: Person,
    at: datetime,
    told: Callable[[int, int], None] = lambda done, total: None,
    **stated: Any,
) -> Outcome:
    """Do `act` (one of ACTS) to each registration that is asked for, in the order of their numbers.

    Each is a transaction of its own: one refusal stops nobody else's. `stated` goes to the act (`ticket_type_id` of a
    move); `told(done, total)` hears how far it is. Raises NotPermitted, Invalid at `act` (unknown), and AudienceChanged
    if the group is not as large as `expected`, which the actor confirmed.
    """
    if not permissions.may_run_desk(actor, event_id):
        raise NotPermitted()
    if act not in ACTS:
        raise Invalid(field="act", reason="unknown")
    rows = attendees.found(event_id=event_id, wanted=wanted)
    ids = list(rows.order_by("number").values_list("pk", flat=True))
    if len(ids) != expected:
        raise AudienceChanged(expected=expected, recipients=len(ids))
    counted = iter(range(1, len(ids) + 1))

    def each(registration_id: int) -> None:
        told(next(counted), len(ids))
        ACTS[act](registration_id=registration_id, actor=actor, at=at, **stated)

    return desk.many(each, ids)


def report(outcome: Outcome) -> dict[str, Any]:
    """Return an outcome as a job reports it: how many were done, and each refusal by its registration's number."""
    refused = [registration_id for registration_id, _refusal in outcome.refused]
    numbers = dict(Registration.objects.filter(pk__in=refused).values_list("pk", "number"))
    rows = [row for pk, refusal in outcome.refused if pk in numbers for row in of_row(numbers[pk], refusal)]
    return {"done": outcome.done, "refused": len(refused), "rows": rows[:MOST_ROWS]}


@jobs.kind(KIND, is_repeatable=False, admits=permissions.may_have_job)
def _perform_job(run: jobs.Running) -> None:
    given = dict(run.given)
    wanted = Wanted.from_json(given.pop("wanted"))
    outcome = perform(wanted=wanted, actor=run.actor, at=run.job.queued_at, told=run.progress, **given)
    run.finish(report=report(outcome))

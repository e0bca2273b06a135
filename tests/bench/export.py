"""How long an attendee list of 10,000 takes to become a file, and how much memory the worker needs for it (SQLite).

    .venv/bin/python -m tests.bench.export [--registrations 10000] [--form xlsx|csv]

Goals: 10 seconds and 100 MB beyond what the process held before.
"""

import argparse
import logging
import os
import resource
import tempfile
import time


def main() -> None:
    """Make an event with so many people, export its list by a worker, print seconds and megabytes."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--registrations", type=int, default=10_000)
    options.add_argument("--form", choices=["xlsx", "csv"], default="xlsx")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        # Set before Django is: the data is made in a database of its own.
        os.environ.update(VAR_DIR=folder, DEMO="true", DJANGO_SETTINGS_MODULE="config.settings")
        os.environ.pop("DATABASE_URL", None)
        event_id, actor_id = _prepare(chosen.registrations)
        before, started = _megabytes(), time.perf_counter()
        rows, size = _export(event_id, actor_id, chosen.form)
        took = time.perf_counter() - started
        print(f"{chosen.form}: {rows} registrations, {size / 1e6:.1f} MB file, {took:.1f} s, "
              f"{_megabytes() - before:.0f} MB more memory at its highest")  # fmt: skip


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _prepare(registrations: int) -> tuple[int, int]:
    import django  # inline: only after the environment is set

    django.setup()
    from django.core.management import call_command  # inline: as above

    from cms.groups import ensure_groups  # inline: as above
    from cms.tree import ensure_tree  # inline: as above
    from tests.cms.desk import crowd, desk_of, organiser_of  # inline: as above

    logging.disable(logging.INFO)
    call_command("migrate", verbosity=0)
    ensure_groups()
    ensure_tree()
    desk = desk_of(capacity=None)
    crowd(desk, registrations)
    return desk.event.pk, organiser_of(desk.event).pk


def _export(event_id: int, actor_id: int, form: str) -> tuple[int, int]:
    from django.utils import timezone  # inline: only after Django is set up

    from events import attendee_export  # inline: as above
    from events.attendees import Wanted  # inline: as above
    from network import worker  # inline: as above
    from network.models import Job, Person  # inline: as above

    now, actor = timezone.now(), Person.objects.get(pk=actor_id)
    asked = attendee_export.ask(event_id=event_id, wanted=Wanted(), form=form, actor=actor, at=now)
    worker.run_due(at=now)
    done = Job.objects.get(pk=asked.pk)
    assert done.status == Job.Status.DONE, done.report
    return done.report["people"], done.result.size


if __name__ == "__main__":
    main()

"""How long suggestions take in a directory of 20,000 organisations and 50,000 people.

    .venv/bin/python -m tests.bench.suggestions [--people 50000] [--organisations 20000] [--times 20]

In a database of its own (SQLite, or what DATABASE_URL names). Prints the median, p95 and the SQL statements of each
kind; absolute figures are the machine's.
"""

import argparse
import os
import random
import statistics
import tempfile
import time
from typing import Any


def main() -> None:
    """Fill a directory, ask, print a table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=50_000)
    options.add_argument("--organisations", type=int, default=20_000)
    options.add_argument("--times", type=int, default=20)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(VAR_DIR=folder, DEMO="true", DJANGO_SETTINGS_MODULE="config.settings")
        import django  # inline: only after the environment is set
        from django.core.management import call_command  # inline: as above

        django.setup()
        call_command("migrate", verbosity=0)
        _fill(chosen.people, chosen.organisations)
        print(f"{'suggested':<10}{'for':<10}{'median ms':>10}{'p95':>8}{'statements':>12}{'found':>7}")
        for kind, entry, viewer in _asked():
            took, statements, found = _measure(kind, entry, viewer, chosen.times)
            p95 = sorted(took)[int(len(took) * 0.95)]
            name = type(entry).__name__.lower()
            print(f"{kind:<10}{name:<10.9}{statistics.median(took):>10.0f}{p95:>8.0f}{statements:>12}{found:>7}")


def _fill(people: int, organisations: int) -> None:
    from network.models import FundFacts, Organisation, Person, Profile, Role, Sector, Skill, StartupFacts  # inline

    chance = random.Random(47)
    for code in range(9):
        Sector.objects.get_or_create(code=f"s{code}", defaults={"name_vi": f"Lĩnh vực {code}"})
    Skill.objects.bulk_create(Skill(code=f"k{code}", name_vi=f"Kỹ năng {code}") for code in range(40))
    sectors, skills = list(Sector.objects.all()), list(Skill.objects.all())
    Person.objects.bulk_create(
        [Person(email=f"p{n}@example.org", full_name=f"Nguyễn Văn {n}") for n in range(people)], batch_size=5000
    )
    Profile.objects.bulk_create(
        [
            Profile(person_id=pk, slug=f"p{pk}", headline_vi="Cố vấn", is_listed=True, search_text="")
            for pk in Person.objects.values_list("pk", flat=True)
        ],
        batch_size=5000,
    )
    profiles = list(Profile.objects.values_list("pk", flat=True))
    Role.objects.bulk_create([Role(profile_id=pk, kind="MENTOR") for pk in profiles[::3]], batch_size=5000)
    kinds = ["STARTUP", "STARTUP", "VENTURE_FUND", "ENTERPRISE", "UNIVERSITY_CLUB"]
    Organisation.objects.bulk_create(
        [
            Organisation(code=f"o{n}", slug=f"o{n}", kind=kinds[n % 5], name_vi=f"Tổ chức {n}", search_text="")
            for n in range(organisations)
        ],
        batch_size=5000,
    )
    rows = list(Organisation.objects.values_list("pk", "kind"))
    _through(Profile.skills.through, "profile_id", "skill_id", profiles, skills, 3, chance)
    _through(Profile.sectors.through, "profile_id", "sector_id", profiles, sectors, 2, chance)
    numbers = [pk for pk, _kind in rows]
    _through(Organisation.sectors.through, "organisation_id", "sector_id", numbers, sectors, 2, chance)
    startups = [pk for pk, kind in rows if kind == "STARTUP"]
    _through(Organisation.needs.through, "organisation_id", "skill_id", startups, skills, 3, chance)
    stages = ["PRE_SEED", "SEED", "SERIES_A", "GROWTH"]
    StartupFacts.objects.bulk_create(
        [StartupFacts(organisation_id=pk, stage=chance.choice(stages)) for pk in startups], batch_size=5000
    )
    funds = [pk for pk, kind in rows if kind == "VENTURE_FUND"]
    FundFacts.objects.bulk_create([FundFacts(organisation_id=pk, stages=chance.sample(stages, 2)) for pk in funds])


def _through(model: Any, left: str, right: str, rows: Any, choices: Any, many: int, chance: random.Random) -> None:
    model.objects.bulk_create(
        [model(**{left: pk, right: each.pk}) for pk in rows for each in chance.sample(choices, many)], batch_size=5000
    )


def _asked() -> list[tuple[str, Any, Any]]:
    from network.models import Membership, Organisation, Person, Profile  # inline: after Django is set up

    profile = Profile.objects.select_related("person").filter(roles__kind="MENTOR").first()
    startup, fund = (Organisation.objects.filter(kind=kind).first() for kind in ("STARTUP", "VENTURE_FUND"))
    owner = Person.objects.last()
    for row in (startup, fund):
        Membership.objects.create(person=owner, organisation=row, role="OWNER")
    assert profile is not None
    return [
        ("MENTORS", startup, owner),
        ("FUNDS", startup, owner),
        ("STARTUPS", fund, owner),
        ("STARTUPS", profile, profile.person),
    ]


def _measure(kind: str, entry: Any, viewer: Any, times: int) -> tuple[list[float], int, int]:
    from django.db import connection, reset_queries  # inline: after Django is set up
    from django.test.utils import CaptureQueriesContext  # inline: as above

    from network.suggestions.suggesting import suggest  # inline: as above
    from network.suggestions.wording import because  # inline: as above

    took, found = [], []
    with CaptureQueriesContext(connection) as caught:
        suggest(entry=type(entry).objects.get(pk=entry.pk), kind=kind, viewer=viewer)
    reset_queries()
    for _time in range(times):
        fresh = type(entry).objects.get(pk=entry.pk)
        began = time.perf_counter()
        found = suggest(entry=fresh, kind=kind, viewer=viewer)
        [because(reason, kind) for each in found for reason in each.reasons]
        took.append((time.perf_counter() - began) * 1000)
    return took, len(caught) - 1, len(found)


if __name__ == "__main__":
    main()

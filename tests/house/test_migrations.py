"""Models and migrations say the same."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

pytestmark = pytest.mark.django_db


def test_every_model_change_has_its_migration() -> None:
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)


def test_no_two_migrations_claim_to_be_the_last() -> None:
    assert MigrationLoader(connection).detect_conflicts() == {}

"""`manage.py schema_snapshot`: the schema as a file, whose diff is the review of an API change."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from graphql import print_schema

from api.schema import schema

SNAPSHOT = Path(__file__).resolve().parents[2] / "schema.graphql"


class Command(BaseCommand):
    help = "Write api/schema.graphql, or (--check) fail if it is not what the code says."

    def add_arguments(self, parser: CommandParser) -> None:
        """--check."""
        parser.add_argument("--check", action="store_true", help="Write nothing; fail if the file is stale.")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        """Write or compare."""
        current = print_schema(schema.graphql_schema) + "\n"
        if not check:
            SNAPSHOT.write_text(current)
        elif not SNAPSHOT.exists() or SNAPSHOT.read_text() != current:
            raise CommandError("api/schema.graphql is stale. Run: .venv/bin/python manage.py schema_snapshot")

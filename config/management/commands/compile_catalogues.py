"""`manage.py compile_catalogues`: after an edit of a django.po."""

from typing import Any

from django.core.management.base import BaseCommand

from config.bootstrap import catalogues
from config.bootstrap.places import ROOT


class Command(BaseCommand):
    help = "Compile the translations that changed (no gettext binary needed)."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        for source in catalogues.compile_stale():
            self.stdout.write(f"compiled {source.relative_to(ROOT)}")

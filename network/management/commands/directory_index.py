"""`manage.py directory_index`: read every entry of the directory into the index of the search anew."""

from typing import Any

from django.core.management.base import BaseCommand

from network.directory import index


class Command(BaseCommand):
    help = "Read every entry of the directory into the index of the search anew; what is true already stays as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{index.rebuild()} changed")

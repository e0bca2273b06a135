"""Places where the demo's events are held."""

from config.demo.sources import read
from events.models import Venue


def load() -> None:
    """Write the places that are missing."""
    known = set(Venue.objects.values_list("code", flat=True))
    for row in read("venues"):
        if row["code"] not in known:
            Venue.objects.create(
                code=row["code"], name_vi=row["vi"], name_en=row["en"], street=row["street"], ward=row["ward"]
            )

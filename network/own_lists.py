"""What somebody keeps of the directory: the lists that they saved."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from network.models import Person, SavedEntry, SavedList
from network.own_data import Erasure, Row, section


def _lists(person: Person) -> Iterator[Row]:
    for held in SavedList.objects.filter(person=person).prefetch_related("entries__organisation", "entries__profile"):
        yield {
            "name": held.name,
            "entries": ", ".join(str(entry) for entry in held.entries.all()),
            "shared": held.secret is not None,
            "created_at": held.created_at,
        }


def _erase(erasure: Erasure) -> None:
    SavedList.objects.filter(person=erasure.person).delete()


section(
    "saved_lists",
    rank=1,
    title=_("Lists you saved"),
    columns={
        "name": _("Name"),
        "entries": _("On the list"),
        "shared": _("Read by whoever has its link"),
        "created_at": _("Made"),
    },
    models=(SavedList, SavedEntry),
    collect=_lists,
    erase=_erase,
)

"""Changes of entries that name somebody: of their own, of an organisation's, and one that they decided."""

from typing import Protocol
from uuid import uuid4

from django.core.files.base import ContentFile

from network.files import private
from network.models import Change, Person, Profile
from tests.factories import NOW, OrganisationFactory, PersonFactory, ProfileFactory


class Bed(Protocol):
    """Where values are planted (`tests.network.planted`)."""

    person: Person

    def value(self, where: str) -> str: ...


def plant_changes(planted: Bed, profile: Profile) -> None:
    """Of their own entry with a photo that waits; of an organisation's; and one that they decided."""
    photo = f"{uuid4()}.webp"
    private().save(f"entries/profile-{profile.pk}/{photo}", ContentFile(planted.value("waiting_photo").encode()))
    values = {
        "photo": {"old": {"photo": ""}, "new": {"photo": photo}},
        "bio": {"old": {"bio_vi": planted.value("was_said")}, "new": {"bio_vi": planted.value("to_be_said")}},
    }
    decisions = {"bio": {"decision": "REJECTED", "note": planted.value("noted")}}
    by = {"author": planted.person, "made_at": NOW, "amended_at": NOW}
    Change.objects.create(
        profile=profile, values=values, decisions=decisions, words=planted.value("reviewed"), state="RETURNED", **by
    )
    told = {"old": {"contact_email": ""}, "new": {"contact_email": planted.person.email}}
    club = OrganisationFactory.create()
    Change.objects.create(organisation=club, values={"contact_email": told}, words=planted.value("told_editor"), **by)
    Change.objects.create(
        profile=ProfileFactory.create(), author=PersonFactory.create(), made_at=NOW, amended_at=NOW,
        reviewer=planted.person, words=f"Gọi {planted.person.phone}",
    )  # fmt: skip

"""The index of the directory: what is found, what never is, and that nothing is forgotten."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from network import consents, erasure, profiles
from network.consents import Purpose
from network.directory import finding, index
from network.models import DirectoryEntry, Organisation, StartupFacts
from tests.factories import NOW, OrganisationFactory, ProfileFactory, SectorFactory

pytestmark = pytest.mark.django_db


def organisations(search: str = "", **chosen: list[str]) -> list[str]:
    found = finding.find_organisations(search=search, chosen=chosen)
    return list(Organisation.objects.filter(pk__in=found.ids()).values_list("code", flat=True))


def test_an_entry_is_found_once_the_index_has_read_it() -> None:
    row = OrganisationFactory.create(name_vi="Quỹ Buồm Nâu", code="brown-sail")
    Organisation.objects.filter(pk=row.pk).update(name_vi="Quỹ Cầu Tàu", name="Quỹ Cầu Tàu")
    assert organisations("buom nau") == ["brown-sail"]
    assert index.refresh(organisations=[row.pk]) == 1
    assert organisations("buom nau") == []
    assert organisations("cau tau") == ["brown-sail"]
    assert index.refresh(organisations=[row.pk]) == 0


def test_an_entry_that_is_hidden_is_found_no_longer_and_leaves_no_words() -> None:
    row = OrganisationFactory.create(name_vi="Quỹ Buồm Nâu", code="brown-sail")
    Organisation.objects.filter(pk=row.pk).update(is_listed=False)
    index.refresh(organisations=[row.pk])
    assert organisations() == []
    assert DirectoryEntry.objects.get().facts == ""


def test_what_is_not_public_is_neither_a_word_nor_a_facet() -> None:
    row = OrganisationFactory.create(
        code="neo", description_vi="Cảm biến ngầm", street="9 Bến Bính", contact_email="zinq@neo.example"
    )
    StartupFacts.objects.create(organisation=row, raises_now=True, products_vi="Phao thông minh", stage="SEED")
    index.refresh(organisations=[row.pk])
    assert organisations("cam bien ngam") == ["neo"]
    assert organisations(raising=["1"]) == []
    row.visibility = {"description": "MEMBERS", "products": "STAFF", "raises_now": "PUBLIC"}
    row.save()
    index.refresh(organisations=[row.pk])
    for hidden in ("ngam", "phao", "zinq"):
        assert hidden not in DirectoryEntry.objects.get().facts
    assert organisations(raising=["1"]) == ["neo"]
    assert organisations(stage=["SEED"]) == ["neo"]


def test_the_chore_reads_what_was_written_past_the_rules() -> None:
    now = timezone.now() + timedelta(minutes=5)
    row, gone = OrganisationFactory.create(code="neo"), OrganisationFactory.create(code="gone")
    profile = ProfileFactory.create(person__full_name="Bùi Thị Lan Hương")
    DirectoryEntry.objects.all().update(read_at=now)
    row.name_vi = "Mỏ Neo"
    row.save()
    assert index.catch_up(at=now) == 0
    DirectoryEntry.objects.all().update(read_at=row.updated_at - timedelta(hours=1))
    gone.delete()
    profile.person.is_active = False
    profile.person.save()
    assert index.catch_up(at=now) == 3
    assert organisations("mo neo") == ["neo"]
    assert finding.find_people(search="lan huong").ids() == []
    assert finding.find_organisations().ids() == [row.pk]


def test_a_renamed_field_of_work_is_read_at_night() -> None:
    row, sector = OrganisationFactory.create(code="neo"), SectorFactory.create(name_vi="Biển", code="sea")
    row.sectors.set([sector])
    assert index.verify(at=NOW) == 1
    sector.name_vi = "Đại dương"
    sector.save()
    assert index.verify(at=NOW) == 1
    assert organisations("dai duong") == ["neo"]
    assert index.verify(at=NOW) == 0


def test_what_was_rolled_back_was_never_told() -> None:
    row = OrganisationFactory.create(name_vi="Quỹ Buồm Nâu", code="brown-sail")
    assert organisations("buom nau") == ["brown-sail"]
    with transaction.atomic():
        Organisation.objects.filter(pk=row.pk).update(is_listed=False)
        index.refresh(organisations=[row.pk])
        transaction.set_rollback(True)
    assert organisations("buom nau") == ["brown-sail"]


def test_who_leaves_the_directory_is_found_no_longer() -> None:
    profile = ProfileFactory.create(person__full_name="Bùi Thị Lan Hương")
    assert finding.find_people(search="huong").ids() == [profile.pk]
    consents.withdraw(person=profile.person, purpose=Purpose.DIRECTORY, at=NOW)
    assert finding.find_people(search="huong").ids() == []


def test_who_corrects_their_name_is_found_by_it() -> None:
    profile = ProfileFactory.create(person__full_name="Bùi Thị Lan Hương")
    profiles.correct(person=profile.person, full_name="Bùi Thị Thu Hương", phone="", language="vi", at=NOW)
    assert finding.find_people(search="thu huong").ids() == [profile.pk]
    assert finding.find_people(search="lan huong").how != "words"


def test_who_is_erased_leaves_no_words() -> None:
    profile = ProfileFactory.create(person__full_name="Bùi Thị Lan Hương")
    erasure.erase(person_id=profile.person_id, actor=profile.person, at=NOW)
    assert finding.find_people(search="huong").ids() == []
    assert [entry.facts for entry in DirectoryEntry.objects.filter(kind="PROFILE")] == [""]

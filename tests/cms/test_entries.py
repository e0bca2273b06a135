"""What is saved in the admin is found at once."""

import pytest
from django.test import Client
from django.urls import reverse

from network.directory import finding, index
from network.models import Organisation, Sector
from tests.factories import OrganisationFactory, PersonFactory, SectorFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper() -> Client:
    client = Client()
    client.force_login(PersonFactory.create(is_staff=True, is_superuser=True))
    return client


def test_a_renamed_sector_is_found_at_once(keeper: Client) -> None:
    row, sector = OrganisationFactory.create(), SectorFactory.create(code="sea", name_vi="Biển", name_en="Sea")
    row.sectors.set([sector])
    index.refresh(organisations=[row.pk])
    sent = {"name_vi": "Đại dương", "name_en": "Ocean", "code": "sea", "order": "0"}
    answer = keeper.post(reverse("sector:edit", args=[sector.pk]), sent)
    assert answer.status_code == 302
    assert finding.find_organisations(search="dai duong").ids() == [row.pk]
    assert Sector.objects.get().name_vi == "Đại dương"


def test_a_deleted_organisation_is_found_no_longer(keeper: Client) -> None:
    row = OrganisationFactory.create(name_vi="Neo Cảm Biến")
    assert finding.find_organisations(search="neo").ids() == [row.pk]
    assert keeper.post(reverse("organisation:delete", args=[row.pk])).status_code == 302
    assert Organisation.objects.count() == 0
    assert finding.find_organisations(search="neo").ids() == []

"""The keepers' pages: applications, claims, codes, entries in double and stale."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from network.joining import applications, claims
from network.models import Claim, ClaimCode, Membership, Organisation, Person, Profile
from tests.factories import OrganisationFactory, PersonFactory, SectorFactory
from tests.network.joining_scenes import keeper, owner_of, unowned

pytestmark = pytest.mark.django_db


@pytest.fixture
def door() -> Client:
    """A keeper's browser."""
    person = keeper()
    person.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client = Client()
    client.force_login(Person.objects.get(pk=person.pk))
    return client


def applied(kind: str = "MENTOR"):
    sector = SectorFactory.create()
    facts = {"headline": "Mười năm làm cảng", "helps_with": "Bán hàng", "sectors": [sector.code]}
    return applications.submit(kind=kind, given=facts, actor=PersonFactory.create(), at=timezone.now())


def asked(entry: Organisation) -> Claim:
    return claims.ask(entry=entry, note="Tôi là giám đốc", actor=PersonFactory.create(), at=timezone.now())


def pages() -> list[str]:
    first, second = OrganisationFactory.create(), OrganisationFactory.create()
    return [
        reverse("applications:index"),
        reverse("applications:read", args=[applied().pk]),
        reverse("claims:index"),
        reverse("claims:codes"),
        reverse("claims:decide", args=[asked(unowned()).pk]),
        reverse("upkeep:index"),
        reverse("upkeep:merge", args=[first.pk, second.pk]),
    ]


def test_every_page_opens_for_keepers(door: Client) -> None:
    assert [door.get(page).status_code for page in pages()] == [200] * 7


def test_nobody_else_enters(client: Client, organiser: Person) -> None:
    """Not even others who work in the newsroom."""
    client.force_login(organiser)
    for page in pages():
        assert client.get(page).status_code == 302, page
        assert client.post(page, {"act": "merge"}).status_code == 302
    assert Organisation.objects.filter(merged_into__isnull=False).count() == 0


def test_an_application_is_taken_up_asked_about_and_accepted(door: Client) -> None:
    row = applied()
    page = reverse("applications:read", args=[row.pk])
    assert "Mười năm làm cảng" in door.get(page).content.decode()
    door.post(page, {"act": "take_up"})
    refused = door.post(page, {"act": "send_back", "words": " "})
    assert "Mời bạn điền vào đây." in refused.content.decode()
    row.refresh_from_db()
    assert row.status == "IN_REVIEW"
    door.post(page, {"act": "accept", "words": "Hẹn gặp ở quán cà phê."})
    row.refresh_from_db()
    assert (row.status, row.words) == ("ACCEPTED", "Hẹn gặp ở quán cà phê.")
    assert Profile.objects.get(person=row.person).roles.get().kind == "MENTOR"


def test_an_application_is_rejected_with_words(door: Client) -> None:
    row = applied()
    door.post(reverse("applications:read", args=[row.pk]), {"act": "reject", "words": "Chưa đủ."})
    row.refresh_from_db()
    assert (row.status, row.words) == ("REJECTED", "Chưa đủ.")


@pytest.mark.parametrize(("act", "left"), [("grant", "OWNER"), ("replace", "MEMBER")])
def test_a_claim_is_granted_beside_or_instead(door: Client, act: str, left: str) -> None:
    entry = unowned()
    owner = owner_of(entry)
    row = asked(entry)
    door.post(reverse("claims:decide", args=[row.pk]), {"act": act})
    roles = {place.person: place.role for place in Membership.objects.filter(organisation=entry)}
    assert roles == {owner: left, row.person: "OWNER"}


def test_a_claim_is_refused_with_words(door: Client) -> None:
    row = asked(unowned())
    page = reverse("claims:decide", args=[row.pk])
    door.post(page, {"act": "refuse", "words": ""})
    row.refresh_from_db()
    assert row.status == "WAITING"
    door.post(page, {"act": "refuse", "words": "Không đúng số."})
    row.refresh_from_db()
    assert (row.status, row.words) == ("REFUSED", "Không đúng số.")


def test_a_code_is_shown_once_and_works(door: Client) -> None:
    entry, page = unowned(slug="cang-xanh"), reverse("claims:codes")
    assert door.post(page, {"slug": "khong-co"}).context["errors"] != []
    assert ClaimCode.objects.count() == 0
    made = door.post(page, {"slug": "https://example.org/mang-luoi/cang-xanh/", "note": "anh Bình"}).content.decode()
    found = re.search(r"\b[B-Z]{4}-[B-Z]{4}-[B-Z]{4}\b", made)
    assert found is not None
    assert found[0] not in door.get(page).content.decode()
    claims.confirm(entry=entry, code=found[0], actor=PersonFactory.create(), at=timezone.now())
    assert Membership.objects.get(organisation=entry).role == "OWNER"


def test_pairs_are_compared_and_merged(door: Client) -> None:
    kept = OrganisationFactory.create(name_vi="Cảng Xanh", name_en="Green")
    absorbed = OrganisationFactory.create(name_vi="Công ty TNHH Cảng Xanh", name_en="Verdant")
    owner_of(absorbed)
    page = reverse("upkeep:merge", args=[kept.pk, absorbed.pk])
    assert page in door.get(reverse("upkeep:index")).content.decode()
    assert "1 × thành viên" in door.get(page).content.decode()
    absorbed.refresh_from_db()
    assert absorbed.merged_into is None
    door.post(page, {"act": "merge"})
    absorbed.refresh_from_db()
    assert absorbed.merged_into == kept
    assert Membership.objects.get().organisation == kept


def test_a_stale_entry_without_an_owner_is_confirmed(door: Client) -> None:
    row = OrganisationFactory.create(name_vi="Kho Vàng", confirmed_at=timezone.now() - timedelta(days=400))
    page = reverse("upkeep:index")
    assert "Kho Vàng" in door.get(page).content.decode()
    door.post(page, {"act": "confirm", "organisation": row.pk})
    row.refresh_from_db()
    assert timezone.now() - row.confirmed_at < timedelta(minutes=1)

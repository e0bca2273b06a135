"""The directory: organisations and mentors, found without accents."""

from collections.abc import Callable

import pytest
from django.test import Client

from network.directory import index
from network.models import Membership, Organisation, Profile
from tests.factories import OrganisationFactory, PersonFactory, ProfileFactory, SectorFactory, open_event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def names(client: Client, path: str) -> list[str]:
    return [str(row) for row in client.get(path).context["page_obj"]]


@pytest.fixture
def quay() -> dict[str, Organisation]:
    """Two startups and a fund; one startup works in energy."""
    energy = SectorFactory.create(code="nang-luong")
    wind = OrganisationFactory.create(name_vi="Gió Đồ Sơn", slug="gio-do-son")
    wind.sectors.add(energy)
    index.refresh(organisations=[wind.pk])
    OrganisationFactory.create(name_vi="Bến Đá")
    OrganisationFactory.create(name_vi="Quỹ Sóng", kind=Organisation.Kind.VENTURE_FUND)
    OrganisationFactory.create(name_vi="Ẩn Danh", slug="an-danh", is_listed=False)
    return {"wind": wind}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Bến Đá", "Gió Đồ Sơn", "Quỹ Sóng"]),
        ("?q=gio+do", ["Gió Đồ Sơn"]),
        ("?kind=VENTURE_FUND", ["Quỹ Sóng"]),
        ("?kind=VENTURE_FUND&sector=nang-luong", []),
        ("?sector=nang-luong", ["Gió Đồ Sơn"]),
        ("?kind=%27&sector=khong-co", ["Bến Đá", "Gió Đồ Sơn", "Quỹ Sóng"]),
    ],
)
def test_organisations_are_narrowed(client: Client, quay: object, query: str, found: list[str]) -> None:
    assert names(client, f"/mang-luoi/{query}") == found


def test_each_kind_says_how_many_it_holds(client: Client, quay: object) -> None:
    chips = client.get("/mang-luoi/?q=so").context["kinds"]
    assert [(chip["label"], chip["count"], chip["url"]) for chip in chips] == [
        ("Tất cả", 2, "?q=so"),
        ("Quỹ đầu tư mạo hiểm", 1, "?q=so&kind=VENTURE_FUND"),
        ("Doanh nghiệp KNST", 1, "?q=so&kind=STARTUP"),
    ]


def test_an_organisation_with_all_that_belongs_to_it(client: Client, quay: dict[str, Organisation]) -> None:
    wind = quay["wind"]
    OrganisationFactory.create(name_vi="Trạm đo", parent=wind)
    shown = ProfileFactory.create(person__full_name="Vũ Thị Men").person
    Membership.objects.create(person=shown, organisation=wind, is_public=True, title="Giám đốc")
    hidden = PersonFactory.create(full_name="Người Kín Đáo")
    Membership.objects.create(person=hidden, organisation=wind)
    event = open_event(organiser_id=wind.pk)
    body = client.get("/mang-luoi/gio-do-son/").content.decode()
    for said in ("Trạm đo", "Vũ Thị Men", "Giám đốc", event.code):
        assert said in body
    assert "Người Kín Đáo" not in body
    assert client.get("/mang-luoi/an-danh/").status_code == 404


@pytest.fixture
def mentors() -> Profile:
    """Two listed ones, one who does not want to be found."""
    listed = ProfileFactory.create(person__full_name="Phạm Thu Hà", slug="pham-thu-ha", languages="vi,de")
    listed.sectors.add(SectorFactory.create(code="bien"))
    index.refresh(profiles=[listed.pk])
    ProfileFactory.create(person__full_name="Nguyễn Văn Ẩn")
    ProfileFactory.create(person__full_name="Không Hiện", slug="khong-hien", is_listed=False)
    return listed


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Nguyễn Văn Ẩn", "Phạm Thu Hà"]),
        ("?q=pham+thu", ["Phạm Thu Hà"]),
        ("?sector=bien", ["Phạm Thu Hà"]),
        ("?q=khong+hien", []),
    ],
)
def test_mentors_are_found(client: Client, mentors: object, query: str, found: list[str]) -> None:
    assert names(client, f"/co-van/{query}") == found


def test_a_mentor_in_their_own_words(client: Client, mentors: object) -> None:
    body = client.get("/co-van/pham-thu-ha/").content.decode()
    assert "Mười năm bán phần mềm cho nhà máy" in body
    assert "Tiếng Việt, Tiếng Đức" in body
    assert "/ho-so/" not in body
    assert "Ten years of selling software to factories" in client.get("/en/co-van/pham-thu-ha/").content.decode()
    assert client.get("/co-van/khong-hien/").status_code == 404


def test_statements_do_not_grow(client: Client, statements: Callable[..., int]) -> None:
    def moor(slug: str) -> Organisation:
        organisation = OrganisationFactory.create(slug=slug)
        organisation.sectors.add(SectorFactory.create())
        mentor = ProfileFactory.create(slug=slug)
        mentor.sectors.add(SectorFactory.create())
        Membership.objects.create(person=mentor.person, organisation=organisation, is_public=True)
        return organisation

    first = moor("dau-tien")
    open_event(organiser_id=first.pk)
    paths = ("/mang-luoi/", "/mang-luoi/dau-tien/", "/co-van/", "/co-van/dau-tien/")
    at_one = [statements(client, path) for path in paths]
    for slug in ("thu-hai", "thu-ba"):
        other = moor(slug)
        other.parent = first
        other.save()
        Membership.objects.create(person=PersonFactory.create(), organisation=first, is_public=True)
    assert [statements(client, path) for path in paths] == at_one
    assert max(at_one) <= 15

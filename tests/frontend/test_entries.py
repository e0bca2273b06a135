"""The pages of organisations and people: what each kind has, whom it has to do with, and who sees what."""

import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from network.models import (
    CentreFacts,
    ClubFacts,
    FundFacts,
    FundingRound,
    IntellectualProperty,
    Membership,
    Organisation,
    Relationship,
    Skill,
    StartupFacts,
)
from tests.factories import NOW, OrganisationFactory, PersonFactory, ProfileFactory, SectorFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())


def neo(**fields: Any) -> Organisation:
    """A startup with everything that a startup may have."""
    startup = OrganisationFactory.create(
        slug="neo", name_vi="Neo Cảm Biến", latitude=20.85, longitude=106.76, ward="phường Đông Hải", **fields
    )
    StartupFacts.objects.create(
        organisation=startup, stage="SEED", team_size=19, raises_now=True, products_vi="Nút cảm biến\nBảng theo dõi"
    )
    raised = {"startup": startup, "announced_on": date(2025, 6, 12), "source_url": "https://tin.example/neo"}
    FundingRound.objects.create(stage="SEED", amount=9_000_000_000, investors="Quỹ Sóng", **raised)
    FundingRound.objects.create(stage="PRE_SEED", amount=1_500_000_000, **raised)
    IntellectualProperty.objects.create(organisation=startup, kind="PATENT", title="Nút đo", is_granted=True, year=2024)
    startup.needs.add(Skill.objects.create(code="xuat-khau", name_vi="Xuất khẩu"))
    return startup


def test_a_startup_shows_what_it_has(client: Client) -> None:
    neo()
    body = page(client, "/mang-luoi/neo/")
    for said in (
        "Hạt giống", "19 người", "10,5 tỷ đồng", "qua 2 vòng", "Nút cảm biến", "9 tỷ đồng", "https://tin.example/neo",
        "Nút đo", "đã cấp", "Xuất khẩu", "sea-chart", "/mang-luoi/neo/tom-tat/",
    ):  # fmt: skip
        assert said in body, said
    assert "Đang gọi vốn" not in body


@pytest.mark.parametrize(
    ("kind", "facts", "said"),
    [
        (
            "VENTURE_FUND",
            lambda row: FundFacts.objects.create(
                organisation=row, ticket_min=2 * 10**9, ticket_max=12 * 10**9, stages=["SEED"], offices_vi="Hà Nội",
                has_local_office=True,
            ),
            ["2 – 12 tỷ đồng", "Hạt giống", "Hà Nội", "Có văn phòng tại Hải Phòng", "/mang-luoi/so-sanh/?quy="],
        ),
        (
            "INCUBATOR",
            lambda row: CentreFacts.objects.create(
                organisation=row, services_vi="cố vấn, phòng họp", equipment_vi="máy in 3D", capacity=60, area_m2=1200
            ),
            ["Cố vấn", "Phòng họp", "Máy in 3D", "60", "1.200 m²"],
        ),
        (
            "UNIVERSITY_CLUB",
            lambda row: ClubFacts.objects.create(organisation=row, university_vi="Đại học Bến Cảng", members=64),
            ["Đại học Bến Cảng", "64"],
        ),
    ],
)  # fmt: skip
def test_each_kind_shows_its_own(client: Client, kind: str, facts: Callable[[Any], Any], said: list[str]) -> None:
    facts(OrganisationFactory.create(slug="ai", kind=kind))
    body = page(client, "/mang-luoi/ai/")
    assert [words for words in said if words not in body] == []


HIDDEN = {
    "team_size": "19 người",
    "products": "Nút cảm biến",
    "funding_rounds": "9 tỷ đồng",
    "intellectual_property": "Nút đo",
    "needs": "Xuất khẩu",
    "position": "sea-chart",
    "website": "neo.example",
    "contact_email": "xin-chao@neo.example",
}


@pytest.mark.parametrize("field", HIDDEN)
@pytest.mark.parametrize("path", ["/mang-luoi/neo/", "/mang-luoi/neo/tom-tat/"])
def test_what_is_hidden_is_nowhere_on_the_page(client: Client, field: str, path: str) -> None:
    startup = neo(website="https://neo.example/", contact_email="xin-chao@neo.example", visibility={field: "MEMBERS"})
    if field != "contact_email":
        startup.visibility["contact_email"] = "PUBLIC"
        startup.save()
    words = HIDDEN[field] if field != "website" else "https://neo.example/"
    assert words not in page(client, path)
    client.force_login(ProfileFactory.create().person)
    on_both = field != "position" or "tom-tat" not in path
    assert (words.removeprefix("https://").rstrip("/") in page(client, path)) is on_both


def test_relationships_stand_on_both_pages_in_words_and_drawn(client: Client) -> None:
    startup = neo()
    founder = ProfileFactory.create(slug="hung", person__full_name="Đỗ Văn Hùng", roles=["FOUNDER"])
    fund = OrganisationFactory.create(slug="quy", name_vi="Quỹ <Sóng>", kind="VENTURE_FUND")
    Relationship.objects.create(kind="FOUNDED", profile=founder, target=startup)
    Relationship.objects.create(
        kind="INVESTED_IN", organisation=fund, target=startup, since=date(2023, 4, 1), until=date(2025, 1, 1),
        source_url="https://tin.example/ban-lai",
    )  # fmt: skip
    body = page(client, "/mang-luoi/neo/")
    assert "Người sáng lập" in body
    assert 'href="/nguoi/hung/"' in body
    assert "04/2023 – 01/2025" in body
    assert "https://tin.example/ban-lai" in body
    assert body.count("Quỹ &lt;Sóng&gt;") == 3
    assert "<Sóng>" not in body
    assert len(re.findall(r'<svg class="moorings', body)) == 2
    assert "Đã đầu tư vào" in page(client, "/mang-luoi/quy/")
    assert 'href="/mang-luoi/neo/"' in page(client, "/nguoi/hung/")


def test_the_address_of_a_merged_entry_leads_on(client: Client) -> None:
    new = OrganisationFactory.create(slug="moi")
    middle = OrganisationFactory.create(slug="giua", is_listed=False, merged_into=new)
    OrganisationFactory.create(slug="cu", is_listed=False, merged_into=middle)
    OrganisationFactory.create(slug="an", is_listed=False)
    answer = client.get("/mang-luoi/cu/")
    assert (answer.status_code, answer["Location"]) == (301, "/mang-luoi/moi/")
    assert client.get("/mang-luoi/an/").status_code == 404
    Organisation.objects.filter(pk=new.pk).update(is_listed=False)
    assert client.get("/mang-luoi/cu/").status_code == 404


def test_a_mentor_lives_with_the_mentors_and_others_with_the_people(client: Client) -> None:
    ProfileFactory.create(slug="co-van")
    founder = ProfileFactory.create(slug="sang-lap", roles=["FOUNDER"])
    founder.roles.create(kind="MENTOR", since=date(2019, 1, 1), until=date(2021, 1, 1))
    assert client.get("/nguoi/co-van/")["Location"] == "/co-van/co-van/"
    assert client.get("/co-van/sang-lap/")["Location"] == "/nguoi/sang-lap/"
    body = page(client, "/nguoi/sang-lap/")
    assert "Nhà sáng lập" in body
    assert "2019–2021" in body
    ProfileFactory.create(slug="kin", is_listed=False)
    assert client.get("/nguoi/kin/").status_code == client.get("/co-van/kin/").status_code == 404


def test_a_person_hides_fields_too(client: Client) -> None:
    ProfileFactory.create(
        slug="ha",
        bio_vi="Chuyện dài",
        ward="phường Lê Chân",
        contact_email="ha@kin.example",
        visibility={"bio": "STAFF"},
    )
    body = page(client, "/co-van/ha/")
    assert "Chuyện dài" not in body
    assert "ha@kin.example" not in body
    assert "phường Lê Chân" in body


@pytest.mark.parametrize(("months", "old"), [(2, False), (14, True)])
def test_the_age_of_an_entry_is_told(client: Client, months: int, old: bool) -> None:
    confirmed = NOW.replace(year=NOW.year - months // 12, month=NOW.month - months % 12)
    OrganisationFactory.create(slug="neo", confirmed_at=confirmed)
    body = page(client, "/mang-luoi/neo/")
    assert f"Xác nhận lần cuối {confirmed:%d/%m/%Y}" in body
    assert ("đã hơn một năm" in body) is old


def structured(body: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', body)
    assert found
    facts: dict[str, Any] = json.loads(found[1])
    return facts


def test_machines_read_what_anybody_may(client: Client) -> None:
    neo(contact_email="kin@neo.example", founded_year=2021)
    facts = structured(page(client, "/mang-luoi/neo/"))
    assert (facts["@type"], facts["name"], facts["foundingDate"]) == ("Corporation", "Neo Cảm Biến", "2021")
    assert facts["address"]["addressLocality"] == "phường Đông Hải"
    assert "email" not in facts
    skilled = ProfileFactory.create(slug="ha", person__full_name="Phạm Thu Hà", languages="vi,en")
    skilled.sectors.add(SectorFactory.create(name_vi="Biển"))
    facts = structured(page(client, "/co-van/ha/"))
    assert (facts["name"], facts["knowsAbout"], facts["knowsLanguage"]) == ("Phạm Thu Hà", ["Biển"], ["vi", "en"])


def test_statements_do_not_grow_with_ties(client: Client, statements: Callable[..., int]) -> None:
    startup, founder = neo(), ProfileFactory.create(slug="hung", roles=["FOUNDER"])
    Membership.objects.create(person=founder.person, organisation=startup, is_public=True)
    Relationship.objects.create(kind="FOUNDED", profile=founder, target=startup)
    paths = ("/mang-luoi/neo/", "/nguoi/hung/", "/mang-luoi/neo/tom-tat/")
    at_one = [statements(client, path) for path in paths]
    for _each in range(3):
        other = ProfileFactory.create(roles=["MENTOR"])
        Membership.objects.create(person=other.person, organisation=startup, is_public=True)
        Relationship.objects.create(kind="MENTORS", profile=other, target=startup)
        Relationship.objects.create(kind="FOUNDED", profile=founder, target=OrganisationFactory.create())
        Relationship.objects.create(kind="INVESTED_IN", organisation=OrganisationFactory.create(), target=startup)
    assert [statements(client, path) for path in paths] == at_one
    assert max(at_one) <= 20


def test_somebody_without_an_entry_may_still_be_a_member_on_the_page(client: Client) -> None:
    startup = neo()
    Membership.objects.create(
        person=PersonFactory.create(full_name="Vũ Thị Men"), organisation=startup, is_public=True, title="Kế toán"
    )
    body = page(client, "/mang-luoi/neo/")
    assert "Vũ Thị Men" in body
    assert "Kế toán" in body

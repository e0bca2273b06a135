"""The network as a whole: on the map, in numbers, and its funds side by side."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from frontend.amounts import amount, amounts
from frontend.sea_chart import CITY, INNER
from network import numbers
from network.models import ClubFacts, FundFacts, Organisation
from tests.factories import OrganisationFactory, ProfileFactory, SectorFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


@pytest.mark.parametrize(
    ("low", "high", "currency", "said"),
    [
        (2 * 10**9, 12 * 10**9, "VND", "2 – 12 tỷ đồng"),
        (800 * 10**6, 6 * 10**9, "VND", "800 triệu – 6 tỷ đồng"),
        (200_000, 1_500_000, "USD", "200.000 – 1,5 triệu USD"),
        (None, 5 * 10**8, "VND", "500 triệu đồng"),
        (None, None, "VND", ""),
    ],
)
def test_amounts_are_said_as_people_say_them(low: int | None, high: int | None, currency: str, said: str) -> None:
    with override("vi"):
        assert amounts(low, high, currency).replace("\u00a0", " ") == said
    with override("en"):
        assert amount(1_200_000, "USD").replace("\u00a0", " ") == "USD 1.2 million"


@pytest.mark.parametrize(
    ("frame", "place", "where"),
    [
        (CITY, (CITY.north, CITY.west), (0.0, 0.0)),
        (CITY, (20.85, 106.68), (349.5, 265.2)),
        (INNER, (20.85, 106.68), (320.4, 233.8)),
    ],
)
def test_a_spot_lies_where_the_webs_tiles_have_it(frame, place, where) -> None:  # type: ignore[no-untyped-def]
    assert frame.place(*place) == where


def test_the_map_marks_who_says_where_they_lie(client: Client, settings: Any) -> None:
    here = {"latitude": 20.85, "longitude": 106.68, "ward": "phường Lê Chân"}
    OrganisationFactory.create(slug="neo", name_vi="Neo", **here)
    OrganisationFactory.create(name_vi="Đảo", kind="INNOVATION_SPACE", latitude=20.73, longitude=107.04, ward="Cát Hải")
    OrganisationFactory.create(name_vi="Kín", visibility={"position": "MEMBERS"}, **here)
    OrganisationFactory.create(name_vi="Không Ghi", is_listed=False, **here)
    OrganisationFactory.create(name_vi="Xa")
    answer = client.get("/mang-luoi/ban-do/")
    body = answer.content.decode()
    assert answer.context["count"] == 2
    assert [body.count(name) for name in ("Kín", "Không Ghi", ">Xa<")] == [0, 0, 0]
    assert len(re.findall(r'<circle class="chart-mark', body)) == 3
    assert "<image" not in body
    assert client.get("/mang-luoi/ban-do/?kind=STARTUP").context["count"] == 1
    client.force_login(ProfileFactory.create().person)
    assert client.get("/mang-luoi/ban-do/").context["count"] == 3


def test_with_tiles_the_charts_lie_on_them(client: Client, settings: Any) -> None:
    settings.MAP_TILES, settings.MAP_TILES_CREDIT = "https://tiles.example/{z}/{x}/{y}.png", "© Ai đó"
    body = client.get("/mang-luoi/ban-do/").content.decode()
    tiles = re.findall(r'<image href="([^"]+)"', body)
    assert "https://tiles.example/10/815/451.png" in tiles
    assert len(tiles) == len(set(tiles)) <= 40
    assert "© Ai đó" in body
    assert "chart-sea" not in body


def test_numbers_are_counted_from_what_is_listed() -> None:
    energy = SectorFactory.create(code="nang-luong", name_vi="Năng lượng")
    startup = OrganisationFactory.create(founded_year=2021, ward="phường Lê Chân")
    startup.sectors.add(energy)
    OrganisationFactory.create(founded_year=2020, ward="phường Lê Chân", visibility={"founded_year": "MEMBERS"})
    OrganisationFactory.create(is_listed=False, founded_year=2019, ward="phường Kiến An")
    club = OrganisationFactory.create(kind="UNIVERSITY_CLUB")
    centre = OrganisationFactory.create(kind="SATELLITE_CENTRE")
    OrganisationFactory.create(kind="SATELLITE_CENTRE")
    for row in (club, centre):
        ClubFacts.objects.create(organisation=row, university_vi="Đại học Bến Cảng")
    for number, hides in enumerate(({}, {"offices": "STAFF"})):
        fund = OrganisationFactory.create(kind="VENTURE_FUND", slug=f"quy-{number}", visibility=hides)
        FundFacts.objects.create(organisation=fund, has_local_office=True)

    told = numbers.network_numbers()

    assert told.total == 7
    assert {row.value: row.count for row in told.by_kind} == {
        "STARTUP": 2, "SATELLITE_CENTRE": 2, "VENTURE_FUND": 2, "UNIVERSITY_CLUB": 1,
    }  # fmt: skip
    assert [(row.value, row.count) for row in told.by_sector] == [("nang-luong", 1)]
    assert [(row.value, row.count) for row in told.by_year] == [("2021", 1)]
    assert [(row.value, row.count) for row in told.by_ward] == [("phường Lê Chân", 2)]
    assert {each.target.code: (each.count, each.target.wanted, each.is_met) for each in told.targets} == {
        "university-centres-clubs": (2, 5, False),
        "startups": (2, 400, False),
        "vc-connected": (2, 30, False),
        "vc-offices": (1, 5, False),
    }


def test_the_page_of_numbers_tells_them_with_their_source(client: Client) -> None:
    for year in (2019, 2021):
        OrganisationFactory.create(founded_year=year)
    answer = client.get("/mang-luoi/so-lieu/")
    body = answer.content.decode()
    assert "Đề án Thành phố đổi mới sáng tạo đến năm 2030" in body
    assert "trên 400" in body
    assert '<progress value="2" max="400"' in body
    assert body.count('<svg class="bars') == 2
    assert client.get("/en/mang-luoi/so-lieu/").status_code == 200
    Organisation.objects.all().delete()
    assert client.get("/mang-luoi/so-lieu/").status_code == 200


def test_up_to_four_funds_stand_side_by_side(client: Client) -> None:
    for number in range(5):
        fund = OrganisationFactory.create(slug=f"quy-{number}", name_vi=f"Quỹ {number}", kind="VENTURE_FUND")
        FundFacts.objects.create(organisation=fund, ticket_min=(number + 1) * 10**9, ticket_max=10**10)
    OrganisationFactory.create(slug="neo")
    Organisation.objects.filter(slug="quy-1").update(visibility={"ticket": "STAFF"})
    empty = client.get("/mang-luoi/so-sanh/")
    assert (empty.status_code, empty.context["funds"]) == (200, [])
    answer = client.get("/mang-luoi/so-sanh/?quy=quy-3&quy=neo&quy=quy-1&quy=quy-0&quy=quy-2&quy=quy-4")
    assert [seen.slug for seen in answer.context["funds"]] == ["quy-3", "quy-1", "quy-0", "quy-2"]
    tickets = next(line["values"] for line in answer.context["lines"] if line["label"] == "Khoản đầu tư")
    assert [value.replace("\u00a0", " ") for value in tickets] == [
        "4 – 10 tỷ đồng",
        "",
        "1 – 10 tỷ đồng",
        "3 – 10 tỷ đồng",
    ]
    assert [chip["label"] for chip in answer.context["choices"]] == ["Quỹ 0", "Quỹ 1", "Quỹ 2", "Quỹ 3"]


def test_a_sheet_is_of_a_startup(client: Client) -> None:
    OrganisationFactory.create(slug="neo", name_vi="Neo")
    OrganisationFactory.create(slug="quy", kind="VENTURE_FUND")
    body = client.get("/mang-luoi/neo/tom-tat/").content.decode()
    assert "http://testserver/mang-luoi/neo/" in body
    assert "<path" in body
    assert client.get("/mang-luoi/quy/tom-tat/").status_code == 404

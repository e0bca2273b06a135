"""The lists of the directory: facets without JavaScript, filters to take off, ways to look at it, files of facts."""

import csv
import io
import json

import pytest
from django.test import Client

from network import limits
from network.directory import index
from network.models import FundFacts, Organisation
from tests.factories import OrganisationFactory, ProfileFactory, SectorFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


@pytest.fixture
def quay() -> Organisation:
    """A fund with everything hidden that may be, and two startups."""
    sea = SectorFactory.create(code="sea", name_vi="Biển")
    fund = OrganisationFactory.create(
        slug="buom-nau",
        name_vi="=Quỹ Buồm Nâu",
        kind="VENTURE_FUND",
        ward="phường Gia Viên",
        website="https://kin.example",
        contact_email="kin@kin.example",
        visibility={"website": "STAFF"},
    )
    FundFacts.objects.create(organisation=fund, stages=["SEED"], has_local_office=True)
    fund.sectors.set([sea])
    neo = OrganisationFactory.create(slug="neo", name_vi="Neo Cảm Biến")
    neo.sectors.set([sea])
    OrganisationFactory.create(slug="gach", name_vi="Gạch Vỏ Hàu")
    index.refresh(organisations=[fund.pk, neo.pk])
    return fund


def found(client: Client, address: str) -> list[str]:
    return [row.slug for row in client.get(address).context["page_obj"]]


@pytest.mark.usefixtures("quay")
def test_the_facets_are_a_form_that_keeps_what_was_chosen(client: Client) -> None:
    answer = client.get("/mang-luoi/?sector=sea&office=1&kind=VENTURE_FUND&kind=STARTUP")
    assert [row.slug for row in answer.context["page_obj"]] == ["buom-nau"]
    groups = {group.name: group for group in answer.context["groups"]}
    assert list(groups) == ["sector", "stage", "ward", "office"]
    assert groups["sector"].options == [{"value": "sea", "label": "Biển", "count": 1, "is_chosen": True}]
    body = answer.content.decode()
    assert '<input type="hidden" name="kind" value="VENTURE_FUND">' in body
    assert '<input type="checkbox" name="sector" value="sea" checked>' in body
    assert [filter["url"] for filter in answer.context["taken_off"]] == [
        "?sector=sea&office=1&kind=STARTUP",
        "?sector=sea&office=1&kind=VENTURE_FUND",
        "?office=1&kind=VENTURE_FUND&kind=STARTUP",
        "?sector=sea&kind=VENTURE_FUND&kind=STARTUP",
    ]


@pytest.mark.usefixtures("quay")
def test_a_search_without_an_answer_is_helped(client: Client) -> None:
    meant = client.get("/mang-luoi/?q=buom+nua&view=list")
    assert [row.slug for row in meant.context["page_obj"]] == ["buom-nau"]
    assert '<a href="?q=buom+nau&amp;view=list">buom nau</a>' in meant.content.decode()
    narrowed = client.get("/mang-luoi/?q=neo&office=1").content.decode()
    assert "Không có mục nào khớp tất cả" in narrowed
    nobody = client.get("/mang-luoi/?q=zzzz")
    assert "Chưa có ai neo dưới tên này" in nobody.content.decode()
    assert "danh-sach.csv" not in nobody.content.decode()


@pytest.mark.usefixtures("quay")
@pytest.mark.parametrize(
    "address", ["/mang-luoi/?q=%00&page=x&view=y", "/mang-luoi/?sector=%00&ward=%27", "/nguoi/?q=%F0%9F%98%80"]
)
def test_nonsense_is_as_good_as_nothing(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200


@pytest.mark.usefixtures("quay")
def test_the_same_rows_as_a_table(client: Client) -> None:
    body = client.get("/mang-luoi/?view=list").content.decode()
    assert "directory-table" in body
    assert body.index("Gạch Vỏ Hàu") < body.index("Neo Cảm Biến")
    assert found(client, "/mang-luoi/?view=list") == found(client, "/mang-luoi/")


def test_people_of_every_part_and_mentors_apart(client: Client) -> None:
    ProfileFactory.create(person__full_name="Trần Thu Hà", slug="ha", roles=["FOUNDER"])
    ProfileFactory.create(person__full_name="Nguyễn Văn An", slug="an")
    assert found(client, "/nguoi/") == ["an", "ha"]
    assert found(client, "/nguoi/?role=FOUNDER") == ["ha"]
    assert found(client, "/co-van/") == ["an"]
    assert found(client, "/co-van/?role=FOUNDER") == ["an"]
    body = client.get("/nguoi/?view=list").content.decode()
    assert 'href="/co-van/an/"' in body
    assert 'href="/nguoi/ha/"' in body


def test_the_facts_as_csv_are_public_and_no_formulas(client: Client, quay: Organisation) -> None:
    answer = client.get("/mang-luoi/danh-sach.csv?sector=sea")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["slug"] for row in rows] == ["neo", "buom-nau"]
    assert rows[1]["name_vi"] == "'=Quỹ Buồm Nâu"
    assert (rows[1]["sectors"], rows[1]["ward"], rows[1]["website"]) == ("sea", "phường Gia Viên", "")
    assert "kin.example" not in answer.content.decode()
    assert answer.headers["Content-Disposition"] == 'attachment; filename="mang-luoi.csv"'
    # Control: the same fact, no longer hidden.
    Organisation.objects.filter(pk=quay.pk).update(visibility={})
    assert "https://kin.example" in client.get("/mang-luoi/danh-sach.csv?sector=sea").content.decode()


@pytest.mark.usefixtures("quay")
def test_the_facts_as_json(client: Client) -> None:
    said = json.loads(client.get("/mang-luoi/danh-sach.json?q=buom").content)
    assert said["count"] == 1
    assert said["rows"][0]["name_vi"] == "=Quỹ Buồm Nâu"
    assert said["rows"][0]["sectors"] == ["sea"]
    assert said["rows"][0]["website"] == ""
    assert client.get("/mang-luoi/danh-sach.xml").status_code == 404


def test_the_facts_of_people(client: Client) -> None:
    ProfileFactory.create(person__full_name="Trần Thu Hà", slug="ha", ward="phường An", visibility={"ward": "MEMBERS"})
    (row,) = json.loads(client.get("/nguoi/danh-sach.json").content)["rows"]
    assert (row["slug"], row["name"], row["roles"], row["languages"], row["ward"]) == (
        "ha", "Trần Thu Hà", ["MENTOR"], ["vi"], "",
    )  # fmt: skip


def test_files_are_not_fetched_without_end(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    budget = limits.Budget(account=1, address=1, seconds=600)
    monkeypatch.setattr(limits, "BUDGETS", {**limits.BUDGETS, "directory_file": budget})
    assert client.get("/mang-luoi/danh-sach.json").status_code == 200
    assert client.get("/mang-luoi/danh-sach.json").status_code == 429

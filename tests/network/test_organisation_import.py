"""Organisations in and out as tables: tried without a trace, written once, told by the number of the row."""

import io
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from django.utils.translation import override
from openpyxl import Workbook, load_workbook

from network import organisation_export, organisation_import, worker
from network.models import FundFacts, Job, Organisation, Person, StartupFacts
from network.organisation_columns import COLUMNS
from network.refusals import Invalid, NotFound, NotPermitted
from tests.factories import NOW, OrganisationFactory, PersonFactory, SectorFactory

pytestmark = pytest.mark.django_db
HEAD = [
    "Loại",
    "Tên",
    "Mã số thuế",
    "Phường, xã, đặc khu",
    "Lĩnh vực",
    "Năm thành lập",
    "Giai đoạn của startup",
    "Ghi chú",
]
THOUSAND = 1_000


@pytest.fixture
def keeper() -> Person:
    return a_keeper()


def a_keeper() -> Person:
    person = PersonFactory.create(is_staff=True)
    names = ["add_organisation", "change_organisation"]
    person.user_permissions.set(Permission.objects.filter(codename__in=names, content_type__app_label="network"))
    return Person.objects.get(pk=person.pk)


def book(head: list[str], rows: list[list[Any]]) -> ContentFile:
    workbook = Workbook()
    for cells in (head, *rows):
        workbook.active.append(cells)
    file = io.BytesIO()
    workbook.save(file)
    return ContentFile(file.getvalue(), name="to-chuc.xlsx")


def worked(job: Job) -> Job:
    worker.run_due(at=NOW)
    return Job.objects.get(pk=job.pk)


def tried(keeper: Person, head: list[str], rows: list[list[Any]]) -> Job:
    return worked(organisation_import.ask(given=book(head, rows), actor=keeper, at=NOW))


def done(keeper: Person, head: list[str], rows: list[list[Any]]) -> dict[str, Any]:
    job = organisation_import.ask(given=book(head, rows), actor=keeper, at=NOW, for_real=True)
    report: dict[str, Any] = worked(job).report
    return report


def counts(report: dict[str, Any]) -> tuple[int, ...]:
    names = ("organisations_new", "organisations_changed", "organisations_same", "refused")
    return tuple(report[name] for name in names)


def everything() -> list[Any]:
    """All that an import could change, but for the moment of the last change."""
    rows = Organisation.objects.order_by("pk").values()
    stable = [{name: value for name, value in row.items() if name != "updated_at"} for row in rows]
    sectors = list(
        Organisation.sectors.through.objects.order_by("organisation", "sector").values_list("organisation", "sector")
    )
    return [stable, sectors, list(StartupFacts.objects.order_by("pk").values()), list(FundFacts.objects.values())]


def thousand() -> list[list[Any]]:
    kinds = ["STARTUP", "Vườn ươm", "Venture fund"]
    with override("vi"):
        return [
            [
                kinds[n % 2], f"Tổ chức Số {n}", f"02{n:08d}", "phường Lê Chân", "Biển", 2000 + n % 25,
                "Hạt giống" if n % 2 == 0 else None, "x",
            ]
            for n in range(THOUSAND)
        ]  # fmt: skip


def test_a_thousand_are_tried_written_and_left_alone_the_second_time(keeper: Person) -> None:
    SectorFactory.create(code="bien", name_vi="Biển")
    rows = thousand()
    rows[10][5] = "năm ngoái"
    rows[500][0] = "nhà hàng"
    rows[999][1] = None

    trial = tried(keeper, HEAD, rows)
    assert (counts(trial.report), trial.report["importable"]) == ((997, 0, 0, 3), 997)
    assert [(entry["row"], entry["field"], entry["facts"]["reason"]) for entry in trial.report["rows"]] == [
        (12, "founded_year", "out_of_range"),
        (502, "kind", "unknown"),
        (502, "kind", "required"),
        (1001, "name_vi", "required"),
    ]
    assert trial.report["ignored"] == ["Ghi chú"]
    assert not Organisation.objects.exists()

    job = worked(organisation_import.go_on(job_id=trial.pk, actor=keeper, at=NOW))
    assert (job.status, counts(job.report)) == (Job.Status.DONE, (997, 0, 0, 3))
    assert Organisation.objects.count() == 997
    one = Organisation.objects.get(tax_code="0200000002")
    assert (one.kind, one.name_vi, one.slug, one.founded_year) == ("STARTUP", "Tổ chức Số 2", "to-chuc-so-2", 2002)
    assert ([sector.code for sector in one.sectors.all()], one.startup_facts.stage) == (["bien"], "SEED")
    before = everything()
    moments = list(Organisation.objects.order_by("pk").values_list("updated_at", flat=True))

    assert counts(done(keeper, HEAD, rows)) == (0, 0, 997, 3)
    assert everything() == before
    assert list(Organisation.objects.order_by("pk").values_list("updated_at", flat=True)) == moments


def test_a_row_finds_its_organisation_by_code_then_tax_code_then_name_and_kind(keeper: Person) -> None:
    by_code = OrganisationFactory.create(code="neo", name_vi="Neo", tax_code="0200000001", summary_vi="cũ")
    by_tax = OrganisationFactory.create(code="men", name_vi="Men", tax_code="0200000002")
    by_name = OrganisationFactory.create(code="soi", name_vi="Soi Sợi Đẹp")
    OrganisationFactory.create(code="quy", name_vi="Soi Sợi Đẹp", kind="VENTURE_FUND")
    head = ["code", "kind", "name_vi", "tax_code", "summary_vi"]
    rows = [
        ["neo", None, "Neo Mới", None, None],
        ["khac", "STARTUP", "Men Mới", "0200000002", None],
        [None, "startup", "SOI SOI  dep", None, "mới"],
    ]
    assert counts(done(keeper, head, rows)) == (0, 3, 0, 0)
    for row in (by_code, by_tax, by_name):
        row.refresh_from_db()
    assert (by_code.name_vi, by_code.summary_vi, by_code.code) == ("Neo Mới", "cũ", "neo")
    assert (by_tax.name_vi, by_tax.code) == ("Men Mới", "men")
    assert (by_name.name_vi, by_name.summary_vi) == ("SOI SOI dep", "mới")
    assert Organisation.objects.count() == 4


def test_what_cannot_be_is_told_and_nothing_of_its_row_is_written(keeper: Person) -> None:
    OrganisationFactory.create(code="neo", name_vi="Neo", tax_code="0200000001")
    other = OrganisationFactory.create(code="men", name_vi="Men")
    FundFacts.objects.create(organisation=other, ticket_min=500)
    head = ["code", "kind", "name_vi", "tax_code", "parent", "latitude", "ticket_max", "website", "summary_vi"]
    rows = [
        ["men", None, None, "0200000001", None, None, None, None, "mới"],
        ["men", None, None, None, "men", 20.8, 400, "javascript:alert(1)", "mới"],
        ["moi", "STARTUP", "Mới", None, "khong-co", None, None, None, None],
        ["cu", "STARTUP", "Cũ", None, None, None, None, None, None],
        ["cu", "STARTUP", "Cũ nữa", None, None, None, None, None, None],
    ]
    before = everything()
    report = tried(keeper, head, rows).report
    assert [(entry["row"], entry["field"], entry["facts"]["reason"]) for entry in report["rows"]] == [
        (2, "tax_code", "taken_by_another"),
        (3, "website", "malformed"),
        (3, "latitude", "required"),
        (3, "parent", "with_itself"),
        (3, "ticket_max", "below_least"),
        (4, "parent", "unknown"),
        (6, "code", "same_organisation"),
    ]
    assert everything() == before
    assert counts(done(keeper, head, rows)) == (1, 0, 0, 4)
    other.refresh_from_db()
    assert (other.summary_vi or "", other.fund_facts.ticket_max) == ("", None)


def test_a_parent_may_stand_further_down(keeper: Person) -> None:
    head = ["code", "kind", "name_vi", "parent"]
    rows = [["con", "STARTUP", "Con", "me"], ["me", "INCUBATOR", "Mẹ", None]]
    assert counts(done(keeper, head, rows)) == (2, 0, 0, 0)
    assert Organisation.objects.get(code="con").parent.code == "me"
    assert counts(done(keeper, head, rows)) == (0, 0, 2, 0)


def test_an_address_of_the_site_is_no_entrys(keeper: Person) -> None:
    OrganisationFactory.create(code="neo", slug="neo", name_vi="Néo", kind="INCUBATOR")
    assert counts(done(keeper, ["kind", "name_vi"], [["STARTUP", "Bản đồ"], ["STARTUP", "Neo"]])) == (2, 0, 0, 0)
    assert set(Organisation.objects.values_list("slug", flat=True)) == {"neo", "neo-2", "ban-do-2"}


def test_what_was_exported_comes_back_unchanged(keeper: Person) -> None:
    sector = SectorFactory.create(code="bien")
    fund = OrganisationFactory.create(
        code="quy", kind="VENTURE_FUND", name_vi="=Quỹ & Sóng", contact_phone="+84912345678", latitude=20.85,
        longitude=106.7, links=["https://a.example/x", "https://b.example/y"], website="https://quy.example/",
        contact_email="a@quy.example", is_listed=False, tax_code="0200000001-001", founded_year=2019,
    )  # fmt: skip
    fund.sectors.add(sector)
    FundFacts.objects.create(
        organisation=fund, ticket_min=2 * 10**9, stages=["SEED", "SERIES_A"], has_local_office=True
    )
    startup = OrganisationFactory.create(code="neo", parent=fund)
    StartupFacts.objects.create(organisation=startup, products_vi="Một\nHai", stage="SEED", team_size=0)
    before = everything()

    job = worked(organisation_export.ask(actor=keeper, at=NOW))
    assert job.report == {"organisations": 2}
    with job.result.open("rb") as file:
        rows = list(load_workbook(file).active.iter_rows(values_only=True))
    with override("vi"):
        assert list(rows[0]) == [str(column.label) for column in COLUMNS]
    report = done(keeper, list(rows[0]), [list(row) for row in rows[1:]])

    assert (counts(report), report["ignored"]) == ((0, 0, 2, 0), [])
    assert everything() == before


def test_only_keepers_bring_in_and_take_out(keeper: Person) -> None:
    stranger = PersonFactory.create()
    head, rows = ["kind", "name_vi"], [["STARTUP", "Neo"]]
    with pytest.raises(NotPermitted):
        organisation_import.ask(given=book(head, rows), actor=stranger, at=NOW)
    with pytest.raises(NotPermitted):
        organisation_export.ask(actor=stranger, at=NOW)
    trial = tried(keeper, head, rows)
    with pytest.raises(NotFound):
        organisation_import.go_on(job_id=trial.pk, actor=stranger, at=NOW)
    keeper.user_permissions.clear()
    with pytest.raises(NotFound):
        organisation_import.go_on(job_id=trial.pk, actor=Person.objects.get(pk=keeper.pk), at=NOW)
    assert not Organisation.objects.exists()


def test_a_table_without_names_is_refused_before_it_is_taken(keeper: Person) -> None:
    with pytest.raises(Invalid) as refused:
        organisation_import.ask(given=book(["Ghi chú"], [["x"]]), actor=keeper, at=NOW)
    assert (refused.value.field, refused.value.facts["reason"]) == ("name_vi", "no_column")
    assert not Job.objects.exists()

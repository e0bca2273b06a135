"""The directory in the newsroom: facts of kinds, relationships by the rule, organisations in and out as files."""

import io
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from network import worker
from network.models import FundFacts, Job, Organisation, Person, Relationship
from tests.factories import NOW, OrganisationFactory, ProfileFactory

pytestmark = pytest.mark.django_db
LISTS = [
    "fundfacts", "startupfacts", "centrefacts", "clubfacts", "fundinground", "intellectualproperty", "skill",
    "relationship", "role",
]  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
def test_editors_keep_it_and_organisers_do_not(desk: Client, organiser: Person, name: str) -> None:
    for view in ("index", "add"):
        assert desk.get(reverse(f"{name}:{view}")).status_code == 200
    desk.force_login(organiser)
    assert desk.get(reverse(f"{name}:index")).status_code == 302


def test_a_funds_stages_are_ticked_off(desk: Client) -> None:
    fund = OrganisationFactory.create(kind="VENTURE_FUND")
    said = {
        "organisation": fund.pk,
        "ticket_min": 5,
        "ticket_max": 9,
        "currency": "VND",
        "stages": ["SEED", "SERIES_A"],
    }
    assert desk.post(reverse("fundfacts:add"), {**said, "offices_vi": "Hải Phòng"}).status_code == 302
    facts = FundFacts.objects.get()
    assert (facts.stages, facts.ticket_max, facts.offices_vi) == (["SEED", "SERIES_A"], 9, "Hải Phòng")
    form = desk.get(reverse("fundfacts:edit", args=[facts.pk])).content.decode()
    assert form.count(" checked") == 2


def told(**changes: Any) -> dict[str, Any]:
    facts = {"kind": "INVESTED_IN", "since": "2024-05-06", "note": "", "source_url": "", "is_public": "on"}
    return {**facts, **changes}


def test_a_relationship_is_told_by_the_rule(desk: Client) -> None:
    fund, startup = OrganisationFactory.create(), OrganisationFactory.create()
    address = reverse("relationship:add")
    facts = told(organisation=fund.pk, target=startup.pk)
    assert desk.post(address, facts).status_code == 302
    row = Relationship.objects.get()
    assert (row.organisation, row.target, row.since, row.is_public) == (fund, startup, date(2024, 5, 6), True)
    assert desk.post(address, facts).status_code == 200
    assert desk.post(address, told(organisation=fund.pk, target=startup.pk, kind="PARTNERS_WITH")).status_code == 302
    turned = desk.post(address, told(organisation=startup.pk, target=fund.pk, kind="PARTNERS_WITH"))
    assert "Danh bạ đã có mối quan hệ này" in turned.content.decode()
    assert Relationship.objects.count() == 2
    neither = desk.post(address, told(target=startup.pk, kind="FOUNDED"))
    assert neither.status_code == 200
    founder = ProfileFactory.create()
    assert desk.post(address, told(profile=founder.pk, target=startup.pk, kind="FOUNDED")).status_code == 302
    assert Relationship.objects.count() == 3


def worked(answer: Any) -> Job:
    worker.run_due(at=NOW)
    return Job.objects.get(pk=answer.url.rstrip("/").rsplit("/", 1)[-1])


def test_organisations_come_in_after_a_trial_and_go_out(desk: Client) -> None:
    page = desk.get(reverse("organisation:import")).content.decode()
    assert "Mã số thuế" in page
    assert reverse("organisation:import") in desk.get(reverse("organisation:index")).content.decode()
    table = "kind,name_vi,founded_year\nSTARTUP,Neo,2021\nSTARTUP,Men,năm ngoái\n".encode()
    given = SimpleUploadedFile("to-chuc.csv", table)
    trial = worked(desk.post(reverse("organisation:import"), {"file": given}))
    shown = desk.get(reverse("organisation:job", args=[trial.pk])).content.decode()
    assert "Ghi 1 tổ chức ngay" in shown
    assert "Năm thành lập" in shown
    assert not Organisation.objects.exists()

    worked(desk.post(reverse("organisation:import_for_real", args=[trial.pk])))
    assert Organisation.objects.get().name_vi == "Neo"
    export = worked(desk.post(reverse("organisation:export_all")))
    answer = desk.get(reverse("organisation:job_file", args=[export.pk]))
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    assert [row[2] for row in book.active.iter_rows(values_only=True)] == ["Tên (tiếng Việt)", "Neo"]
    assert desk.get(reverse("organisation:job_state", args=[export.pk])).json()["isOver"] is True


def test_files_are_for_those_who_keep_the_directory(desk: Client, organiser: Person) -> None:
    given = SimpleUploadedFile("to-chuc.csv", b"kind,name_vi\nSTARTUP,Neo\n")
    trial = worked(desk.post(reverse("organisation:import"), {"file": given}))
    desk.force_login(organiser)
    for address in (
        reverse("organisation:import"),
        reverse("organisation:job", args=[trial.pk]),
        reverse("organisation:job_state", args=[trial.pk]),
        reverse("organisation:job_file", args=[trial.pk]),
    ):
        assert desk.get(address).status_code == 302, address
    assert desk.post(reverse("organisation:import_for_real", args=[trial.pk])).status_code == 302
    assert desk.post(reverse("organisation:export_all")).status_code == 302
    worker.run_due(at=NOW)
    assert not Organisation.objects.exists()
    assert Job.objects.count() == 1

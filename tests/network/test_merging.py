"""Two entries become one: every reference moves, whatever model it stands in, and nothing is lost."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import models

from cms.blocks import rows as blocks
from network.joining import claims, merging, references
from network.joining.refusals import CannotMerge
from network.models import Claim, FundFacts, Membership, Organisation, Relationship, SavedList, StartupFacts
from network.refusals import NotFound, NotPermitted, Refusal
from tests.events.crowd import at_once
from tests.factories import NOW, OrganisationFactory, PersonFactory, ProfileFactory, SectorFactory, open_event
from tests.network.joining_scenes import keeper, owner_of, unowned, with_address

pytestmark = pytest.mark.django_db


def merge(kept: Organisation, absorbed: Organisation) -> references.Moved:
    return merging.merge(kept_id=kept.pk, absorbed_id=absorbed.pk, actor=keeper(), at=NOW)


NEEDS: dict[str, Callable[[], dict[str, Any]]] = {
    "network.Relationship.organisation": lambda: {"target": OrganisationFactory.create()},
    "network.Relationship.target": lambda: {"profile": ProfileFactory.create()},
    "network.Booking.organisation": lambda: {
        "held_from": NOW,
        "starts_at": NOW,
        "ends_at": NOW + timedelta(hours=1),
        "held_until": NOW + timedelta(hours=1),
    },
    "network.ContactBlock.by_organisation": lambda: {"of_person": PersonFactory.create()},
    "network.ContactBlock.of_organisation": lambda: {"by_person": PersonFactory.create()},
}
"""What a row must have beside the columns that are required, by the reference: its constraints ask for it."""


class Nursery:
    """Makes a row of any model with what it must have; the one column that matters points to an organisation."""

    count = 0

    def row(self, column: models.ForeignKey[Any, Any], organisation: Organisation) -> models.Model:
        model = column.model
        more = NEEDS.get(references.label_of(column), dict)()
        values = {column.name: organisation, **more}
        for field in model._meta.concrete_fields:
            if field.name not in values and not field.primary_key and self.must(field):
                values[field.name] = self.value(field)
        row = model(**values)
        row.save()
        return row

    def must(self, field: models.Field[Any, Any]) -> bool:
        is_free = field.null or field.has_default() or getattr(field, "auto_now", False)
        return (not is_free and not (field.blank and not field.unique)) or (field.unique and not field.null)

    def value(self, field: models.Field[Any, Any]) -> Any:
        Nursery.count += 1
        if field.is_relation:
            return self.other(field.related_model)
        if field.choices:
            return field.choices[0][0]
        if isinstance(field, models.DateTimeField):
            return NOW + timedelta(minutes=self.count)  # what ends is written after what begins
        if isinstance(field, models.DateField):
            return date(2026, 11, 23)
        if isinstance(field, models.IntegerField | models.FloatField):
            return self.count
        if isinstance(field, models.EmailField):
            return f"cay{self.count}@example.org"
        if isinstance(field, models.URLField):
            return f"https://example.org/{self.count}"
        if isinstance(field, models.JSONField):
            return {}
        if isinstance(field, models.UUIDField):
            return field.get_default()
        return f"m{self.count}"

    def other(self, model: type[models.Model]) -> models.Model:
        made = {
            "Person": PersonFactory.create,
            "Organisation": OrganisationFactory.create,
            "Profile": ProfileFactory.create,
            "Sector": SectorFactory.create,
        }
        if model.__name__ in made:
            return made[model.__name__]()
        row = model(**{
            field.name: self.value(field)
            for field in model._meta.concrete_fields
            if not field.primary_key and self.must(field)
        })  # fmt: skip
        row.save()
        return row


def planted(organisation: Organisation) -> dict[str, Any]:
    """One row in every model that points to an organisation, by the column's label."""
    nursery = Nursery()
    return {references.label_of(column): nursery.row(column, organisation) for column in references.references()}


def standing(organisation: Organisation) -> dict[str, int]:
    counts = {
        references.label_of(column): sum(1 for _row in references.rows_of(column, organisation))
        for column in references.references()
    }
    return {label: count for label, count in counts.items() if count}


def test_every_model_that_points_to_an_organisation_is_found() -> None:
    """By another way: whatever column of whatever model names organisations."""
    from django.apps import apps

    pointing = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model is Organisation
    }
    assert {references.label_of(column) for column in references.references()} == pointing
    assert len(pointing) >= 20


def test_a_row_in_every_model_moves_and_none_is_lost() -> None:
    kept, absorbed = OrganisationFactory.create(), OrganisationFactory.create()
    rows = planted(absorbed)
    told = merge(kept, absorbed)
    assert told.moved == dict.fromkeys(rows, 1)
    assert (told.joined, told.left) == ({}, {})
    for label, row in rows.items():
        row.refresh_from_db()
        assert getattr(row, label.rpartition(".")[2]) == kept
    assert standing(absorbed) == {}


def test_the_control_a_column_that_is_forgotten_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    kept, absorbed = OrganisationFactory.create(), OrganisationFactory.create()
    planted(absorbed)
    known = references.references()
    some = [column for column in known if references.label_of(column) != "events.Speaker.organisation"]
    monkeypatch.setattr(references, "references", lambda: some)
    merge(kept, absorbed)
    monkeypatch.setattr(references, "references", lambda: known)
    assert standing(absorbed) == {"events.Speaker.organisation": 1}


def test_where_both_have_rows_all_are_kept_or_joined() -> None:
    """The same planted twice: what stands once per entry is joined into its like, everything else stands twice."""
    kept, absorbed = OrganisationFactory.create(), OrganisationFactory.create()
    planted(kept)
    planted(absorbed)
    told = merge(kept, absorbed)
    alone = {f"network.{name}Facts.organisation" for name in ("Centre", "Club", "Fund", "Startup")}
    assert set(told.joined) == alone
    assert told.left == {}
    assert standing(kept) == {label: 1 if label in alone else 2 for label in {*told.moved, *told.joined}} | {
        "network.Organisation.merged_into": 3
    }


def test_the_absorbed_entry_stays_as_a_signpost() -> None:
    kept, absorbed = OrganisationFactory.create(), OrganisationFactory.create()
    merge(kept, absorbed)
    absorbed.refresh_from_db()
    assert (absorbed.merged_into, absorbed.is_listed) == (kept, False)


def test_what_was_merged_before_leads_on_to_the_last() -> None:
    first, second, third = (OrganisationFactory.create() for _each in range(3))
    merge(second, first)
    merge(third, second)
    first.refresh_from_db()
    assert first.merged_into == third


def test_the_stronger_role_stays() -> None:
    kept, absorbed, person = unowned(), unowned(), PersonFactory.create()
    Membership.objects.create(person=person, organisation=kept, role="MEMBER")
    Membership.objects.create(person=person, organisation=absorbed, role="OWNER", title="Giám đốc")
    editor = owner_of(absorbed, role="EDITOR")
    told = merge(kept, absorbed)
    place = Membership.objects.get(person=person)
    assert (place.organisation, place.role, place.title) == (kept, "OWNER", "Giám đốc")
    assert Membership.objects.get(person=editor).organisation == kept
    assert told.joined == {"network.Membership.organisation": 1}


def test_relationships_are_told_once_and_never_of_itself() -> None:
    kept, absorbed, fund = (OrganisationFactory.create() for _each in range(3))
    since = {"kind": "INVESTED_IN", "organisation": fund}
    Relationship.objects.create(**since, target=kept, since=date(2024, 1, 1))
    Relationship.objects.create(**since, target=absorbed, since=date(2023, 1, 1), note="Vòng hạt giống")
    Relationship.objects.create(**since, target=absorbed, since=date(2020, 1, 1), until=date(2021, 1, 1))
    Relationship.objects.create(kind="PARTNERS_WITH", organisation=kept, target=absorbed)
    Relationship.objects.create(kind="RUNS", organisation=absorbed, target=fund)
    merge(kept, absorbed)
    rows = Relationship.objects.order_by("kind", "since").values_list(
        "kind", "organisation", "target", "since", "until"
    )
    assert list(rows) == [
        ("INVESTED_IN", fund.pk, kept.pk, date(2020, 1, 1), date(2021, 1, 1)),
        ("INVESTED_IN", fund.pk, kept.pk, date(2023, 1, 1), None),
        ("RUNS", kept.pk, fund.pk, None, None),
    ]
    assert Relationship.objects.get(since=date(2023, 1, 1)).note == "Vòng hạt giống"


@pytest.mark.parametrize("which", ["kept", "absorbed"])
def test_nothing_belongs_to_itself(which: str) -> None:
    kept, absorbed, above = (OrganisationFactory.create() for _each in range(3))
    child, parent = (kept, absorbed) if which == "kept" else (absorbed, kept)
    parent.parent = above
    parent.save()
    child.parent = parent
    child.save()
    merge(kept, absorbed)
    assert Organisation.objects.get(pk=kept.pk).parent == above


def test_empty_fields_and_facts_are_filled_and_others_stay() -> None:
    sector = SectorFactory.create()
    kept = OrganisationFactory.create(name_vi="Cảng Xanh", website="", tax_code="", founded_year=2020)
    absorbed = OrganisationFactory.create(website="https://cangxanh.vn", tax_code="0201234567", founded_year=1999)
    for organisation in (kept, absorbed):
        organisation.sectors.add(sector)
    StartupFacts.objects.create(organisation=kept, stage="SEED")
    StartupFacts.objects.create(organisation=absorbed, stage="IDEA", team_size=7)
    FundFacts.objects.create(organisation=absorbed, ticket_min=5)
    shown = merging.preview(kept=kept, absorbed=absorbed)
    assert len(shown.fills) == 2
    merge(kept, absorbed)
    kept.refresh_from_db()
    assert (kept.name_vi, kept.website, kept.tax_code) == ("Cảng Xanh", "https://cangxanh.vn", "0201234567")
    assert (kept.founded_year, kept.startup_facts.stage, kept.startup_facts.team_size) == (2020, "SEED", 7)
    assert (kept.fund_facts.ticket_min, list(kept.sectors.all())) == (5, [sector])


def test_who_saved_both_on_one_list_has_it_once() -> None:
    kept, absorbed = OrganisationFactory.create(), OrganisationFactory.create()
    lists = [SavedList.objects.create(person=PersonFactory.create(), name="Xem", created_at=NOW) for _each in "ab"]
    for saved_list, entry in ((lists[0], kept), (lists[0], absorbed), (lists[1], absorbed)):
        saved_list.entries.create(organisation=entry, added_at=NOW)
    merge(kept, absorbed)
    assert [[entry.organisation for entry in one.entries.all()] for one in lists] == [[kept], [kept]]


def test_events_stay_with_their_organiser() -> None:
    kept, absorbed = OrganisationFactory.create(), OrganisationFactory.create()
    event = open_event(organiser_id=absorbed.pk)
    merge(kept, absorbed)
    event.refresh_from_db()
    assert event.organiser == kept


def test_of_two_granted_claims_one_is_history() -> None:
    kept, absorbed = unowned(), unowned(website="https://cangxanh.com")
    for entry, email in ((kept, "a@cangxanh.vn"), (absorbed, "b@cangxanh.com")):
        claims.claim(entry=entry, actor=with_address(email), at=NOW)
    merge(kept, absorbed)
    rows = Claim.objects.order_by("person__email").values_list("organisation", "status")
    assert list(rows) == [(kept.pk, "GRANTED"), (kept.pk, "ENDED")]


def test_what_is_refused_moves_nothing() -> None:
    kept, absorbed = OrganisationFactory.create(), OrganisationFactory.create()
    member = owner_of(absorbed)
    gone = OrganisationFactory.create(merged_into=kept, is_listed=False)
    cases = [
        (kept.pk, absorbed.pk, member, NotPermitted),
        (kept.pk, kept.pk, keeper(), CannotMerge),
        (kept.pk, 0, keeper(), NotFound),
        (kept.pk, gone.pk, keeper(), CannotMerge),
        (gone.pk, absorbed.pk, keeper(), CannotMerge),
    ]
    for kept_id, absorbed_id, actor, refusal in cases:
        with pytest.raises(refusal):
            merging.merge(kept_id=kept_id, absorbed_id=absorbed_id, actor=actor, at=NOW)
    absorbed.refresh_from_db()
    assert (absorbed.merged_into, absorbed.is_listed) == (None, True)
    assert Membership.objects.get(person=member).organisation == absorbed


def test_no_story_names_an_organisation_by_its_number() -> None:
    """A story keeps numbers of rows in JSON, which no column tells of: a chooser of organisations would have to follow
    `merged_into` when it is read."""
    choosers = [one for one in vars(blocks).values() if isinstance(one, type) and hasattr(one, "target_model")]
    assert [one for one in choosers if one.target_model is Organisation] == []
    assert len(choosers) >= 2


@pytest.mark.race
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_keepers_merging_both_ways_at_once_leave_one_entry() -> None:
    kept, absorbed, actor = OrganisationFactory.create(), OrganisationFactory.create(), keeper()

    def act(pair: tuple[int, int]) -> str:
        try:
            merging.merge(kept_id=pair[0], absorbed_id=pair[1], actor=actor, at=NOW)
        except Refusal as refusal:
            return refusal.code
        return "merged"

    ways = [(kept.pk, absorbed.pk), (absorbed.pk, kept.pk)] * 4
    assert at_once(act, ways, 8) == {"merged": 1, "CANNOT_MERGE": 7}
    assert Organisation.objects.filter(merged_into=None).count() == 1

"""Relationships are told from both sides, only where both are in the directory, and by whom it concerns."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from network import relating, relationships
from network.models import Membership, Organisation, Person, Relationship
from network.refusals import AlreadyRelated, Invalid, NotFound, NotPermitted, Refusal, RelationshipEnded
from network.relating import RelationshipFacts
from network.relationships import Tie
from tests.factories import OrganisationFactory, PersonFactory, ProfileFactory

pytestmark = pytest.mark.django_db


def keeper() -> Person:
    person = PersonFactory.create()
    person.user_permissions.add(Permission.objects.get(codename="change_relationship"))
    return person


def editor(*of: Organisation) -> Person:
    person = PersonFactory.create()
    for organisation in of:
        Membership.objects.create(person=person, organisation=organisation, role=Membership.Role.EDITOR)
    return person


def told(organisation: Organisation) -> list[tuple[str, bool, str]]:
    relations = relationships.of_organisations([organisation])[organisation.pk]
    return [(each.kind, each.is_source, each.name) for each in relations]


def test_both_sides_tell_it_and_the_parent_with_the_rest() -> None:
    city = OrganisationFactory.create(name_vi="Sở")
    centre = OrganisationFactory.create(name_vi="Trung tâm", parent=city)
    startup = OrganisationFactory.create(name_vi="Neo")
    founder = ProfileFactory.create(person__full_name="Đỗ Văn Hùng", roles=["FOUNDER"])
    Relationship.objects.create(kind="INCUBATES", organisation=centre, target=startup)
    Relationship.objects.create(kind="FOUNDED", profile=founder, target=startup)

    assert told(city) == [("BELONGS_TO", False, "Trung tâm")]
    assert told(centre) == [("BELONGS_TO", True, "Sở"), ("INCUBATES", True, "Neo")]
    assert told(startup) == [("FOUNDED", False, "Đỗ Văn Hùng"), ("INCUBATES", False, "Trung tâm")]
    mine = relationships.of_people([founder])[founder.pk]
    with override("vi"):
        assert [(each.label, each.name, each.is_person) for each in mine] == [("Sáng lập", "Neo", False)]


@pytest.mark.parametrize(
    "hide",
    [
        lambda fund, startup, row: Organisation.objects.filter(pk=fund.pk).update(is_listed=False),
        lambda fund, startup, row: Relationship.objects.filter(pk=row.pk).update(is_public=False),
    ],
)
def test_what_is_not_listed_or_not_public_is_not_told(hide: Callable[..., Any]) -> None:
    fund, startup = OrganisationFactory.create(name_vi="Quỹ"), OrganisationFactory.create(name_vi="Neo")
    row = Relationship.objects.create(kind="INVESTED_IN", organisation=fund, target=startup)
    assert told(startup) == [("INVESTED_IN", False, "Quỹ")]

    hide(fund, startup, row)

    assert told(startup) == []


@pytest.mark.parametrize("field", ["is_listed", "person__is_active"])
def test_an_unlisted_person_is_not_told_of(field: str) -> None:
    startup = OrganisationFactory.create()
    shown = ProfileFactory.create(roles=["FOUNDER"], person__full_name="Đỗ Văn Hùng")
    hidden = ProfileFactory.create(roles=["FOUNDER"], **{field: False})
    for profile in (shown, hidden):
        Relationship.objects.create(kind="FOUNDED", profile=profile, target=startup)

    assert told(startup) == [("FOUNDED", False, "Đỗ Văn Hùng")]


def test_unlisted_children_and_parents_are_not_told_of() -> None:
    hidden = OrganisationFactory.create(is_listed=False)
    child = OrganisationFactory.create(parent=hidden)
    OrganisationFactory.create(parent=child, is_listed=False)
    assert told(child) == []


def test_what_lasts_comes_before_what_is_over() -> None:
    startup = OrganisationFactory.create()
    for name, since, until in [("A", 2019, 2021), ("B", 2020, None), ("C", 2023, None)]:
        fund = OrganisationFactory.create(name_vi=name)
        dates = {"since": date(since, 1, 1), "until": until and date(until, 1, 1)}
        Relationship.objects.create(kind="INVESTED_IN", organisation=fund, target=startup, **dates)
    relations = relationships.of_organisations([startup])[startup.pk]
    assert [(each.name, each.is_over(date(2026, 1, 1))) for each in relations] == [
        ("C", False), ("B", False), ("A", True),
    ]  # fmt: skip


def test_many_are_read_in_as_many_statements_as_one() -> None:
    def statements(count: int) -> int:
        rows = [OrganisationFactory.create(parent=OrganisationFactory.create()) for _each in range(count)]
        for row in rows:
            Relationship.objects.create(kind="PARTNERS_WITH", organisation=row, target=OrganisationFactory.create())
        with CaptureQueriesContext(
            connection,
        ) as asked:
            found = relationships.of_organisations(rows)
            names = [each.name for relations in found.values() for each in relations]
        assert len(names) == 2 * count
        return len(asked)

    assert statements(1) == statements(7) == 3


def test_a_keeper_tells_of_anybody_and_it_is_shown() -> None:
    fund, startup = OrganisationFactory.create(name_vi="Quỹ"), OrganisationFactory.create(name_vi="Neo")
    facts = RelationshipFacts(
        kind="INVESTED_IN", organisation_id=fund.pk, target_id=startup.pk, since=date(2024, 5, 6), note="vòng hạt giống"
    )
    row = relating.relate(facts=facts, actor=keeper())
    assert (row.is_public, row.since, row.note) == (True, date(2024, 5, 6), "vòng hạt giống")
    assert told(startup) == [("INVESTED_IN", False, "Quỹ")]


@pytest.mark.parametrize(("both", "shown"), [(True, True), (False, False)])
def test_an_editors_word_about_somebody_else_waits_for_a_keeper(both: bool, shown: bool) -> None:
    fund, startup = OrganisationFactory.create(), OrganisationFactory.create()
    actor = editor(fund, startup) if both else editor(fund)
    facts = RelationshipFacts(kind="INVESTED_IN", organisation_id=fund.pk, target_id=startup.pk)
    assert relating.relate(facts=facts, actor=actor).is_public is shown
    assert bool(told(startup)) is shown


def test_nobody_else_tells_of_them() -> None:
    fund, startup = OrganisationFactory.create(), OrganisationFactory.create()
    plain = PersonFactory.create()
    Membership.objects.create(person=plain, organisation=fund, role=Membership.Role.MEMBER)
    facts = RelationshipFacts(kind="INVESTED_IN", organisation_id=fund.pk, target_id=startup.pk)
    for actor in (plain, editor(startup)):
        with pytest.raises(NotPermitted):
            relating.relate(facts=facts, actor=actor)
    assert not Relationship.objects.exists()


def test_a_person_tells_of_themselves() -> None:
    profile, startup = ProfileFactory.create(), OrganisationFactory.create()
    facts = RelationshipFacts(kind="MENTORS", profile_id=profile.pk, target_id=startup.pk)
    assert not relating.relate(facts=facts, actor=profile.person).is_public


@pytest.mark.parametrize(
    ("change", "refusal", "where"),
    [
        ({"kind": "EATS"}, Invalid, ("kind", "unknown")),
        ({"organisation_id": 1}, Invalid, ("target_id", "with_itself")),
        ({"since": date(2024, 1, 2), "until": date(2024, 1, 1)}, Invalid, ("until", "before_start")),
        ({"note": "x" * 201}, Invalid, ("note", "too_long")),
        ({"organisation_id": None}, Invalid, ("organisation_id", "one_source")),
        ({"target_id": 999_999}, NotFound, None),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    change: dict[str, Any], refusal: type[Refusal], where: tuple[str, str] | None
) -> None:
    fund, startup = OrganisationFactory.create(), OrganisationFactory.create()
    if change.get("organisation_id") == 1:
        change = {"organisation_id": startup.pk}
    facts = {"kind": "INVESTED_IN", "organisation_id": fund.pk, "target_id": startup.pk, **change}
    with pytest.raises(refusal) as refused:
        relating.relate(facts=RelationshipFacts(**facts), actor=keeper())
    if where:
        assert (refused.value.field, refused.value.facts["reason"]) == where
    assert not Relationship.objects.exists()


@pytest.mark.parametrize("turned", [False, True])
def test_what_lasts_is_told_once_and_partners_from_either_side(turned: bool) -> None:
    one, other, actor = OrganisationFactory.create(), OrganisationFactory.create(), keeper()
    row = relating.relate(
        facts=RelationshipFacts(kind="PARTNERS_WITH", organisation_id=one.pk, target_id=other.pk), actor=actor
    )
    source, target = (other, one) if turned else (one, other)
    again = RelationshipFacts(kind="PARTNERS_WITH", organisation_id=source.pk, target_id=target.pk)
    with pytest.raises(AlreadyRelated):
        relating.relate(facts=again, actor=actor)
    assert Relationship.objects.count() == 1

    relating.end_relationship(relationship_id=row.pk, until=date(2025, 1, 1), actor=actor)
    assert relating.relate(facts=again, actor=actor).until is None


def test_either_side_ends_it_once() -> None:
    fund, startup = OrganisationFactory.create(), OrganisationFactory.create()
    row = Relationship.objects.create(kind="INVESTED_IN", organisation=fund, target=startup, since=date(2024, 1, 1))
    with pytest.raises(NotPermitted):
        relating.end_relationship(relationship_id=row.pk, until=date(2025, 1, 1), actor=PersonFactory.create())
    actor = editor(startup)
    with pytest.raises(Invalid) as refused:
        relating.end_relationship(relationship_id=row.pk, until=date(2023, 1, 1), actor=actor)
    assert (refused.value.field, refused.value.facts["reason"]) == ("until", "before_start")
    row.refresh_from_db()
    assert row.until is None

    relating.end_relationship(relationship_id=row.pk, until=date(2025, 1, 1), actor=actor)
    with pytest.raises(RelationshipEnded):
        relating.end_relationship(relationship_id=row.pk, until=date(2025, 2, 2), actor=actor)
    row.refresh_from_db()
    assert row.until == date(2025, 1, 1)


def test_conflicts_of_interest_are_found_through_ones_own_entry_and_ones_organisations() -> None:
    startup, fund, club = (OrganisationFactory.create() for _each in range(3))
    OrganisationFactory.create()
    judge = ProfileFactory.create(is_listed=False)
    for home in (fund, club):
        Membership.objects.create(person=judge.person, organisation=home)
    Relationship.objects.create(kind="MENTORS", profile=judge, target=startup, until=date(2025, 3, 1), is_public=False)
    Relationship.objects.create(kind="INVESTED_IN", organisation=fund, target=startup, since=date(2025, 6, 1))
    Organisation.objects.filter(pk=startup.pk).update(parent=club)
    startup.refresh_from_db()

    assert relationships.conflicts_of_interest(person=judge.person, organisation=startup) == [
        Tie(kind="MENTORS", until=date(2025, 3, 1)),
        Tie(kind="INVESTED_IN", via=fund, since=date(2025, 6, 1)),
        Tie(kind="BELONGS_TO", via=club),
    ]


def test_a_member_is_tied_and_a_stranger_is_not() -> None:
    startup, member = OrganisationFactory.create(), PersonFactory.create()
    Membership.objects.create(person=member, organisation=startup)
    assert relationships.conflicts_of_interest(person=member, organisation=startup) == [Tie(kind="MEMBERSHIP")]
    assert relationships.conflicts_of_interest(person=PersonFactory.create(), organisation=startup) == []

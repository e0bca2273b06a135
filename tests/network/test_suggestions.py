"""Suggestions with reasons: who could help whom, because of what, and who is left out."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from network.models import (
    FundFacts,
    Membership,
    Organisation,
    Person,
    Profile,
    Relationship,
    Sector,
    Skill,
    StartupFacts,
    SuggestionDismissal,
)
from network.refusals import Invalid, NotPermitted
from network.suggestions import dismissing
from network.suggestions.kinds import Code, Kind
from network.suggestions.suggesting import entries_of, suggest
from network.suggestions.wording import because
from tests.factories import NOW, OrganisationFactory, PersonFactory, ProfileFactory, SectorFactory

pytestmark = pytest.mark.django_db


def skill(code: str) -> Skill:
    return Skill.objects.get_or_create(code=code, defaults={"name_vi": f"Kỹ năng {code}", "name_en": code})[0]


class Scene:
    """A startup with an owner, a need and a field; nobody else yet."""

    def __init__(self) -> None:
        self.owner: Person = PersonFactory.create()
        self.field: Sector = SectorFactory.create()
        self.startup = startup(needs=["sell"], sectors=[self.field], stage="SEED")
        Membership.objects.create(person=self.owner, organisation=self.startup, role="OWNER")

    def mentors(self) -> list[str]:
        return [each.entry.slug for each in suggest(entry=self.startup, kind="MENTORS", viewer=self.owner)]

    def funds(self) -> list[str]:
        return [each.entry.slug for each in suggest(entry=self.startup, kind="FUNDS", viewer=self.owner)]


def startup(
    *, needs: Sequence[str] = (), sectors: Sequence[Sector] = (), stage: str = "", raises: bool = False, **fields: Any
) -> Organisation:
    made = OrganisationFactory.create(**fields)
    made.needs.set([skill(code) for code in needs])
    made.sectors.set(sectors)
    StartupFacts.objects.create(organisation=made, stage=stage, raises_now=raises)
    return made


def mentor(slug: str, *, skills: Sequence[str] = (), sectors: Sequence[Sector] = (), **fields: Any) -> Profile:
    made = ProfileFactory.create(slug=slug, **fields)
    made.skills.set([skill(code) for code in skills])
    made.sectors.set(sectors)
    return made


def fund(slug: str, *, stages: Sequence[str] = (), sectors: Sequence[Sector] = (), **facts: Any) -> Organisation:
    made = OrganisationFactory.create(slug=slug, kind="VENTURE_FUND")
    made.sectors.set(sectors)
    FundFacts.objects.create(organisation=made, stages=list(stages), **facts)
    return made


def test_who_helps_with_what_is_needed_comes_first_with_their_reasons() -> None:
    scene = Scene()
    mentor("field", sectors=[scene.field])
    mentor("both", skills=["sell", "law"], sectors=[scene.field])
    mentor("need", skills=["sell"], availability="LIMITED")
    mentor("none", skills=["law"])
    assert scene.mentors() == ["both", "need", "field"]
    first = suggest(entry=scene.startup, kind="MENTORS", viewer=scene.owner)[0]
    assert [(reason.code, reason.weight) for reason in first.reasons] == [
        (Code.NEED, 10), (Code.SECTOR, 5), (Code.AVAILABLE, 3),
    ]  # fmt: skip
    assert first.score == 18
    with override("vi"):
        assert because(first.reasons[0], Kind.MENTORS) == "giúp được điều bạn đang tìm: Kỹ năng sell"
    with override("en"):
        assert because(first.reasons[0], Kind.MENTORS) == "helps with what you look for: sell"


def test_the_same_facts_give_the_same_suggestions() -> None:
    scene = Scene()
    for number in range(12):
        mentor(f"m{number}", skills=["sell"])
    assert scene.mentors() == scene.mentors()
    assert len(scene.mentors()) == 6


@pytest.mark.parametrize(
    "changed",
    [{"is_listed": False}, {"takes_suggestions": False}, {"availability": "PAUSED"}],
    ids=lambda changed: next(iter(changed)),
)
def test_who_is_not_listed_opted_out_or_pauses_is_suggested_to_nobody(changed: dict[str, Any]) -> None:
    scene, found = Scene(), mentor("m", skills=["sell"])
    assert scene.mentors() == ["m"]
    Profile.objects.filter(pk=found.pk).update(**changed)
    assert scene.mentors() == []


def test_who_is_no_mentor_any_more_is_not_suggested() -> None:
    scene, found = Scene(), mentor("m", skills=["sell"])
    found.roles.update(until=date(2026, 1, 1))
    assert scene.mentors() == []


def test_opting_out_works_both_ways() -> None:
    scene, found = Scene(), mentor("m", skills=["sell"])
    assert suggest(entry=found, kind="STARTUPS", viewer=found.person) != []
    dismissing.set_opt_out(entry=scene.startup, actor=scene.owner, out=True)
    scene.startup.refresh_from_db()
    assert scene.startup.takes_suggestions is False
    assert scene.mentors() == []
    assert suggest(entry=found, kind="STARTUPS", viewer=found.person) == []
    with pytest.raises(NotPermitted):
        dismissing.set_opt_out(entry=scene.startup, actor=found.person, out=False)
    scene.startup.refresh_from_db()
    assert scene.startup.takes_suggestions is False


def test_who_has_to_do_with_it_already_is_left_out() -> None:
    scene = Scene()
    mentoring, member = mentor("mentoring", skills=["sell"]), mentor("member", skills=["sell"])
    Relationship.objects.create(profile=mentoring, kind="MENTORS", target=scene.startup, is_public=False)
    Membership.objects.create(person=member.person, organisation=scene.startup)
    backer = fund("backer", stages=["SEED"])
    Relationship.objects.create(
        organisation=backer, kind="INVESTED_IN", target=scene.startup, since=date(2020, 1, 1), until=date(2021, 1, 1)
    )
    assert (scene.mentors(), scene.funds()) == ([], [])
    assert suggest(entry=mentoring, kind="STARTUPS", viewer=mentoring.person) == []
    assert fund_for(backer) == []


def fund_for(entry: Organisation) -> list[str]:
    owner = PersonFactory.create()
    Membership.objects.create(person=owner, organisation=entry, role="EDITOR")
    return [each.entry.slug for each in suggest(entry=entry, kind="STARTUPS", viewer=owner)]


def test_funds_and_startups_meet_by_stage_and_field() -> None:
    scene = Scene()
    fund("stage", stages=["SEED"], ticket_min=2_000_000_000, ticket_max=5_000_000_000)
    fund("both", stages=["SEED", "PRE_SEED"], sectors=[scene.field])
    fund("late", stages=["SERIES_B"], sectors=[scene.field])
    fund("any", sectors=[scene.field])
    assert scene.funds() == ["both", "stage", "any"]
    reasons = suggest(entry=scene.startup, kind="FUNDS", viewer=scene.owner)[1].reasons
    with override("vi"):
        assert [because(reason, Kind.FUNDS) for reason in reasons] == [
            "đầu tư ở giai đoạn của bạn: Hạt giống", "đầu tư từ 2.000.000.000 đến 5.000.000.000 VND",
        ]  # fmt: skip


def test_a_fund_finds_startups_that_raise() -> None:
    scene = Scene()
    startup(slug="raises", sectors=[scene.field], stage="SEED", raises=True)
    startup(slug="late", sectors=[scene.field], stage="GROWTH")
    found = fund_for(fund("f", stages=["SEED"], sectors=[scene.field]))
    assert set(found) == {"raises", scene.startup.slug}
    assert found[0] == "raises"


def test_a_hidden_field_is_no_reason_and_moves_nobody() -> None:
    """A need that only keepers see: the mentor is not led to the startup by it; whoever keeps the directory is."""
    found = mentor("m", skills=["sell"])
    hiding = startup(needs=["sell"], slug="hiding")
    assert [each.entry.slug for each in suggest(entry=found, kind="STARTUPS", viewer=found.person)] == ["hiding"]
    for seen in ("STAFF", "MEMBERS"):
        Organisation.objects.filter(pk=hiding.pk).update(visibility={"needs": seen})
        slugs = [each.entry.slug for each in suggest(entry=found, kind="STARTUPS", viewer=found.person)]
        assert slugs == ([] if seen == "STAFF" else ["hiding"])
    Organisation.objects.filter(pk=hiding.pk).update(visibility={"needs": "STAFF"})
    keeper = PersonFactory.create()
    keeper.user_permissions.add(Permission.objects.get(codename="view_profile"))
    keeper = Person.objects.get(pk=keeper.pk)
    assert [each.entry.slug for each in suggest(entry=found, kind="STARTUPS", viewer=keeper)] == ["hiding"]


def test_hidden_availability_languages_and_ticket_are_no_reason() -> None:
    scene = Scene()
    scene.owner.preferred_language = "en"
    scene.owner.save()
    hidden = {"availability": "STAFF", "languages": "STAFF", "ward": "STAFF"}
    mentor("m", skills=["sell"], languages="vi,en", visibility=hidden, ward="phường Gia Viên")
    made = fund("f", stages=["SEED"], ticket_min=1)
    Organisation.objects.filter(pk=made.pk).update(visibility={"ticket": "STAFF"})
    Organisation.objects.filter(pk=scene.startup.pk).update(ward="phường Gia Viên")
    scene.startup.refresh_from_db()
    codes = [reason.code for each in suggest(entry=scene.startup, kind="MENTORS", viewer=scene.owner)
             for reason in each.reasons]  # fmt: skip
    assert codes == [Code.NEED]
    (found,) = suggest(entry=scene.startup, kind="FUNDS", viewer=scene.owner)
    assert [reason.code for reason in found.reasons] == [Code.STAGE]
    Profile.objects.update(visibility={})
    (found,) = suggest(entry=scene.startup, kind="MENTORS", viewer=scene.owner)
    assert [reason.code for reason in found.reasons] == [Code.NEED, Code.AVAILABLE, Code.NEAR, Code.LANGUAGE]


def test_whom_both_know_is_a_reason_if_both_show_it() -> None:
    scene, found = Scene(), mentor("m", skills=["sell"])
    centre = OrganisationFactory.create(kind="INCUBATOR", name_vi="Vườn ươm", name_en="Incubator")
    Relationship.objects.create(organisation=centre, kind="INCUBATES", target=scene.startup)
    place = Membership.objects.create(person=found.person, organisation=centre)
    (first,) = suggest(entry=scene.startup, kind="MENTORS", viewer=scene.owner)
    assert Code.COMMON not in [reason.code for reason in first.reasons]
    place.is_public = True
    place.save()
    (first,) = suggest(entry=scene.startup, kind="MENTORS", viewer=scene.owner)
    (common,) = [reason for reason in first.reasons if reason.code is Code.COMMON]
    with override("en"):
        assert because(common, Kind.MENTORS) == "you both work with Incubator"


def test_not_for_me_is_one_persons() -> None:
    scene, found = Scene(), mentor("m", skills=["sell"])
    colleague = PersonFactory.create()
    Membership.objects.create(person=colleague, organisation=scene.startup, role="EDITOR")
    dismissing.dismiss(entry=found, actor=scene.owner, at=NOW)
    dismissing.dismiss(entry=found, actor=scene.owner, at=NOW)
    assert SuggestionDismissal.objects.count() == 1
    assert scene.mentors() == []
    assert len(suggest(entry=scene.startup, kind="MENTORS", viewer=colleague)) == 1
    dismissing.undismiss(entry=found, actor=scene.owner)
    assert scene.mentors() == ["m"]


def test_only_who_keeps_the_entry_asks_and_for_what_fits() -> None:
    scene = Scene()
    with pytest.raises(NotPermitted):
        suggest(entry=scene.startup, kind="MENTORS", viewer=PersonFactory.create())
    with pytest.raises(Invalid):
        suggest(entry=scene.startup, kind="STARTUPS", viewer=scene.owner)
    with pytest.raises(Invalid):
        suggest(entry=scene.startup, kind="x", viewer=scene.owner)
    assert entries_of(scene.owner) == [scene.startup]


@pytest.mark.parametrize("kind", ["MENTORS", "FUNDS"])
def test_as_many_statements_for_thirty_as_for_one(kind: str) -> None:
    scene = Scene()

    def asked() -> tuple[int, int]:
        entry, viewer = Organisation.objects.get(pk=scene.startup.pk), Person.objects.get(pk=scene.owner.pk)
        with CaptureQueriesContext(connection) as caught:
            found = suggest(entry=entry, kind=kind, viewer=viewer, most=24)
            said = [because(reason, Kind(kind)) for each in found for reason in each.reasons]
        return len(caught), len(said)

    def more(number: int) -> None:
        centre = OrganisationFactory.create()
        Relationship.objects.create(organisation=centre, kind="INCUBATES", target=scene.startup)
        found = mentor(f"m{number}", skills=["sell"], sectors=[scene.field])
        Membership.objects.create(person=found.person, organisation=centre, is_public=True)
        fund(f"f{number}", stages=["SEED"], sectors=[scene.field])

    more(0)
    at_one, one = asked()
    for number in range(1, 30):
        more(number)
    at_thirty, thirty = asked()
    assert thirty > one * 10
    assert at_thirty == at_one <= 20

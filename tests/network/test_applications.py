"""Applying to join, proposing an organisation: what is asked, how it moves, what an accepted one makes."""

from typing import Any

import pytest

from network import consents
from network.consents import Purpose
from network.joining import applications, duplicates
from network.joining.duplicates import Because
from network.joining.refusals import AlreadyApplied, ApplicationNotInState, LooksLikeAnother
from network.models import Application, Membership, Organisation, OutgoingMail, Profile
from network.refusals import Invalid, NotFound, NotPermitted, Several
from tests.factories import NOW, OrganisationFactory, PersonFactory, ProfileFactory, SectorFactory
from tests.network.joining_scenes import keeper, letters, newest

pytestmark = pytest.mark.django_db

ORGANISATION = {
    "name": "Công ty TNHH Cảng Xanh",
    "summary": "Phần mềm xếp bãi container cho cảng nhỏ.",
    "title": "Giám đốc",
    "website": "cangxanh.vn",
    "contact_email": "Chao@CangXanh.vn",
    "tax_code": "0201 234 567",
}
MORE = {
    "CLUB": {"university": "Đại học Hàng hải Việt Nam", "members": "120"},
    "STARTUP": {"stage": "SEED", "team_size": "7"},
    "FUND": {"stages": ["SEED", "SERIES_A"]},
    "ORGANISATION": {"organisation_kind": "COWORKING_SPACE"},
}
MENTOR = {"headline": "Mười năm làm cảng", "helps_with": "Vận hành, bán hàng", "years_of_experience": "10"}


def told(kind: str, **changes: Any) -> dict[str, Any]:
    facts = MENTOR if kind == "MENTOR" else ORGANISATION | MORE[kind]
    sector, _made = SectorFactory._meta.model.objects.get_or_create(code="cang", defaults={"name_vi": "Cảng"})
    return facts | {"sectors": [sector.code]} | changes


def submitted(kind: str = "STARTUP", **more: Any) -> Application:
    actor = more.pop("actor", None) or PersonFactory.create()
    return applications.submit(kind=kind, given=told(kind, **more.pop("changes", {})), actor=actor, at=NOW, **more)


@pytest.mark.parametrize("kind", ["CLUB", "STARTUP", "FUND", "ORGANISATION"])
def test_an_accepted_organisation_stands_in_the_directory_with_its_owner(kind: str) -> None:
    row = submitted(kind)
    assert (row.status, letters(row.person.email)) == ("SUBMITTED", ["joining.application_received"])
    applications.accept(application_id=row.pk, actor=keeper(), at=NOW)
    row.refresh_from_db()
    made = Organisation.objects.get()
    assert (row.status, row.organisation) == ("ACCEPTED", made)
    assert (made.name_vi, made.slug, made.is_listed) == ("Công ty TNHH Cảng Xanh", "cong-ty-tnhh-cang-xanh", True)
    assert (made.website, made.contact_email) == ("https://cangxanh.vn", "chao@cangxanh.vn")
    assert [sector.code for sector in made.sectors.all()] == ["cang"]
    assert made.confirmed_at == NOW
    place = Membership.objects.get()
    assert (place.person, place.role, place.title) == (row.person, "OWNER", "Giám đốc")
    kinds = {"CLUB": "UNIVERSITY_CLUB", "STARTUP": "STARTUP", "FUND": "VENTURE_FUND", "ORGANISATION": "COWORKING_SPACE"}
    assert made.kind == kinds[kind]
    assert letters(row.person.email)[-1] == "joining.application_accepted"
    assert f"/mang-luoi/{made.slug}/" in newest(row.person.email)


def test_facts_of_the_kind_are_written() -> None:
    for kind in ("CLUB", "STARTUP", "FUND"):
        row = submitted(kind, is_another=True, changes={"name": f"Tên {kind}", "tax_code": ""})
        applications.accept(application_id=row.pk, actor=keeper(), at=NOW)
    club, startup, fund = Organisation.objects.order_by("pk")
    assert (club.club_facts.university_vi, club.club_facts.members) == ("Đại học Hàng hải Việt Nam", 120)
    assert (startup.startup_facts.stage, startup.startup_facts.team_size) == ("SEED", 7)
    assert fund.fund_facts.stages == ["SEED", "SERIES_A"]


def test_an_accepted_mentor_has_an_entry_and_is_shown_if_they_agreed() -> None:
    for agrees in (True, False):
        row = submitted("MENTOR", agrees=agrees)
        assert (Purpose.DIRECTORY in consents.standing(row.person)) is agrees
        applications.accept(application_id=row.pk, actor=keeper(), at=NOW)
        profile = Profile.objects.get(person=row.person)
        assert (profile.is_listed, profile.headline_vi, profile.years_of_experience) == (
            agrees,
            "Mười năm làm cảng",
            10,
        )
        assert [role.kind for role in profile.roles.all()] == ["MENTOR"]


def test_who_has_an_entry_keeps_its_words_and_gets_the_role() -> None:
    profile = ProfileFactory.create(roles=["FOUNDER"], headline_vi="Nhà sáng lập")
    row = submitted("MENTOR", actor=profile.person, agrees=True)
    applications.accept(application_id=row.pk, actor=keeper(), at=NOW)
    profile.refresh_from_db()
    assert profile.headline_vi == "Nhà sáng lập"
    assert {role.kind for role in profile.roles.all()} == {"FOUNDER", "MENTOR"}


def test_it_goes_back_with_a_question_and_comes_again() -> None:
    row, reader = submitted(), keeper()
    applications.take_up(application_id=row.pk, actor=reader, at=NOW)
    assert [(one.status, one.reviewer) for one in applications.queue()] == [("IN_REVIEW", reader)]
    applications.send_back(application_id=row.pk, words="Website chưa mở được.", actor=reader, at=NOW)
    assert list(applications.queue()) == []
    assert "Website chưa mở được." in newest(row.person.email)
    applications.send_again(
        application_id=row.pk, given=told("STARTUP", website="https://moi.vn"), actor=row.person, at=NOW
    )
    row.refresh_from_db()
    assert (row.status, row.facts["website"]) == ("SUBMITTED", "https://moi.vn")
    applications.reject(application_id=row.pk, words="Chưa có sản phẩm.", actor=reader, at=NOW)
    assert "Chưa có sản phẩm." in newest(row.person.email)
    assert Organisation.objects.count() == 0


STATES = ["SUBMITTED", "IN_REVIEW", "RETURNED", "ACCEPTED", "REJECTED", "WITHDRAWN"]
MOVES = {
    "take_up": {"SUBMITTED"},
    "accept": {"SUBMITTED", "IN_REVIEW"},
    "send_back": {"SUBMITTED", "IN_REVIEW"},
    "reject": {"SUBMITTED", "IN_REVIEW"},
    "send_again": {"RETURNED"},
    "withdraw": {"SUBMITTED", "IN_REVIEW", "RETURNED"},
}


@pytest.mark.parametrize("act", MOVES)
def test_every_act_in_every_state(act: str) -> None:
    allowed = set()
    for state in STATES:
        row = submitted(is_another=True, changes={"tax_code": ""})
        Application.objects.filter(pk=row.pk).update(status=state)
        own = act in ("send_again", "withdraw")
        given = {"application_id": row.pk, "actor": row.person if own else keeper(), "at": NOW}
        given |= {"words": "Vì thế."} if act in ("send_back", "reject") else {}
        given |= {"given": told("STARTUP")} if act == "send_again" else {}
        try:
            getattr(applications, act)(**given)
            allowed.add(state)
        except ApplicationNotInState:
            row.refresh_from_db()
            assert row.status == state
    assert allowed == MOVES[act]


def test_nobody_decides_but_keepers_and_nobody_moves_anothers() -> None:
    row = submitted()
    for act in (applications.take_up, applications.accept):
        with pytest.raises(NotPermitted):
            act(application_id=row.pk, actor=row.person, at=NOW)
    with pytest.raises(NotFound):
        applications.withdraw(application_id=row.pk, actor=PersonFactory.create(), at=NOW)
    row.refresh_from_db()
    assert (row.status, Organisation.objects.count()) == ("SUBMITTED", 0)


def test_everything_that_is_wrong_is_told_at_once_and_nothing_is_sent() -> None:
    wrong = {
        "name": " ", "summary": "x" * 301, "sectors": ["khong-co"], "website": "không phải", "tax_code": "12",
        "stage": "CHUA", "team_size": "bảy", "contact_email": "chao",
    }  # fmt: skip
    with pytest.raises(Several) as refused:
        submitted(changes=wrong)
    assert {one.field for one in refused.value.refusals} == set(wrong)
    assert (Application.objects.count(), OutgoingMail.objects.count()) == (0, 0)


def test_the_same_is_not_applied_for_twice() -> None:
    row = submitted()
    with pytest.raises(AlreadyApplied):
        submitted(actor=row.person, changes={"name": "CẢNG XANH"})
    assert submitted(actor=row.person, changes={"name": "Bến Đỏ"}).status == "SUBMITTED"
    mentor = submitted("MENTOR")
    with pytest.raises(AlreadyApplied):
        submitted("MENTOR", actor=mentor.person)


def test_a_tax_code_that_another_entry_took_meanwhile_is_told_to_staff() -> None:
    row = submitted()
    OrganisationFactory.create(tax_code="0201234567")
    with pytest.raises(Invalid) as refused:
        applications.accept(application_id=row.pk, actor=keeper(), at=NOW)
    assert (refused.value.field, refused.value.facts["reason"]) == ("tax_code", "in_use")
    row.refresh_from_db()
    assert row.status == "SUBMITTED"


class TestLookingLikeAnother:
    """Before it is sent: is it one of these?"""

    @pytest.mark.parametrize(
        ("known", "because"),
        [
            ({"name_vi": "Tên khác hẳn", "tax_code": "0201234567"}, Because.TAX_CODE),
            ({"name_vi": "Tên khác hẳn", "website": "http://www.cangxanh.vn/x"}, Because.DOMAIN),
            ({"name_vi": "Tên khác hẳn", "contact_email": "info@cangxanh.vn"}, Because.DOMAIN),
            ({"name_vi": "CANG XANH JSC"}, Because.NAME),
            ({"name_vi": "Tên khác hẳn", "name_en": "Cang Xanh Co., Ltd"}, Because.NAME),
            ({"name_vi": "Công ty CP Cảng Xanhh"}, Because.NEAR_NAME),
        ],
    )
    def test_it_is_found(self, known: dict[str, str], because: Because) -> None:
        organisation = OrganisationFactory.create(**known)
        (found,) = applications.look_alike(kind="STARTUP", given=ORGANISATION)
        assert (found.organisation, found.because) == (organisation, because)
        with pytest.raises(LooksLikeAnother):
            submitted()
        assert Application.objects.count() == 0
        assert submitted(is_another=True).status == "SUBMITTED"

    @pytest.mark.parametrize(
        "known",
        [
            {"name_vi": "Cảng Đỏ"},
            {"name_vi": "Vườn ươm Bến Cảng", "website": "https://facebook.com/cangxanh"},
            {"name_vi": "Cảng Xanh", "is_listed": False},
            {"name_vi": "Cảng Khánh"},
            {"name_vi": "Tên khác hẳn", "tax_code": "0201234568"},
        ],
    )
    def test_others_are_not(self, known: dict[str, Any]) -> None:
        OrganisationFactory.create(**known)
        assert applications.look_alike(kind="STARTUP", given=ORGANISATION) == []

    def test_keepers_see_pairs_the_surest_first(self) -> None:
        first = OrganisationFactory.create(name_vi="Cảng Xanh", name_en="Green Port")
        near = OrganisationFactory.create(name_vi="Công ty Cảng Xanhh", name_en="Verdant")
        domain = OrganisationFactory.create(name_vi="Bến Đỏ", name_en="Red", website="https://bendo.vn")
        same = OrganisationFactory.create(name_vi="Kho Vàng", name_en="Gold", contact_email="a@bendo.vn")
        OrganisationFactory.create(name_vi="Chẳng Giống Ai", name_en="Nobody Else")
        pairs = [(pair.first, pair.second, pair.because) for pair in duplicates.pairs()]
        assert pairs == [(domain, same, Because.DOMAIN), (first, near, Because.NEAR_NAME)]

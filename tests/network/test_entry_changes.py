"""An owner's change waits while the entry stays as it was; what is theirs to decide goes live at once."""

from datetime import timedelta

import pytest

from network.entries.submission import Edit, submit, withdraw
from network.models import Change, Membership, OutgoingMail, Profile
from network.refusals import ChangeNotWaiting, DirectoryConsentRequired, Invalid, NotFound, NotPermitted, Several
from tests.factories import NOW, OrganisationFactory, PersonFactory, ProfileFactory, SectorFactory
from tests.network.entries import consenting, edited, reviewer

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
OLD = "Mười năm bán phần mềm cho nhà máy"


def fresh(profile: Profile) -> Profile:
    return Profile.objects.get(pk=profile.pk)


def test_a_change_waits_and_the_entry_stays_as_it_was() -> None:
    profile, sector = ProfileFactory.create(), SectorFactory.create()
    outcome = edited(profile, profile.person, headline_vi="  Người gõ cửa ", sectors=[sector.code])
    assert outcome.live is None
    assert outcome.waiting is not None
    assert outcome.waiting.values == {
        "headline": {
            "old": {"headline_vi": OLD, "headline_en": "Ten years of selling software to factories"},
            "new": {"headline_vi": "Người gõ cửa", "headline_en": "Ten years of selling software to factories"},
        },
        "sectors": {"old": {"sectors": []}, "new": {"sectors": [sector.code]}},
    }
    assert (fresh(profile).headline_vi, list(fresh(profile).sectors.all())) == (OLD, [])
    assert fresh(profile).confirmed_at is None


def test_what_is_said_already_is_no_change() -> None:
    profile = ProfileFactory.create()
    outcome = edited(profile, profile.person, headline_vi=OLD, languages=["vi"])
    assert (outcome.live, outcome.waiting, Change.objects.count()) == (None, None, 0)


def test_an_open_change_is_amended_not_doubled() -> None:
    profile = ProfileFactory.create()
    edited(profile, profile.person, headline_vi="Một", bio_vi="Tôi")
    edited(profile, profile.person, headline_vi="Hai")
    change = Change.objects.get()
    assert (change.values["headline"]["new"]["headline_vi"], change.values["bio"]["new"]["bio_vi"]) == ("Hai", "Tôi")
    assert change.version == 2
    edited(profile, profile.person, headline_vi=OLD, bio_vi="")
    change.refresh_from_db()
    assert change.state == "WITHDRAWN"


@pytest.mark.parametrize("by", ["trusted", "reviewer", "keeper"])
def test_who_is_trusted_goes_live_at_once_and_leaves_a_row(by: str) -> None:
    profile = ProfileFactory.create(is_trusted=by == "trusted")
    actor = {"trusted": profile.person, "reviewer": None, "keeper": None}[by]
    if by == "reviewer":
        profile = ProfileFactory.create(person=reviewer())
        actor = profile.person
    if by == "keeper":
        actor = PersonFactory.create(is_superuser=True)
    assert actor is not None
    outcome = edited(profile, actor, headline_vi="Mới")
    assert outcome.waiting is None
    assert outcome.live is not None
    assert (outcome.live.state, outcome.live.author) == ("APPLIED", actor)
    assert (fresh(profile).headline_vi, fresh(profile).confirmed_at) == ("Mới", NOW)


def test_privacy_and_switches_wait_for_nobody() -> None:
    profile = ProfileFactory.create()
    edit = Edit(values={"availability": "PAUSED", "bio_vi": "Tôi"}, visibility={"bio": "MEMBERS"})
    outcome = submit(entry=profile, actor=profile.person, edit=edit, at=NOW)
    assert outcome.live is not None
    assert list(outcome.live.values) == ["availability"]
    assert outcome.live.visibility == {"bio": {"old": "PUBLIC", "new": "MEMBERS"}}
    assert outcome.waiting is not None
    assert list(outcome.waiting.values) == ["bio"]
    now = fresh(profile)
    assert (now.availability, now.visibility, now.bio_vi or "") == ("PAUSED", {"bio": "MEMBERS"}, "")


def test_leaving_at_once_and_coming_back_by_oneself() -> None:
    profile = consenting(ProfileFactory.create())
    edited(profile, profile.person, is_listed=False)
    assert fresh(profile).is_listed is False
    edited(profile, profile.person, is_listed=True)
    assert fresh(profile).is_listed is True


def test_a_first_listing_and_one_that_staff_ended_wait() -> None:
    profile = consenting(ProfileFactory.create(is_listed=False))
    outcome = edited(profile, profile.person, is_listed=True)
    assert outcome.waiting is not None
    assert list(outcome.waiting.values) == ["is_listed"]
    other = consenting(ProfileFactory.create())
    edited(other, PersonFactory.create(is_superuser=True), is_listed=False)
    assert edited(other, other.person, is_listed=True).waiting is not None
    assert (fresh(profile).is_listed, fresh(other).is_listed) == (False, False)


def test_nobody_is_listed_without_having_agreed() -> None:
    profile = ProfileFactory.create(is_listed=False, is_trusted=True)
    with pytest.raises(DirectoryConsentRequired):
        edited(profile, profile.person, is_listed=True, headline_vi="Mới")
    assert (fresh(profile).is_listed, fresh(profile).headline_vi, Change.objects.count()) == (False, OLD, 0)


def test_nobody_edits_what_is_not_theirs() -> None:
    profile, organisation = ProfileFactory.create(), OrganisationFactory.create()
    member = Membership.objects.create(person=PersonFactory.create(), organisation=organisation, role="MEMBER")
    for entry in (profile, organisation):
        with pytest.raises(NotPermitted):
            edited(entry, member.person, website="https://cua.toi")
    Membership.objects.filter(pk=member.pk).update(role="EDITOR")
    assert edited(organisation, member.person, website="https://cua.toi").waiting is not None
    missing = Profile(pk=profile.pk + 1, person=profile.person)
    with pytest.raises(NotFound):
        edited(missing, profile.person, headline_vi="x")


def test_taking_back() -> None:
    profile = ProfileFactory.create()
    change = edited(profile, profile.person, headline_vi="Mới").waiting
    assert change is not None
    with pytest.raises(NotFound):
        withdraw(change_id=change.pk, actor=PersonFactory.create(), at=LATER)
    withdraw(change_id=change.pk, actor=profile.person, at=LATER)
    change.refresh_from_db()
    assert (change.state, change.decided_at) == ("WITHDRAWN", LATER)
    with pytest.raises(ChangeNotWaiting):
        withdraw(change_id=change.pk, actor=profile.person, at=LATER)
    assert OutgoingMail.objects.count() == 0


REFUSED = [
    ("headline_vi", "   ", "required"),
    ("headline_en", "x" * 141, "too_long"),
    ("bio_vi", "x" * 4001, "too_long"),
    ("bio_vi", "a\x00b", "control_character"),
    ("languages", "vi,xx", "unknown"),
    ("languages", "", "required"),
    ("years_of_experience", 71, "out_of_range"),
    ("years_of_experience", "nhiều", "out_of_range"),
    ("availability", "SOON", "unknown"),
    ("sectors", ["nowhere"], "unknown"),
    ("skills", [str(n) for n in range(13)], "too_many"),
    ("website", "javascript:alert(1)", "malformed"),
    ("website", "ftp://a.vn", "malformed"),
    ("website", "https://ten:mat@a.vn", "malformed"),
    ("links", [f"https://a.vn/{n}" for n in range(9)], "too_many"),
    ("links", ["https://a.vn", "https://a.vn"], "repeated"),
    ("links", ["data:text/html,x"], "malformed"),
    ("contact_email", "khong-phai", "malformed"),
    ("contact_phone", "12", "malformed"),
    ("photo", "0b0e4c8e-9ad4-4f83-b4f4-6c0e62d0b3f5.webp", "unknown"),
    ("photo", "../people/x.webp", "unknown"),
    ("ticket_min", 5, "unknown"),
    ("slug", "khac", "unknown"),
]


@pytest.mark.parametrize(("name", "value", "reason"), REFUSED)
def test_what_may_not_stand_there_is_refused_at_its_column(name: str, value: object, reason: str) -> None:
    profile = ProfileFactory.create()
    with pytest.raises(Invalid) as refused:
        edited(profile, profile.person, **{name: value})
    assert (refused.value.field, refused.value.facts["reason"]) == (name, reason)
    assert Change.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("founded_year", 2027, "out_of_range"),
        ("tax_code", "123", "malformed"),
        ("tax_code", "0201234567", "taken_entry"),
        ("latitude", 91, "out_of_range"),
        ("ticket_max", 1, "below_least"),
        ("stages", ["SEED", "LATE"], "unknown"),
        ("currency", "EUR", "unknown"),
        ("team_size", 3, "unknown"),
    ],
)
def test_the_same_for_a_fund(name: str, value: object, reason: str) -> None:
    OrganisationFactory.create(tax_code="0201234567")
    fund = OrganisationFactory.create(kind="VENTURE_FUND", is_trusted=True)
    owner = Membership.objects.create(person=PersonFactory.create(), organisation=fund, role="OWNER").person
    edited(fund, owner, ticket_min=2)
    with pytest.raises(Invalid) as refused:
        edited(fund, owner, **{name: value})
    assert (refused.value.field, refused.value.facts["reason"]) == (name, reason)
    assert Change.objects.count() == 1


def test_several_refusals_are_told_at_once_and_a_field_that_must_be_public_stays_so() -> None:
    profile = ProfileFactory.create()
    with pytest.raises(Several) as several:
        edited(profile, profile.person, headline_vi="", website="x y")
    assert [one.field for one in several.value.refusals] == ["headline_vi", "website"]
    for visibility in ({"headline": "STAFF"}, {"bio": "SECRET"}, {"nothing": "PUBLIC"}):
        with pytest.raises(Invalid):
            submit(entry=profile, actor=profile.person, edit=Edit(visibility=visibility), at=NOW)
    assert fresh(profile).visibility == {}


def test_what_was_typed_is_brought_into_form() -> None:
    profile = ProfileFactory.create(is_trusted=True)
    edited(
        profile, profile.person, website="congty.vn", contact_phone="0912 345 678",
        links="https://a.vn\n\nb.vn\n", languages="vi en",
    )  # fmt: skip
    now = fresh(profile)
    assert (now.website, str(now.contact_phone), now.links, now.languages) == (
        "https://congty.vn", "+84912345678", ["https://a.vn", "https://b.vn"], "vi,en",
    )  # fmt: skip


def test_an_owner_fills_the_facts_of_their_kind() -> None:
    fund = OrganisationFactory.create(kind="VENTURE_FUND", is_trusted=True)
    owner = Membership.objects.create(person=PersonFactory.create(), organisation=fund, role="OWNER").person
    edited(fund, owner, ticket_min=1, ticket_max=5, stages=["SEED", "IDEA"], offices_vi="Hải Phòng", latitude=20.8,
           longitude=106.7)  # fmt: skip
    fund.refresh_from_db()
    facts = fund.fund_facts
    assert (facts.ticket_min, facts.ticket_max, facts.stages, facts.offices_vi) == (1, 5, ["IDEA", "SEED"], "Hải Phòng")
    assert (fund.latitude, fund.longitude) == (20.8, 106.7)

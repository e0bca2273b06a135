"""A mentor keeps their own words true, and nobody else's."""

import pytest

from network import profiles, queries
from network.profiles import MentorWords
from network.refusals import Invalid, NotFound, NotPermitted, Refusal
from tests.factories import PersonFactory, ProfileFactory, SectorFactory

pytestmark = pytest.mark.django_db


def test_a_mentor_edits_their_own_headline_and_sectors() -> None:
    profile = ProfileFactory.create()
    sector = SectorFactory.create()
    words = MentorWords(headline_vi="  Người gõ cửa nhà máy ", sector_codes=[sector.code])
    profiles.edit_profile(profile_id=profile.pk, actor=profile.person, words=words)
    profile.refresh_from_db()
    assert profile.headline_vi == "Người gõ cửa nhà máy"
    assert profile.headline_en == "Ten years of selling software to factories"
    assert list(profile.sectors.all()) == [sector]
    assert list(queries.listed_mentors(search="go cua NHA may")) == [profile]


@pytest.mark.parametrize(
    ("words", "field", "reason"),
    [
        (MentorWords(headline_vi="   "), "headline_vi", "required"),
        (MentorWords(headline_en="x" * 141), "headline_en", "too_long"),
        (MentorWords(headline_vi="mới", sector_codes=["nowhere"]), "sector_codes", "unknown"),
    ],
)
def test_bad_words_are_refused_at_the_field_and_nothing_is_written(words: MentorWords, field: str, reason: str) -> None:
    profile = ProfileFactory.create()
    with pytest.raises(Invalid) as refused:
        profiles.edit_profile(profile_id=profile.pk, actor=profile.person, words=words)
    assert (refused.value.field, refused.value.facts["reason"]) == (field, reason)
    profile.refresh_from_db()
    assert profile.headline_vi == "Mười năm bán phần mềm cho nhà máy"


@pytest.mark.parametrize(("own", "refusal"), [(False, NotPermitted), (True, NotFound)])
def test_nobody_edits_another_mentor(own: bool, refusal: type[Refusal]) -> None:
    profile = ProfileFactory.create()
    missing = profile.pk + 1 if own else profile.pk
    with pytest.raises(refusal):
        profiles.edit_profile(
            profile_id=missing, actor=PersonFactory.create(), words=MentorWords(headline_vi="của tôi")
        )
    profile.refresh_from_db()
    assert profile.headline_vi == "Mười năm bán phần mềm cho nhà máy"


def test_an_unlisted_mentor_is_not_found_in_the_directory() -> None:
    ProfileFactory.create(is_listed=False)
    assert list(queries.listed_mentors()) == []

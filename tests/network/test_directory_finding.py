"""Searching the directory: facets and their counts, the three ways of matching, words, mistakes, few statements."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from network.directory import entries, finding, index, spelling, words
from network.models import FundFacts, Organisation, Profile, Role, Skill, StartupFacts
from tests.factories import OrganisationFactory, ProfileFactory, SectorFactory


def codes(found: finding.Found) -> list[str]:
    return [row.code for row in entries.organisations(found.ids())]


@pytest.fixture
def quay(db: None) -> None:
    """Four organisations that differ in every facet."""
    sea, chips = SectorFactory.create(code="sea"), SectorFactory.create(code="chips")
    pricing = Skill.objects.create(code="pricing", name_vi="Định giá", name_en="Pricing")
    made = {
        code: OrganisationFactory.create(code=code, kind=kind, name_vi=name, ward=ward)
        for code, kind, name, ward in [
            ("sail", "VENTURE_FUND", "Quỹ Buồm Nâu", "phường Hồng Bàng"),
            ("wave", "VENTURE_FUND", "Quỹ Sóng Nâu", "phường Gia Viên"),
            ("sense", "STARTUP", "Neo Cảm Biến", "phường Hồng Bàng"),
            ("brick", "STARTUP", "Gạch Vỏ Hàu", ""),
        ]
    }
    FundFacts.objects.create(organisation=made["sail"], stages=["SEED", "IDEA"], has_local_office=True)
    FundFacts.objects.create(organisation=made["wave"], stages=["SEED"])
    StartupFacts.objects.create(organisation=made["sense"], stage="SEED")
    made["sail"].sectors.set([sea, chips])
    made["sense"].sectors.set([chips])
    made["brick"].sectors.set([sea])
    made["brick"].needs.set([pricing])
    index.refresh(organisations=[row.pk for row in made.values()])


@pytest.mark.usefixtures("quay")
def test_everybody_is_found_by_name_and_every_value_is_counted() -> None:
    found = finding.find_organisations()
    assert codes(found) == ["brick", "sense", "sail", "wave"]
    assert found.counts == {
        "kind": {"VENTURE_FUND": 2, "STARTUP": 2},
        "sector": {"chips": 2, "sea": 2},
        "stage": {"IDEA": 1, "SEED": 3},
        "need": {"pricing": 1},
        "ward": {"phuong-hong-bang": 2, "phuong-gia-vien": 1},
        "office": {"1": 1},
        "raising": {},
    }


@pytest.mark.usefixtures("quay")
def test_a_facet_is_counted_as_if_nothing_were_chosen_in_it() -> None:
    found = finding.find_organisations(chosen={"kind": ["STARTUP"], "sector": ["sea", "nothing"]})
    assert codes(found) == ["brick"]
    assert found.counts["kind"] == {"VENTURE_FUND": 1, "STARTUP": 1}
    assert found.counts["sector"] == {"chips": 1, "sea": 1}
    assert found.counts["need"] == {"pricing": 1}
    assert found.counts["ward"] == {}
    assert found.without_filters == 4


@pytest.mark.usefixtures("quay")
def test_two_values_of_a_facet_are_either_or_and_a_facet_that_there_is_not_narrows_nothing() -> None:
    both = finding.find_organisations(search="nau", chosen={"ward": ["phuong-hong-bang", "phuong-gia-vien"]})
    assert codes(both) == ["sail", "wave"]
    assert codes(finding.find_organisations(chosen={"colour": ["brown"]})) == ["brick", "sense", "sail", "wave"]
    assert codes(finding.find_organisations(chosen={"kind": ["NOTHING"]})) == []
    assert len(finding.find_organisations(chosen={"kind": []})) == 4


@pytest.mark.usefixtures("quay")
def test_mistakes_are_forgiven_only_when_nobody_has_the_words() -> None:
    right, wrong = finding.find_organisations(search="buom"), finding.find_organisations(search="quy bumo")
    assert (codes(right), right.how, right.meant) == (["sail"], "words", "")
    assert (codes(wrong), wrong.how, wrong.meant) == (["sail"], "meant", "quy buom")
    some = finding.find_organisations(search="quy nau khongcoai")
    assert (set(codes(some)), some.how) == ({"sail", "wave"}, "some")
    none = finding.find_organisations(search="khongcoai")
    assert (codes(none), none.how, none.without_filters) == ([], "some", 0)


@pytest.mark.django_db
def test_the_name_that_was_typed_comes_first() -> None:
    for code, name in [("c", "Viện Biển Xanh"), ("b", "Biển Xanh Việt"), ("d", "Xanh Biển"), ("a", "Biển Xanh")]:
        OrganisationFactory.create(code=code, name_vi=name, name_en="")
    assert codes(finding.find_organisations(search="biển xanh")) == ["a", "b", "c", "d"]


@pytest.mark.django_db
def test_people_are_found_by_their_parts_of_today() -> None:
    founder = ProfileFactory.create(person__full_name="Trần Thu Hà", roles=["FOUNDER"], languages="vi, en")
    mentor = ProfileFactory.create(person__full_name="Nguyễn Văn An")
    ended = ProfileFactory.create(person__full_name="Lê Văn Bình")
    Role.objects.filter(profile=ended).update(until="2026-01-01")
    ProfileFactory.create(is_listed=False)
    index.refresh(profiles=[ended.pk])
    everybody = finding.find_people()
    assert everybody.ids() == [mentor.pk, ended.pk, founder.pk]
    assert everybody.counts["role"] == {"FOUNDER": 1, "MENTOR": 1}
    assert everybody.counts["language"] == {"en": 1, "vi": 3}
    assert everybody.counts["availability"] == {"OPEN": 3}
    assert finding.find_people(chosen={"role": ["MENTOR"]}).ids() == [mentor.pk]


@pytest.mark.django_db
def test_whoever_was_hidden_past_the_index_is_not_handed_out() -> None:
    row, profile = OrganisationFactory.create(), ProfileFactory.create()
    Organisation.objects.update(is_listed=False)
    Profile.objects.update(is_listed=False)
    assert finding.find_organisations().ids() == [row.pk]
    assert entries.organisations([row.pk]) == []
    assert finding.find_people().ids() == [profile.pk]
    assert entries.people([profile.pk]) == []


@pytest.mark.django_db
@pytest.mark.parametrize("many", [1, 40])
def test_the_number_of_statements_does_not_depend_on_how_many_are_found(
    many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    sector = SectorFactory.create()
    for row in OrganisationFactory.create_batch(many):
        row.sectors.set([sector])
    finding.find_organisations()
    with django_assert_num_queries(3):
        rows = entries.organisations(finding.find_organisations(search="to chuc").ids(0, 24))
        assert [[each.name for each in row.sectors.all()] for row in rows]


@pytest.mark.django_db
def test_news_is_read_once(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    row = OrganisationFactory.create()
    finding.find_organisations()
    with django_assert_num_queries(1):
        finding.find_organisations()
    index.refresh(organisations=[row.pk])  # nothing has changed, and no row is of that version
    with django_assert_num_queries(2):
        finding.find_organisations()
    with django_assert_num_queries(1):
        finding.find_organisations()


def test_a_text_is_told_by_its_abbreviations_and_its_long_forms() -> None:
    assert {"dmst", "doi", "moi", "sang", "tao"} <= words.told("Đổi mới sáng tạo")
    assert words.told("KH&CN") == {"khcn", "khoa", "hoc", "cong", "nghe"}
    assert "khcn" in words.told("khoa học và công nghệ")
    assert words.initials("Trường Đại học Hải Phòng") == {"tdhhp", "dhhp", "hhp"}
    assert words.initials("CLB Mỏ Neo") == {"clbmn", "lbmn", "bmn"}
    assert words.joined("Hải Phòng") == {"haiphong"}
    assert words.asked("Quỹ của VÀ quỹ\0 <b>") == ["quy", "b"]
    assert words.asked("của và") == ["cua", "va"]
    assert words.cut("😀 … ' OR 1=1 --") == ["or", "1", "1"]


@given(st.text(alphabet="abcd", min_size=3, max_size=9), st.integers(0, 8), st.sampled_from("abcdx"))
def test_a_word_with_one_mistake_is_near(word: str, place: int, letter: str) -> None:
    place = min(place, len(word) - 1)
    swapped = word[:place] + word[place + 1 : place + 2] + word[place : place + 1] + word[place + 2 :]
    mistakes = {word[:place] + letter + word[place + 1 :], word[:place] + letter + word[place:], swapped}
    speller = spelling.Speller()
    speller.learn(["dddddddddddd", word])
    for mistake in mistakes - {word}:
        assert spelling.distance(mistake, word) == 1
        assert speller.near(mistake)[word] == 1


def test_numbers_and_two_letters_are_not_mistyped() -> None:
    speller = spelling.Speller()
    speller.learn(["2026", "ab", "abc", "logistics", "logistic"])
    assert speller.near("2025") == {}
    assert speller.near("ax") == {}
    assert speller.near("lgistcs") == {}
    assert speller.near("logitscs") == {"logistics": 2}

"""Searching asks no more of the database than somebody's ten words."""

import pytest

from events import queries as events
from network import queries as network
from tests.factories import NOW, OrganisationFactory, ProfileFactory, open_event

pytestmark = pytest.mark.django_db


def searches(words):
    """Each list of the site with a search, and the condition that it comes to."""
    return {
        "events": events.public_events(at=NOW, search=words),
        "organisations": network.listed_organisations(search=words),
        "mentors": network.listed_mentors(search=words),
    }


@pytest.mark.parametrize("name", ["events", "organisations", "mentors"])
def test_a_search_is_ten_conditions_at_most(name):
    words = " ".join(f"tu{number}" for number in range(1000))
    assert str(searches(words)[name].query).count("%tu") == 10
    assert str(searches("một hai ba")[name].query).count("LIKE %") == 3


def test_the_words_behind_the_tenth_do_not_count():
    event = open_event(title_vi="Một hai ba bốn năm sáu bảy tám chín mười")
    OrganisationFactory.create(name_vi=event.title_vi)
    profile = ProfileFactory.create(headline_vi=event.title_vi)
    ten = "một hai ba bốn năm sáu bảy tám chín mười"
    for words, found in ((f"{ten} khác", True), (f"khác {ten}", False)):
        assert [row.exists() for row in searches(words).values()] == [found] * 3
    assert list(searches(ten)["mentors"]) == [profile]

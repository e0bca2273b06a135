"""The home page shows what is there today."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from cms import quay
from cms.models import HomePage
from events import registration
from events.models import Registration
from network.models import Organisation
from tests.cms.test_queries import article
from tests.factories import OrganisationFactory, PersonFactory, ProfileFactory, open_event


def test_the_numbers_are_counted(home: HomePage) -> None:
    OrganisationFactory.create_batch(2)
    OrganisationFactory.create(kind=Organisation.Kind.VENTURE_FUND)
    OrganisationFactory.create(is_listed=False)
    ProfileFactory.create_batch(3)
    ProfileFactory.create(is_listed=False)
    coming = open_event(starts_at=timezone.now() + timedelta(days=3))
    open_event(starts_at=timezone.now() - timedelta(days=3))
    for _ in range(2):
        registration.register(
            event_id=coming.pk, person=PersonFactory.create(), at=timezone.now(), channel=Registration.Channel.SITE
        )
    assert quay.ecosystem(home=home) == {
        "organisations": 3,
        "startups": 2,
        "mentors": 3,
        "events": 1,
        "registrations": 2,
    }


def test_an_empty_city_counts_nothing(home: HomePage) -> None:
    assert set(quay.ecosystem(home=home).values()) == {0}


def test_the_chosen_article_leads(home: HomePage) -> None:
    articles = [article(number) for number in range(1, 8)]
    home.featured_news = articles[-1]
    home.save()
    assert quay.laid_out(home=home)["articles"] == [articles[-1], *articles[:4]]


def test_the_next_event_floats_and_stands_once(home: HomePage, client: Client) -> None:
    event = open_event(starts_at=timezone.now() + timedelta(days=3))
    later = open_event(starts_at=timezone.now() + timedelta(days=9), title_vi="Lần sau")
    laid = quay.laid_out(home=home)
    assert (laid["next_event"], laid["upcoming"]) == (event, [later])
    assert event.code in client.get("/").content.decode()

"""The tree, and somebody of each kind."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from cms.groups import COMMS, ORGANISERS, ensure_groups
from cms.models import EventIndexPage, HomePage
from cms.tree import ensure_tree
from events.models import EventStaff
from network.models import Person
from tests import factories


@pytest.fixture
def home(db: None) -> HomePage:
    """The Vietnamese home page, with its English translation and the indexes of both."""
    ensure_groups()
    return ensure_tree()


@pytest.fixture
def event_index(home: HomePage) -> EventIndexPage:
    """Where Vietnamese event pages live."""
    return EventIndexPage.objects.get(locale__language_code="vi")


def member(group: str) -> Person:
    """Somebody of a group, as the admin knows them."""
    person = factories.PersonFactory.create(is_staff=True)
    person.groups.add(Group.objects.get(name=group))
    return person


@pytest.fixture
def editor(home: HomePage) -> Person:
    """Of the comms team."""
    return member(COMMS)


@pytest.fixture
def organiser(home: HomePage) -> Person:
    """Runs events."""
    return member(ORGANISERS)


@pytest.fixture
def outsiders(home: HomePage) -> dict[str, Person]:
    """Those who have nothing to do in the admin."""
    volunteer = factories.PersonFactory.create()
    EventStaff.objects.create(person=volunteer, event=None, role=EventStaff.Role.DOOR)
    return {
        "attendee": factories.PersonFactory.create(),
        "mentor": factories.ProfileFactory.create().person,
        "door": volunteer,
    }


@pytest.fixture
def desk(editor: Person, client: Client) -> Client:
    """The browser of the editor."""
    client.force_login(editor)
    return client

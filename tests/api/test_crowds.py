"""As many SQL statements for a hundred rows as for one, however deep the question goes."""

import pytest

from events.models import EventStaff
from network.global_ids import global_id
from tests.api.crowd import Hall, one_more_of_mine, others_too
from tests.api.fragments import CONSENT, DESK, REGISTRATION, TICKET, TYPE
from tests.api.test_query_counts import _warm, statements
from tests.factories import PersonFactory, on_duty

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today"), pytest.mark.slow]
NUMBERS = (1, 20, 100)
MINE = {
    "myRegistrations": f"{{ myRegistrations(first: 100) {{ totalCount nodes {{ {REGISTRATION} }} }} }}",
    "myTickets": f"{{ myTickets {{ {TICKET} event {{ ticketTypes {{ name left }} }} }} }}",
    "events": f"{{ events(first: 100) {{ nodes {{ myRegistration {{ {REGISTRATION} }} "
    f'ticketTypes(invitation: "0123456789abcdef0123456789abcdef") {{ {TYPE} }} }} }} }}',
    "myConsents": f"{{ myConsents {{ {CONSENT} }} }}",
}
assert _warm


@pytest.fixture(autouse=True)
def _dear(settings):
    settings.GRAPHQL_LIMITS = {"cost": 1_000_000}


def test_somebody_s_own(client, post):
    viewer = PersonFactory.create()
    client.force_login(viewer)
    counted, sizes, made = {name: [] for name in MINE}, {name: [] for name in MINE}, 0
    for number in NUMBERS:
        for row in range(made, number):
            one_more_of_mine(viewer)
            if row < NUMBERS[1]:
                others_too(viewer)
        made = number
        for name, query in MINE.items():
            times, data, _said = statements(post, query)
            counted[name].append(times)
            sizes[name].append(_size(data[name]))
    assert sizes["myRegistrations"] == [2, 40, 100]
    assert sizes["myTickets"] == [3, 60, 220]
    assert {name: len(set(times)) for name, times in counted.items()} == dict.fromkeys(MINE, 1), counted
    assert max(max(times) for times in counted.values()) <= 30, counted


def test_an_organiser_s_list(client, post):
    hall = Hall()
    client.force_login(on_duty(hall.event, EventStaff.Role.ORGANISER))
    head = "query ($event: ID!, $filter: DeskFilter) { registrations(event: $event, first: 100, filter: $filter)"
    query, event = f"{head} {{ totalCount nodes {{ {DESK} }} }} }}", global_id(hall.event)
    counted, sizes, made = [], [], 0
    for number in NUMBERS:
        for _ in range(number - made):
            hall.one_more()
        made = number
        filters = ({}, {"search": "nguyen"})
        answers = [statements(post, query, {"event": event, "filter": filter}) for filter in filters]
        counted.append([times for times, _data, _said in answers])
        sizes.append([_size(data["registrations"]) for _times, data, _said in answers])
    assert sizes == [[3, 3], [60, 60], [100, 100]]
    assert len(set(map(tuple, counted))) == 1, counted
    assert max(counted[0]) <= 30, counted


def _size(found):
    return len(found["nodes"] if isinstance(found, dict) else found)

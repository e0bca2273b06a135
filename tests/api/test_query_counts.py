"""The number of SQL statements depends on what is asked, never on how many rows there are."""

import re
from collections import Counter
from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events import checkin, registration, tickets
from events.models import EventStaff, Registration, Session, Speaker, Track
from network.directory import saved_lists
from network.global_ids import global_id
from network.models import (
    FundFacts,
    FundingRound,
    IntellectualProperty,
    Membership,
    Relationship,
    Skill,
    StartupFacts,
)
from tests.api.fragments import EVENT
from tests.api.newsroom import article, mentor, story_page
from tests.api.operations import QUERIES
from tests.factories import (
    NOW,
    EventSeriesFactory,
    OrganisationFactory,
    ProfileFactory,
    SectorFactory,
    VenueFactory,
    gate,
    main_list,
    on_duty,
    open_event,
)
from tests.network.mentoring_scenes import standing

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("today"),
    # Wagtail leaves the temporary file open in which it makes a rendition.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

BODY = """body { __typename
  ... on TextBlock { html } ... on QuestionsBlock { items { question answerHtml } }
  ... on FigureBlock { image { alt rendition(size: CARD) { url } } }
  ... on EventBlock { event { title venue { name } series { title } } }
  ... on PeopleBlock { people { name sectors { name } } }
  ... on GalleryBlock { items { image { alt rendition(size: CARD) { url } } } } ... on FilmBlock { file { url } }
  ... on EventsBlock { events { title venue { name } series { title } } } ... on CountdownBlock { event { title } }
  ... on NewsBlock { articles { title url image { alt rendition(size: CARD) { url } } } }
  ... on MentorsBlock { mentors { name sectors { name } } }
  ... on OrganisationsBlock { organisations { sectors { name } } }
  ... on DownloadsBlock { items { file { url } } } ... on LogosBlock { items { url image { alt } } }
  ... on CardsBlock { items { title url } } ... on CallToActionBlock { url } }"""
IMAGE = "image { alt rendition(size: CARD) { url } }"
DEEP = {
    **QUERIES,
    "news": f"{{ news {{ totalCount nodes {{ title url locale {IMAGE} {BODY} }} }} }}",
    "organisations": QUERIES["organisations"].replace("organisations {", "organisations(first: 100) {"),
    "people": QUERIES["people"].replace("people {", "people(first: 100) {"),
    "mentors": QUERIES["mentors"].replace("mentors {", "mentors(first: 100) {"),
    "events": f"{{ events(when: ALL) {{ nodes {{ {EVENT} story {{ {IMAGE} {BODY} }} }} }} }}",
}
LISTS = [
    "events", "seriesList", "myTickets", "myDoorEvents", "organisations", "mentors", "people", "directorySearch",
    "savedLists", "sectors", "news", "myBookings",
]  # fmt: skip


BOUNDED = {"directorySearch"}
"""The best few, however many there are."""


@pytest.fixture
def viewer(client):
    """Somebody with a place at everything and a duty everywhere."""
    person = on_duty(None, EventStaff.Role.ORGANISER)
    client.force_login(person)
    return person


def organisation():
    """Listed, with a parent, a child, a field and a member who is a mentor."""
    made = OrganisationFactory.create(parent=OrganisationFactory.create())
    OrganisationFactory.create(parent=made)
    made.sectors.add(SectorFactory.create())
    Membership.objects.create(person=mentor().person, organisation=made, is_public=True, title="Cố vấn")
    made.needs.add(Skill.objects.get_or_create(code="ban-hang", name_vi="Bán hàng")[0])
    FundFacts.objects.create(organisation=made, ticket_min=1)
    StartupFacts.objects.create(organisation=made, stage="SEED")
    FundingRound.objects.create(startup=made, stage="SEED", announced_on=NOW.date(), source_url="https://tin.example/")
    IntellectualProperty.objects.create(organisation=made, kind="PATENT", title="Neo")
    Relationship.objects.create(kind="INVESTED_IN", organisation=made, target=OrganisationFactory.create())
    Relationship.objects.create(kind="MENTORS", profile=mentor(), target=made)
    return made


def row(viewer, number):
    """One more of everything that a list may hold."""
    series = EventSeriesFactory.create(code=f"S{'ABCD'[number]}", slug=f"s{number}", organiser=organisation())
    made = open_event(
        series_id=series.pk,
        edition=1,
        organiser_id=organisation().pk,
        venue_id=VenueFactory.create(code=f"venue-{number}").pk,
        starts_at=NOW + timedelta(days=number),
    )
    times = {"starts_at": made.starts_at, "ends_at": made.ends_at}
    track = Track.objects.create(event=made, name_vi="Bến")
    for _ in range(2):
        session = Session.objects.create(event=made, track=track, title_vi="Phiên", **times)
        speaker = Speaker.objects.create(name="An", organisation=organisation(), person=mentor().person)
        session.speakers.add(speaker)
    arrival(made, viewer, viewer)
    held = saved_lists.make(person=viewer, name=f"Danh sách {number}", at=NOW)
    for entry in (made.organiser, mentor()):
        saved_lists.save(person=viewer, list_id=held.pk, entry=entry, at=NOW)
    story_page(made)
    article(made)
    standing(mentor(), made.starts_at, by=viewer, organisation=organisation())
    return made


def arrival(made, person, actor):
    """The person has a place and is in."""
    held = registration.register(event_id=made.pk, person=person, at=NOW, channel=Registration.Channel.SITE)
    scan = checkin.Scan(code=tickets.code(held.tickets.get()), nonce=uuid4(), device="Lan 2", gate_id=gate(made).pk)
    checkin.redeem(list_id=main_list(made).pk, scan=scan, actor=actor, at=NOW)


def statements(post, query, variables=None):
    """How many SQL statements the query takes, once every cache that outlives a request is warm."""
    post(query, variables)
    with CaptureQueriesContext(connection) as caught:
        answer = post(query, variables).json()
    assert "errors" not in answer
    return len(caught), answer["data"], [found["sql"] for found in caught.captured_queries]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_three_takes_as_many_as_a_list_of_one(name, viewer, post, settings):
    settings.GRAPHQL_LIMITS = {"cost": 1_000_000}
    row(viewer, 1)
    at_one, one, said = statements(post, DEEP[name])
    for number in (2, 3):
        row(viewer, number)
    at_three, three, more = statements(post, DEEP[name])
    if name not in BOUNDED:
        assert len(str(three)) > len(str(one))
    assert at_three == at_one, _more_often(said, more)
    assert at_one <= 45  # with a story of every kind of block, each of which asks for rows of its own


def _more_often(said, more):
    """The statements that three rows took more often than one."""
    before, after = (Counter(re.sub(r"\d+(, \d+| OR .*)*", "N", sql) for sql in each) for each in (said, more))
    return [sql for sql, times in after.items() if times > before[sql]]


def test_the_board_takes_as_many_for_three_arrivals_as_for_one(viewer, post):
    made = row(viewer, 1)
    variables = {"event": global_id(made)}
    at_one, one, _said = statements(post, QUERIES["checkInBoard"], variables)
    for _ in range(2):
        arrival(made, ProfileFactory.create().person, viewer)
    at_three, three, _more = statements(post, QUERIES["checkInBoard"], variables)
    assert (len(one["checkInBoard"]["arrivals"]), len(three["checkInBoard"]["arrivals"])) == (1, 3)
    assert at_three == at_one


def test_what_a_query_does_not_ask_is_not_loaded(viewer, post):
    row(viewer, 1)
    assert statements(post, "{ events { nodes { title startsAt venue { name } seats { left } } } }")[0] == 1
    assert statements(post, "{ news { nodes { title lead } } }")[0] <= 4


def test_redeeming_takes_few_statements(viewer, post, django_assert_max_num_queries):
    made = row(viewer, 1)
    held = registration.register(
        event_id=made.pk, person=ProfileFactory.create().person, at=NOW, channel=Registration.Channel.SITE
    )
    query = (
        "mutation ($list: ID!, $code: String!, $nonce: UUID!) { redeem(input: {listId: $list, code: $code, "
        'nonce: $nonce, device: "Lan 2"}) { status admission { name } admitted } }'
    )
    variables = {"list": global_id(main_list(made)), "code": tickets.code(held.tickets.get()), "nonce": str(uuid4())}
    with django_assert_max_num_queries(16):
        assert post(query, variables).json()["data"]["redeem"]["status"] == "OK"


@pytest.fixture(autouse=True)
def _warm():
    ContentType.objects.clear_cache()
    cache.clear()

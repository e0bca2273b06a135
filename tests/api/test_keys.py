"""The same request, sent again: over HTTP, on whatever database, one after the other and all at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import orjson
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client

from events.models import HistoryEntry, Registration, Seats, Ticket
from network import idempotency
from network.global_ids import global_id
from network.models import IdempotencyKey, OutgoingMail
from tests.api.attendance import kind_of, taken
from tests.api.operations import MUTATIONS, world
from tests.api.test_callers import EXPECTED, OK, used
from tests.api.test_schema import KEYLESS
from tests.factories import PersonFactory, on_duty, open_event

KEY = "0d7e8f30-one-key"
ELSEWHERE = {"deleteMe", "createPagePreview", "chooseNewsletter", "confirmNewsletter"}
"""Nobody is left to ask again; nobody of this world may; a letter's token speaks for its reader, whoever is logged in,
and what it shows is not shown by a key."""
TIMES = 50
ADD = (
    "mutation ($id: ID!, $name: String!, $key: String) { addPeople(input: {registrationId: $id, "
    "companions: [{name: $name}], idempotencyKey: $key}) { registration { id quantity tickets { number } } "
    "errors { code field } } }"
)
REGISTER = (
    "mutation ($event: ID!, $key: String) { register(input: {eventId: $event, idempotencyKey: $key}) "
    "{ registration { id number status tickets { id number code } } errors { code } } }"
)


def _group():
    """A confirmed registration that may grow to fifty."""
    event = open_event(capacity=1_000)
    kind = kind_of(event, "Nhóm")
    type(kind).objects.filter(pk=kind.pk).update(most_per_person=500)
    kind.refresh_from_db()
    return taken(event, PersonFactory.create(), kind)


@pytest.mark.django_db
@pytest.mark.usefixtures("today")
class TestOneAfterTheOther:
    """A client that did not hear the answer."""

    def test_it_is_done_once_and_answered_the_same(self, client, post):
        held = _group()
        client.force_login(held.person)
        variables = {"id": global_id(held), "name": "Lê An", "key": KEY}
        first, second = (post(ADD, variables).json() for _ in range(2))
        assert first == second
        assert first["data"]["addPeople"]["registration"]["quantity"] == 2
        assert Ticket.objects.filter(registration=held).count() == 2
        assert IdempotencyKey.objects.get().answer == {"registration": global_id(held)}

    def test_without_a_key_it_is_done_twice(self, client, post):
        held = _group()
        client.force_login(held.person)
        for _ in range(2):
            post(ADD, {"id": global_id(held), "name": "Lê An"})
        assert Ticket.objects.filter(registration=held).count() == 3

    def test_another_input_under_the_key_is_refused(self, client, post):
        held = _group()
        client.force_login(held.person)
        post(ADD, {"id": global_id(held), "name": "Lê An", "key": KEY})
        answer = post(ADD, {"id": global_id(held), "name": "Vũ An", "key": KEY}).json()["data"]["addPeople"]
        assert answer == {
            "registration": None,
            "errors": [{"code": "IDEMPOTENCY_KEY_REUSED", "field": "idempotencyKey"}],
        }
        assert Ticket.objects.filter(registration=held).count() == 2

    def test_literals_and_variables_are_the_same_input(self, client, post):
        held = _group()
        client.force_login(held.person)
        first = post(ADD, {"id": global_id(held), "name": "Lê An", "key": KEY}).json()
        written = ADD.replace("companions: [{name: $name}]", 'companions: {name: "Lê An"}').replace(
            "$name: String!, ", ""
        )
        assert post(written, {"id": global_id(held), "key": KEY}).json() == first

    def test_a_refusal_leaves_the_key_free(self, client, post):
        held = _group()
        client.force_login(held.person)
        Seats.objects.filter(event=held.event).update(capacity=1)
        variables = {"id": global_id(held), "name": "Lê An", "key": KEY}
        assert post(ADD, variables).json()["data"]["addPeople"]["errors"][0]["code"] == "EVENT_FULL"
        Seats.objects.filter(event=held.event).update(capacity=2)
        assert post(ADD, variables).json()["data"]["addPeople"]["registration"]["quantity"] == 2

    def test_two_people_may_choose_the_same_key(self, client, post):
        event = open_event()
        for _ in range(2):
            client.force_login(PersonFactory.create())
            answer = post(REGISTER, {"event": global_id(event), "key": KEY}).json()["data"]["register"]
            assert answer["registration"]["status"] == "CONFIRMED"
        assert Registration.objects.count() == 2

    def test_who_is_no_organiser_any_more_is_answered_without_the_row(self, client, post):
        """The act stays done; what its answer showed is asked for anew, by today's permissions."""
        event = open_event()
        lead = on_duty(event, "ORGANISER")
        client.force_login(lead)
        query = MUTATIONS["registerOnBehalf"].replace("agreed: true", f'agreed: true, idempotencyKey: "{KEY}"')
        first = post(query, {"event": global_id(event)}).json()["data"]["registerOnBehalf"]
        assert first["registration"]["email"] == "an@example.org"
        lead.event_roles.all().delete()
        again = post(query, {"event": global_id(event)}).json()["data"]["registerOnBehalf"]
        assert again == {"registration": None, "errors": []}

    @pytest.mark.parametrize("name", sorted(set(MUTATIONS) - {*KEYLESS, *ELSEWHERE}))
    def test_every_act_is_done_once(self, name, client, post):
        made = world()
        caller = next(caller for caller, outcome in EXPECTED[name].items() if outcome == OK and caller != "anonymous")
        client.force_login(made.callers[caller])
        keyed = MUTATIONS[name].replace("(input: {", f'(input: {{idempotencyKey: "{KEY}", ')
        answers, counts = [], []
        for _ in range(2):
            answers.append(post(keyed, used(keyed, made.variables)).json())
            counts.append((HistoryEntry.objects.count(), OutgoingMail.objects.count(), Ticket.objects.count()))
        assert answers[0]["data"][name]["errors"] == []
        assert answers[0] == answers[1]
        assert counts[0] == counts[1]


def _at_once(person, query, variables):
    """Fifty clients of one person, each with a connection of its own, start together."""
    logged_in = Client()
    logged_in.force_login(person)
    cookie = logged_in.cookies[settings.SESSION_COOKIE_NAME].value
    start = Barrier(TIMES)

    def client(_):
        mine = Client()
        mine.cookies[settings.SESSION_COOKIE_NAME] = cookie
        start.wait()
        try:
            body = orjson.dumps({"query": query, "variables": variables})
            headers = {"Origin": "http://testserver"}
            return mine.post("/graphql", body, content_type="application/json", headers=headers).json()
        finally:
            connection.close()

    with ThreadPoolExecutor(TIMES) as pool:
        return list(pool.map(client, range(TIMES)))


@pytest.mark.race
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("today")
class TestAllAtOnce:
    """A client that lost its patience."""

    def test_fifty_times_one_key_is_one_registration_and_one_answer(self):
        event, person = open_event(), PersonFactory.create()
        told = _at_once(person, REGISTER, {"event": global_id(event), "key": KEY})
        assert told == [told[0]] * TIMES
        assert told[0]["data"]["register"]["errors"] == []
        assert Registration.objects.count() == Ticket.objects.count() == OutgoingMail.objects.count() == 1
        assert Seats.objects.get(event=event).taken == 1

    def test_fifty_times_one_key_adds_one_person(self):
        held = _group()
        told = _at_once(held.person, ADD, {"id": global_id(held), "name": "Lê An", "key": KEY})
        assert told == [told[0]] * TIMES
        assert Ticket.objects.filter(registration=held).count() == 2

    def test_the_control_without_the_key_s_row_adds_several(self, monkeypatch):
        """Look whether the key is known, and write it down afterwards: several look before the first has written."""
        held = _group()

        def looked_up(*, person, key, fingerprint, at):
            known = IdempotencyKey.objects.filter(person=person, key=key).first()
            return known or IdempotencyKey(fingerprint=fingerprint), known is None

        monkeypatch.setattr(idempotency, "_claimed", looked_up)
        _at_once(held.person, ADD, {"id": global_id(held), "name": "Lê An", "key": KEY})
        assert Ticket.objects.filter(registration=held).count() > 2


@pytest.fixture(autouse=True)
def _nothing_spent():
    cache.clear()

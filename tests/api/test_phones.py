"""A gate phone as a caller: known at doors alone, without a statement, and out within five seconds."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from api import phones
from api.caller import Caller, refuse_cross_site
from api.errors import Refused
from api.realtime.limits import SocketLimits
from events import gate_devices
from events.models import CheckInList, CheckInTally, GateDevice
from network.doors import Permission
from network.global_ids import global_id
from network.models import Person
from tests.api.attendance import enrolled, invited
from tests.api.operations import MUTATIONS, QUERIES, SUBSCRIPTIONS, world
from tests.api.sockets import Socket
from tests.api.test_callers import root_fields, used
from tests.factories import NOW, gate, open_event

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The clock by which phones are remembered; the tests turn it."""

    class Clock:
        now = 1_000.0

        def monotonic(self) -> float:
            return self.now

    clock = Clock()
    monkeypatch.setattr(phones, "time", clock)
    return clock


def caller(token: str, **more: Any) -> Caller:
    return Caller(RequestFactory().post("/graphql", headers={"X-Device-Token": token}, **more))


@pytest.mark.django_db
class TestRemembering:
    """Who a phone is, is asked once in four seconds."""

    def test_a_second_scan_asks_nothing(self, clock: Any, django_assert_num_queries: Any) -> None:
        made = enrolled(open_event())
        with django_assert_num_queries(2):
            assert caller(made.token).actor == made.device
        clock.now += 3.9
        with django_assert_num_queries(0):
            assert caller(made.token).actor == made.device

    def test_a_revoked_phone_is_out_within_five_seconds(self, clock: Any) -> None:
        made = enrolled(open_event())
        assert caller(made.token).actor == made.device
        gate_devices.leave(device=made.device, at=NOW)
        assert caller(made.token).actor == made.device  # the control: it is remembered
        clock.now += 4
        with pytest.raises(Refused, match="UNAUTHENTICATED"):
            _ = caller(made.token).actor

    def test_what_is_forgotten_is_asked_again(self, clock: Any) -> None:
        made = enrolled(open_event())
        assert caller(made.token).device == made.device
        GateDevice.objects.update(name="Máy 2")
        phones.forget(made.token)
        device = caller(made.token).device
        assert device is not None
        assert device.name == "Máy 2"

    def test_an_unknown_token_is_refused_and_not_kept(self, clock: Any) -> None:
        kept = len(phones._kept)
        with pytest.raises(Refused, match="UNAUTHENTICATED"):
            _ = caller("x" * 43).device
        assert len(phones._kept) == kept

    def test_memory_is_bounded(self, clock: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(phones, "_kept", {})
        monkeypatch.setattr(phones, "MOST_KEPT", 2)
        event = open_event()
        for number in range(5):
            assert caller(enrolled(event, f"Máy {number}").token).device
        assert len(phones._kept) == 1


@pytest.mark.django_db
def test_a_phone_is_a_stranger_but_at_doors_whoever_is_logged_in_on_it(client: Any, post: Any) -> None:
    made = world()
    client.force_login(made.callers["organiser"])
    token = made.phones["phone"].token
    assert post("{ me { email } }").json()["data"]["me"]["email"] == made.callers["organiser"].email
    assert post("{ me { email } }", **{"X-Device-Token": token}).json() == {"data": {"me": None}}


def test_a_phones_header_makes_a_request_no_cross_site_one() -> None:
    """No page of another site can make a browser send it, and the cookie beside it counts for nothing."""
    foreign = {"HTTP_ORIGIN": "https://evil.example", "HTTP_COOKIE": "sessionid=x"}
    asked = caller("x", **foreign)
    refuse_cross_site(asked.request)
    assert isinstance(asked.viewer, AnonymousUser)
    assert asked.is_known
    with pytest.raises(Refused, match="CROSS_SITE_REQUEST"):
        refuse_cross_site(RequestFactory().post("/graphql", **foreign))


@pytest.mark.django_db(transaction=True)
class TestSocket:
    """`connection_init` with `{deviceToken}`."""

    async def test_a_revoked_phone_is_shut_out_within_five_seconds(self, bounds: Any) -> None:
        assert SocketLimits().watch_every < 5
        bounds(watch_every=0.2)
        made = await sync_to_async(world)()
        phone, variables = made.phones["phone"], await sync_to_async(lambda: made.variables)()
        async with Socket() as socket:
            await socket.init(deviceToken=phone.token)
            await socket.subscribe(SUBSCRIPTIONS["checkIns"], event=variables["event"])
            for _sequence in range(
                await sync_to_async(lambda: CheckInTally.objects.get(event=made.event).last_sequence)()
            ):
                assert "checkIns" in await socket.next()
            assert await socket.is_silent(0.5)
            await sync_to_async(gate_devices.leave)(device=phone.device, at=NOW + timedelta(minutes=1))
            assert await socket.hear() == 4403

    async def test_an_unknown_token_is_4403(self) -> None:
        async with Socket() as socket:
            await socket.say("connection_init", payload={"deviceToken": "0" * 43})
            assert await socket.hear() == 4403

    async def test_the_header_will_do_from_anywhere(self) -> None:
        made = await sync_to_async(lambda: enrolled(open_event()))()
        headers = [(b"x-device-token", made.token.encode()), (b"origin", b"https://evil.example")]
        async with Socket(*headers) as socket:
            await socket.init()


@pytest.mark.django_db
class TestLifeOfAPhone:
    """It comes by a code, says how it is, and goes."""

    def test_it_enrols_reports_and_leaves(self, post: Any) -> None:
        event = open_event()
        made = post(MUTATIONS["enrolDevice"], {"enrolment": invited(event).code}).json()["data"]["enrolDevice"]
        header = {"X-Device-Token": made["token"]}
        assert (made["device"]["name"], made["device"]["gate"], made["errors"]) == ("Cửa A", {"name": "A"}, [])
        assert post(QUERIES["thisDevice"], **header).json()["data"]["thisDevice"] == made["device"]
        moved = {"gate": global_id(gate(event, "B"))}
        told = post(MUTATIONS["reportDevice"], moved, **header).json()["data"]["reportDevice"]
        assert told["device"] == made["device"] | {"gate": {"name": "B"}} | {"event": told["device"]["event"]}
        row = GateDevice.objects.get()
        assert (row.waiting, row.app_version) == (3, "1.2")
        assert row.last_seen_at is not None
        assert NOW <= row.last_seen_at < NOW + timedelta(minutes=1)
        assert post(MUTATIONS["leaveDevice"], **header).json()["data"]["leaveDevice"] == {"left": True, "errors": []}
        told = post(QUERIES["thisDevice"], **header).json()
        assert told["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"

    def test_it_sees_its_own_lists_alone(self, post: Any) -> None:
        event = open_event()
        hall = CheckInList.objects.create(event=event, name="Hội trường", scope="ZONE")
        CheckInList.objects.create(event=open_event(), name="Nơi khác")
        seen = {}
        for limits in ([hall.pk], []):
            made = enrolled(event, f"Máy {len(limits)}", list_ids=limits)
            told = post(QUERIES["thisDevice"], **{"X-Device-Token": made.token}).json()["data"]["thisDevice"]
            names = [each["name"] for each in told["lists"]]
            assert names == [each["name"] for each in told["event"]["checkInLists"]]
            seen[len(limits)] = names
        assert seen == {1: ["Hội trường"], 0: [event.checkin_lists.get(is_main=True).name, "Hội trường"]}

    def test_more_lists_cost_no_more_statements(self, post: Any, django_assert_num_queries: Any) -> None:
        event = open_event()
        header = {"X-Device-Token": enrolled(event).token}
        counts = []
        for number in range(3):
            a_list = CheckInList.objects.create(event=event, name=f"Khu {number}", scope="ZONE")
            a_list.gates.add(gate(event, "A"), gate(event, "B"))
            with CaptureQueriesContext(connection) as asked:
                assert "errors" not in post(QUERIES["thisDevice"], **header).json()
            counts.append(len(asked))
        assert counts[1] == counts[2]

    def test_codes_are_tried_from_one_address_three_hundred_times_in_ten_minutes(self, post: Any) -> None:
        wrong = {"enrolment": "x" * 32}
        answers = [post(MUTATIONS["enrolDevice"], wrong).json()["data"]["enrolDevice"] for _ in range(301)]
        codes = [answer["errors"][0]["code"] for answer in answers]
        assert codes == ["ENROLMENT_NOT_VALID"] * 300 + ["TOO_MANY_TRIES"]


@pytest.mark.django_db
class TestSomebodyWithoutACode:
    """Found, or registered on the spot; no answer of a door holds an address or a phone number."""

    def test_they_are_registered_let_in_and_found(self, post: Any) -> None:
        event = open_event()
        header = {"X-Device-Token": enrolled(event).token}
        variables = {
            "list": global_id(event.checkin_lists.get()),
            "nonce": str(uuid4()),
            "gate": global_id(gate(event)),
        }
        first, again = (post(MUTATIONS["registerAtDoor"], variables, **header) for _time in range(2))
        told = first.json()["data"]["registerAtDoor"]
        assert (told["status"], told["reason"], told["admitted"], told["errors"]) == ("OK", None, 1, [])
        assert told["admission"]["name"] == "Lê An"
        assert again.json() == first.json()
        query = QUERIES["doorSearch"].replace('"nguyen"', "$text").replace("$list: ID!", "$list: ID!, $text: String!")
        found = [post(query, {"list": variables["list"], "text": text}, **header) for text in ("le an", "678")]
        for answer in found:
            (guest,) = answer.json()["data"]["doorSearch"]
            assert (guest["number"], guest["state"], guest["status"]) == (told["number"], "INSIDE", "Đã ở trong")
        for answer in (first, again, *found):
            for secret in ("example.org", "345 678", "912345678", "912 345"):
                assert secret not in answer.content.decode()

    def test_what_was_typed_is_told_by_no_other_answer_of_a_door(self, post: Any) -> None:
        made = world()
        header = {"X-Device-Token": made.phones["phone"].token}
        variables = made.variables | {"nonce": str(uuid4())}
        post(MUTATIONS["registerAtDoor"], used(MUTATIONS["registerAtDoor"], variables), **header)
        people = [(person.email, str(person.phone)) for person in Person.objects.all()]
        at_doors = [name for name, resolver in root_fields() if resolver.permission is Permission.DOOR]
        assert {"doorSearch", "doorSnapshot", "registerAtDoor", "redeem", "thisDevice"} <= set(at_doors)
        for name in set(at_doors) - set(SUBSCRIPTIONS) - {"leaveDevice"}:
            query = {**QUERIES, **MUTATIONS}[name]
            answer = post(query, used(query, made.variables), **header).content.decode()
            assert [said for pair in people for said in pair if said and said in answer] == [], name

    def test_what_is_wrong_stands_at_its_field(self, post: Any) -> None:
        event = open_event()
        header = {"X-Device-Token": enrolled(event).token}
        variables = {"list": global_id(event.checkin_lists.get()), "nonce": str(uuid4()), "gate": None}
        query = MUTATIONS["registerAtDoor"].replace("agrees: true", "agrees: false").replace("le.an@", "@")
        told = post(query, variables, **header).json()["data"]["registerAtDoor"]
        assert [(one["code"], one["field"]) for one in told["errors"]] == [
            ("INVALID", "email"),
            ("CONSENT_REQUIRED", "agrees"),
        ]
        assert (told["number"], told["status"]) == (None, None)

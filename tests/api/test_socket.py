"""The WebSocket door: the protocol and its close codes, bounds, permissions."""

import time

import pytest

from api.realtime import crowd
from api.realtime.hub import hub
from api.realtime.streams import shared_streams
from tests.api.sockets import Socket
from tests.api.toy import Board

pytestmark = pytest.mark.usefixtures("toy")


async def test_a_subscription_from_init_to_complete():
    async with Socket() as socket:
        assert socket.subprotocol == "graphql-transport-ws"
        await socket.init()
        await socket.subscribe("subscription ($n: Int!) { count(upto: $n) }", n=2)
        assert await socket.next() == {"count": 1}
        assert await socket.next() == {"count": 2}
        assert await socket.hear() == {"type": "complete", "id": "1"}
        # The id is free again.
        await socket.subscribe("subscription { count(upto: 1) }")
        assert await socket.next() == {"count": 1}


async def test_another_subprotocol_is_4406():
    async with Socket(subprotocol="graphql-ws") as socket:
        assert socket.subprotocol is None
        assert await socket.hear() == 4406


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "1", '"ping"', "{}", '{"type": 1}', '{"type": "start"}', '{"type": "ping", "payload": 1}',
     '{"type": "complete"}', '{"type": "complete", "id": 1}'],
)  # fmt: skip
async def test_what_is_no_message_is_4400(text):
    async with Socket() as socket:
        await socket.init()
        await socket.send_text(text)
        assert await socket.hear() == 4400


async def test_bytes_are_4400():
    async with Socket() as socket:
        await socket.send_input({"type": "websocket.receive", "bytes": b"{}"})
        assert await socket.hear() == 4400


async def test_a_message_over_the_bound_is_4400(bounds):
    bounds(message_bytes=200)
    async with Socket() as socket:
        await socket.init(pad="x" * 100)
        await socket.say("ping", payload={"pad": "x" * 200})
        assert await socket.hear() == 4400


async def test_subscribing_before_init_is_4401():
    async with Socket() as socket:
        await socket.subscribe("subscription { count(upto: 1) }")
        assert await socket.hear() == 4401


async def test_silence_in_place_of_init_is_4408(bounds):
    bounds(init_within=0.05)
    async with Socket() as socket:
        assert await socket.hear() == 4408
    async with Socket() as socket:
        await socket.init()
        assert await socket.is_silent(0.2)


async def test_a_second_init_is_4429():
    async with Socket() as socket:
        await socket.init()
        await socket.say("connection_init")
        assert await socket.hear() == 4429


async def test_an_id_in_use_is_4409():
    async with Socket() as socket:
        await socket.init()
        await socket.subscribe('subscription { number(topic: "a") }')
        await socket.next()
        await socket.subscribe('subscription { number(topic: "b") }')
        assert await socket.hear() == 4409


async def test_too_many_messages_are_4429(bounds):
    bounds(burst=5, messages_per_second=0.001)
    async with Socket() as socket:
        await socket.init()
        for _ in range(4):
            await socket.say("ping")
            assert await socket.hear() == {"type": "pong"}
        await socket.say("ping")
        assert await socket.hear() == 4429


async def test_ping_is_answered_with_its_payload():
    async with Socket() as socket:
        await socket.say("ping", payload={"at": 1})
        assert await socket.hear() == {"type": "pong", "payload": {"at": 1}}


async def test_a_loop_that_wakes_late_shuts_nobody_who_was_not_asked(bounds):
    """Benchmarks found it: a busy server took its own delay for the client's silence."""
    bounds(ping_every=0.3)
    async with Socket() as socket:
        await socket.init()
        time.sleep(1)  # the loop is busy: more than twice the pace goes by, and nobody could be asked
        assert await socket.hear() == {"type": "ping"}
        await socket.say("pong")
        assert await socket.hear() == {"type": "ping"}
        assert await socket.hear() == 1001


async def test_the_server_pings_and_gives_up_who_does_not_answer(bounds):
    bounds(ping_every=0.5)  # a busy machine must be able to answer in between
    async with Socket() as socket:
        await socket.init()
        for _ in range(2):
            assert await socket.hear() == {"type": "ping"}
            await socket.say("pong")
        assert await socket.hear() == {"type": "ping"}
        assert await socket.hear() in ({"type": "ping"}, 1001)


async def test_complete_ends_a_stream_and_the_last_follower_ends_the_shared_one():
    async with Socket() as socket, Socket() as other:
        for each in (socket, other):
            await each.init()
            await each.subscribe('subscription { number(topic: "t") }')
            assert await each.next() == {"number": 0}
        await socket.say("complete", id="1")
        await socket.say("ping")
        assert await socket.hear() == {"type": "pong"}
        Board.numbers["t"] = 1
        hub.wake("t")
        assert await other.next() == {"number": 1}
        assert await socket.is_silent()
        assert len(shared_streams._running) == 1
    assert shared_streams._running == {}
    assert "t" not in hub._listeners


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("subscription { count(upto: 2) ", "GRAPHQL_PARSE_FAILED"),
        ("subscription { nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription ($n: Int!) { count(upto: $n) }", "BAD_USER_INPUT"),
        ("{ hello }", "SUBSCRIPTIONS_ONLY"),
        ("mutation { note(text: \"a\") { text } }", "SUBSCRIPTIONS_ONLY"),
        ("{ __schema { types { name } } }", "INTROSPECTION_DISABLED"),
        ("{ thing" + " { things" * 20 + " { name }" + " }" * 21, "DEPTH_EXCEEDED"),
    ],
)  # fmt: skip
async def test_what_cannot_start_is_an_error_of_the_operation(query, code, settings):
    settings.GRAPHQL_INTROSPECTION = False
    async with Socket() as socket:
        await socket.init()
        await socket.subscribe(query)
        message = await socket.hear()
        assert (message["type"], message["id"]) == ("error", "1")
        assert message["payload"][0]["extensions"]["code"] == code
        # The socket lives on and the id is free.
        await socket.subscribe("subscription { count(upto: 1) }")
        assert await socket.next() == {"count": 1}


async def test_a_subscribe_without_query_is_an_error_of_the_operation():
    async with Socket() as socket:
        await socket.init()
        await socket.say("subscribe", id="1", payload={})
        assert (await socket.hear())["payload"][0]["extensions"]["code"] == "BAD_REQUEST"


async def test_variables_nested_too_deeply_are_an_error_of_the_operation():
    async with Socket() as socket:
        await socket.init()
        deep = '{"a":' * 300 + "1" + "}" * 300
        query = 'subscription { number(topic: \\"t\\") }'
        await socket.send_text(
            f'{{"type": "subscribe", "id": "1", "payload": {{"query": "{query}", "variables": {deep}}}}}'
        )
        message = await socket.hear()
        assert (message["type"], message["id"]) == ("error", "1")
        assert message["payload"][0]["extensions"]["code"] == "BAD_REQUEST"
        await socket.subscribe("subscription { count(upto: 1) }")
        assert await socket.next() == {"count": 1}


@pytest.mark.parametrize("kind", ["ping", "connection_init"])
async def test_a_payload_nested_too_deeply_is_4400(kind):
    async with Socket() as socket:
        await socket.send_text(f'{{"type": "{kind}", "payload": {"{"}"a": {"[" * 300}{"]" * 300}{"}"}}}')
        assert await socket.hear() == 4400


@pytest.mark.parametrize(
    "selection",
    [
        'number(topic: "t") @skip(if: true)', 'number(topic: "t") @include(if: false)', "...A @skip(if: true)",
        "... @skip(if: $skip) { count(upto: 1) }", "... { count(upto: 1) @skip(if: $skip) }", "...B",
    ],
)  # fmt: skip
async def test_a_condition_at_the_root_is_a_validation_error(selection):
    used = {"A": "fragment A on Subscription { count(upto: 1) }", "B": "fragment B on Subscription { ...C }"}
    used["C"] = "fragment C on Subscription { count(upto: 1) @include(if: $skip) }"
    names = {"...A": "A", "...B": "BC"}.get(selection[:4], "")
    variables = "($skip: Boolean = true)" if "$skip" in selection or names == "BC" else ""
    async with Socket() as socket:
        await socket.init()
        fragments = " ".join(used[name] for name in names)
        await socket.subscribe(f"subscription S{variables} {{ {selection} }} {fragments}")
        message = await socket.hear()
        assert (message["type"], message["id"]) == ("error", "1")
        assert [error["extensions"]["code"] for error in message["payload"]] == ["GRAPHQL_VALIDATION_FAILED"]
        assert "@skip" in message["payload"][0]["message"]


async def test_fragments_at_the_root_are_followed():
    async with Socket() as socket:
        await socket.init()
        await socket.subscribe("subscription { ...B } fragment B on Subscription { ... { count(upto: 1) } }")
        assert await socket.next() == {"count": 1}


async def test_a_failing_stream_leaks_nothing():
    async with Socket() as socket:
        await socket.init()
        await socket.subscribe("subscription { failing }")
        await socket.next()
        message = await socket.hear()
        assert message["type"] == "error"
        assert message["payload"][0]["extensions"]["code"] == "INTERNAL"
        assert "hunter2" not in str(message)


async def test_more_subscriptions_than_the_bound_are_refused(bounds):
    bounds(subscriptions=2)
    async with Socket() as socket:
        await socket.init()
        for identifier in ("1", "2"):
            await socket.subscribe('subscription { number(topic: "a") }', identifier)
            await socket.next(identifier)
        await socket.subscribe('subscription { number(topic: "a") }', "3")
        assert (await socket.hear())["payload"][0]["extensions"]["code"] == "TOO_MANY_SUBSCRIPTIONS"
        await socket.say("complete", id="1")
        await socket.subscribe('subscription { number(topic: "a") }', "3")
        await socket.next("3")


@pytest.mark.parametrize(
    ("headers", "payload", "start"),
    [
        ([], {}, "Không"),
        ([(b"accept-language", b"en-GB,en;q=0.8")], {}, "The GraphQL"),
        ([(b"accept-language", b"en")], {"lang": "vi"}, "Không"),
        ([], {"lang": "en"}, "The GraphQL"),
    ],
)
async def test_wording_is_in_the_language_asked_for(headers, payload, start):
    async with Socket(*headers) as socket:
        await socket.init(**payload)
        await socket.subscribe("subscription {")
        assert (await socket.hear())["payload"][0]["message"].startswith(start)


async def test_one_address_opens_so_many_sockets(bounds):
    bounds(per_address=2)
    async with Socket(address="192.0.2.1") as first, Socket(address="192.0.2.1") as second:
        await first.init()
        await second.init()
        async with Socket(address="192.0.2.1") as third:
            assert await third.hear() == 4429
        # Others are not counted with it, and being refused takes no place.
        async with Socket(address="192.0.2.2") as other:
            await other.init()
    async with Socket(address="192.0.2.1") as again, Socket(address="192.0.2.1") as too:
        await again.init()
        await too.init()
    assert crowd._open == {}

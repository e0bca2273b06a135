"""Who is at the other end of a socket: asked at the start, at delivery, and in between."""

import pytest
from asgiref.sync import sync_to_async

from api.realtime.hub import hub
from tests.api.sockets import ORIGIN, Socket
from tests.api.toy import Board

pytestmark = pytest.mark.usefixtures("toy")


class TestPermission:
    """Private streams: asked at the start, at delivery and in between."""

    async def test_a_stranger_is_refused(self, monkeypatch):
        monkeypatch.setattr(Board, "may_follow", False)
        async with Socket() as socket:
            await socket.init()
            await socket.subscribe("subscription { private }")
            assert (await socket.hear())["payload"][0]["extensions"]["code"] == "UNAUTHENTICATED"

    async def test_losing_the_permission_is_found_at_delivery(self, monkeypatch, bounds):
        monkeypatch.setattr(Board, "may_follow", True)
        bounds(fresh=0)
        async with Socket() as socket:
            await socket.init()
            await socket.subscribe("subscription { private }")
            assert await socket.next() == {"private": 0}
            Board.may_follow = False
            hub.wake("private")
            assert await socket.hear() == 4403


@pytest.mark.django_db(transaction=True)
class TestSession:
    """Who is at the other end."""

    @pytest.fixture
    def cookie(self, client, django_user_model, settings):
        client.force_login(django_user_model.objects.create_user("an@example.vn", full_name="Nguyễn Văn An"))
        return (b"cookie", f"{settings.SESSION_COOKIE_NAME}={client.session.session_key}".encode())

    @pytest.fixture(autouse=True)
    def allowed(self, monkeypatch, bounds):
        monkeypatch.setattr(Board, "may_follow", True)
        bounds(watch_every=0.2)

    async def test_a_cookie_from_another_site_is_4403(self, cookie):
        for origin in (b"https://evil.example", b"null"):
            async with Socket(cookie, (b"origin", origin)) as socket:
                await socket.say("connection_init")
                assert await socket.hear() == 4403
        async with Socket(cookie) as socket:
            await socket.say("connection_init")
            assert await socket.hear() == 4403

    async def test_logging_out_shuts_the_socket(self, cookie, client):
        async with Socket(cookie, ORIGIN) as socket:
            await socket.init()
            await socket.subscribe("subscription { private }")
            assert await socket.next() == {"private": 0}
            assert await socket.is_silent(0.5)
            await sync_to_async(client.logout)()
            assert await socket.hear() == 4403

    async def test_losing_the_role_shuts_the_socket_without_a_delivery(self, cookie):
        async with Socket(cookie, ORIGIN) as socket:
            await socket.init()
            await socket.subscribe("subscription { private }")
            await socket.next()
            Board.may_follow = False
            assert await socket.hear() == 4403

    async def test_a_session_token_opens_it_from_anywhere(self, cookie, client):
        token = client.session.session_key
        for headers, payload in ([(b"x-session-token", token.encode())], {}), ([], {"sessionToken": token}):
            async with Socket(*headers, (b"origin", b"https://evil.example")) as socket:
                await socket.init(**payload)
                await socket.subscribe("subscription { private }")
                assert await socket.next() == {"private": 0}

    async def test_an_unknown_token_is_4403(self):
        async with Socket() as socket:
            await socket.say("connection_init", payload={"sessionToken": "0" * 32})
            assert await socket.hear() == 4403

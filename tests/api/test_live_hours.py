"""One's own hours live: told to the two people of an hour, and to nobody else."""

from datetime import timedelta

import pytest
from asgiref.sync import sync_to_async
from django.test import Client

from network.mentoring import booking
from tests.api.sockets import ORIGIN, Socket
from tests.factories import NOW, PersonFactory
from tests.network.mentoring_scenes import NEXT_MONDAY, mentor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("today")]
LIVE = "subscription { myBookingsChanged { state mySide topic startsAt sequence } }"


@sync_to_async
def cookie_of(person, settings):
    client = Client()
    client.force_login(person)
    return (b"cookie", f"{settings.SESSION_COOKIE_NAME}={client.session.session_key}".encode())


@sync_to_async
def people():
    profile = mentor()
    return profile, profile.person, PersonFactory.create(), PersonFactory.create()


async def told(socket):
    message = await socket.hear()
    return message["payload"]["data"]["myBookingsChanged"]


async def test_the_two_hear_of_each_change_and_a_stranger_of_none(settings):
    profile, giver, guest, stranger = await people()
    sockets = [Socket(ORIGIN, await cookie_of(person, settings)) for person in (giver, guest, stranger)]
    async with sockets[0] as first, sockets[1] as second, sockets[2] as third:
        for socket in (first, second, third):
            await socket.init()
            await socket.subscribe(LIVE)
            assert await told(socket) == []

        facts = {"profile_id": profile.pk, "topic": "Giá", "starts_at": NEXT_MONDAY, "at": NOW}
        made = await sync_to_async(booking.book)(booker=guest, **facts)
        (of_giver,), (of_guest,) = await told(first), await told(second)
        assert (of_giver["mySide"], of_guest["mySide"]) == ("MENTOR", "BOOKER")
        assert of_guest["state"] == "BOOKED"

        later = NEXT_MONDAY + timedelta(hours=1)
        await sync_to_async(booking.reschedule)(booking_id=made.pk, actor=guest, starts_at=later, at=NOW)
        assert [row["sequence"] for row in await told(first) + await told(second)] == [1, 1]

        await sync_to_async(booking.cancel)(booking_id=made.pk, actor=guest, at=NOW)
        assert [row["state"] for row in await told(first) + await told(second)] == ["CANCELLED"] * 2

        assert await third.receive_nothing(0.5)

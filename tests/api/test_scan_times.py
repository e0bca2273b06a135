"""When a ticket was scanned: by the device's clock, as long as that can be."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from events import registration, tickets
from events.models import CheckIn, Registration
from network.global_ids import global_id
from tests.factories import NOW, PersonFactory, main_list, on_duty, open_event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
REDEEM = """mutation ($list: ID!, $code: String!, $nonce: UUID!, $at: DateTime) { redeem(input: {
    listId: $list, code: $code, nonce: $nonce, device: "Lan 2", scannedAt: $at}) { status errors { code } } }"""


def scanned_at(client, post, sent):
    """What is kept of a scan with this `scannedAt`."""
    event = open_event()
    client.force_login(on_duty(event))
    person, site = PersonFactory.create(), Registration.Channel.SITE
    held = registration.register(event_id=event.pk, person=person, at=NOW, channel=site)
    nonce = uuid4()
    variables = {"list": global_id(main_list(event)), "code": tickets.code(held.tickets.get()), "nonce": str(nonce)}
    answer = post(REDEEM, {**variables, "at": sent}).json()
    assert answer == {"data": {"redeem": {"status": "OK", "errors": []}}}
    return CheckIn.objects.get(nonce=nonce).scanned_at


@pytest.mark.parametrize(
    "apart", [timedelta(days=-1, hours=-23), timedelta(minutes=-5), timedelta(0), timedelta(days=2)]
)
def test_the_device_s_clock_counts(client, post, apart):
    assert scanned_at(client, post, (NOW + apart).isoformat()) == NOW + apart


@pytest.mark.parametrize(
    "sent",
    [
        None, "2026-11-23T08:59:00", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00",
        (NOW + timedelta(days=2, seconds=1)).isoformat(), (NOW - timedelta(days=2, seconds=1)).isoformat(),
    ],
)  # fmt: skip
def test_a_clock_that_cannot_be_right_is_replaced_by_ours(client, post, sent):
    kept = scanned_at(client, post, sent)
    assert isinstance(kept, datetime)
    assert timedelta(0) <= kept - NOW < timedelta(minutes=1)

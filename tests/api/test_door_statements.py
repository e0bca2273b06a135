"""What a scan costs: at most five statements, authentication included."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events import registration, tickets
from events.models import Registration
from network.global_ids import global_id
from tests.api.attendance import enrolled
from tests.factories import NOW, PersonFactory, main_list, on_duty, open_event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

REDEEM = """mutation ($list: ID!, $code: String!, $nonce: UUID!) {
  redeem(input: {listId: $list, code: $code, nonce: $nonce, device: "Lan 2"}) {
    status reason admission { name ticketType number party { size } } first { at gate device } admitted inside } }"""
TRANSACTION = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT")


@pytest.fixture
def event():
    return open_event()


def code(event):
    held = registration.register(
        event_id=event.pk, person=PersonFactory.create(), at=NOW, channel=Registration.Channel.API
    )
    return tickets.code(held.tickets.get())


def asked(post, event, shown, **headers):
    """Scan; return the status and the statements it took, without those that only begin and end transactions."""
    variables = {"list": global_id(main_list(event)), "code": shown, "nonce": str(uuid4())}
    with CaptureQueriesContext(connection) as caught:
        answer = post(REDEEM, variables, **headers).json()
    said = [query["sql"] for query in caught.captured_queries]
    return answer["data"]["redeem"]["status"], [sql for sql in said if not sql.startswith(TRANSACTION)]


def test_a_volunteers_scan_takes_five_at_most(client, post, event):
    client.force_login(on_duty(event))
    asked(post, event, code(event))  # the list is read by the first scan of the process
    shown = code(event)
    for expected in ("OK", "ERROR"):
        status, said = asked(post, event, shown)
        assert status == expected
        assert len(said) <= 5 + (connection.vendor == "sqlite"), said  # where counting and writing are two


def test_a_phones_scan_takes_no_statement_for_who_it_is(post, event):
    phone = {"X-Device-Token": enrolled(event).token}
    asked(post, event, code(event), **phone)
    status, said = asked(post, event, code(event), **phone)
    assert status == "OK"
    assert len(said) == (3 if connection.vendor == "sqlite" else 2), said

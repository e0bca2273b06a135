"""Messages and suggestions by GraphQL: no address in any answer, as many statements for many threads as for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from network.global_ids import global_id
from network.models import ContactThread
from tests.api.talk import CONTACT_MUTATIONS, CONTACT_QUERIES, THREAD
from tests.network.relay import answered, begun, mentor, proven, startup

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def test_a_list_of_five_threads_takes_as_many_statements_as_of_one(client, post):
    owner, writer = proven(), proven()
    to, organisation = mentor(), startup(owner)

    def statements():
        post(CONTACT_QUERIES["myThreads"])
        with CaptureQueriesContext(connection) as caught:
            answer = post(CONTACT_QUERIES["myThreads"]).json()
        assert "errors" not in answer
        return len(caught), answer["data"]["myThreads"]["totalCount"]

    client.force_login(writer)
    answered(begun(to, writer), to.person)
    at_one, one = statements()
    for _number in range(2):
        answered(begun(to, writer), to.person)
        answered(begun(organisation, writer), owner)
    at_five, five = statements()
    assert (one, five) == (1, 5)
    assert at_five == at_one <= 12


def test_no_answer_tells_an_address(client, post):
    owner, writer = proven(email="chu@rieng.example"), proven(email="viet@rieng.example")
    organisation = startup(owner, contact_email="an@rieng.example")
    thread = begun(organisation, writer)
    answered(thread, owner)
    said = []
    for reader in (owner, writer):
        client.force_login(reader)
        said.append(post(CONTACT_QUERIES["myThreads"]).content.decode())
    assert all(THREAD and "rieng.example" not in answer for answer in said)
    assert all("totalCount" in answer for answer in said)


def test_asked_again_under_a_key_a_message_is_sent_once(client, post):
    to, writer = mentor(), proven()
    client.force_login(writer)
    query = CONTACT_MUTATIONS["sendMessage"].replace("entryId:", 'idempotencyKey: "khoa-cua-toi", entryId:')
    answers = [post(query, {"partner": global_id(to)}).json()["data"]["sendMessage"] for _time in range(2)]
    assert answers[0] == answers[1]
    assert answers[0]["errors"] == []
    assert ContactThread.objects.count() == 1

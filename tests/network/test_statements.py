"""Statements kept compiled give what Django gives, and are compiled once."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.db.transaction import TransactionManagementError
from django.test import Client
from django.test.utils import CaptureQueriesContext

from events import registration
from events.models import Registration, Seats, Ticket
from network.accounts.identity import SessionStore
from network.statements import Compiled, Written, compiled, written
from tests.factories import NOW, PersonFactory, open_event

pytestmark = pytest.mark.django_db


def _tickets() -> tuple[Compiled[Ticket], list[str]]:
    built: list[str] = []

    @compiled
    def tickets(key: Any, since: Any) -> QuerySet[Ticket]:
        built.append("once")
        rows = Ticket.objects.select_related("registration__event__venue", "holder")
        return rows.filter(pk=key, issued_at__gte=since, registration__status__in=Registration.HOLDING)

    return tickets, built


def _values(row: Any) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_rows_are_as_django_makes_them_with_what_they_are_joined_to() -> None:
    held = registration.register(event_id=open_event().pk, person=PersonFactory.create(), at=NOW, channel="API")
    ticket = held.tickets.get()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = _tickets()[0].first(key=ticket.pk, since=NOW)
        assert found is not None
        assert _values(found) == _values(ticket)
        assert _values(found.registration) == _values(Registration.objects.get(pk=held.pk))
        assert found.registration.companions == []
        assert _values(found.registration.event) == _values(held.event)
        assert found.holder is None
    assert len(asked) == 2  # the statement, and the comparison's own
    assert not found._state.adding


def test_what_is_given_decides_and_the_query_is_built_once() -> None:
    event = open_event()
    held = [
        registration.register(event_id=event.pk, person=PersonFactory.create(), at=NOW, channel="API").tickets.get()
        for _ in range(2)
    ]
    tickets, built = _tickets()
    for ticket in held:
        assert [row.pk for row in tickets(key=ticket.pk, since=NOW)] == [ticket.pk]
    assert tickets.first(key=held[0].pk, since=NOW + timedelta(seconds=1)) is None
    assert built == ["once"]
    with pytest.raises(KeyError):
        tickets(key=held[0].pk)


def test_values_come_as_tuples_and_flat_ones_alone() -> None:
    event = open_event(capacity=7)

    @compiled
    def pairs(key: Any) -> QuerySet[Seats, Any]:
        return Seats.objects.filter(pk=key).values_list("capacity", "taken")

    @compiled
    def capacities(key: Any) -> QuerySet[Seats, Any]:
        return Seats.objects.filter(pk=key).values_list("capacity", flat=True)

    assert pairs(key=event.pk) == [(7, 0)]
    assert capacities(key=event.pk) == [7]


def _taking() -> Written:
    @written
    def take(key: Any, quantity: Any) -> tuple[QuerySet[Seats], dict[str, Any]]:
        room = Q(capacity=None) | Q(taken__lte=F("capacity") - quantity)
        return Seats.objects.filter(room, pk=key), {"taken": F("taken") + quantity}

    return take


def test_an_update_changes_what_its_condition_lets_and_says_how_many() -> None:
    event, other = open_event(capacity=3), open_event(capacity=3, edition=48)
    take = _taking()
    assert [take(key=event.pk, quantity=2), take(key=event.pk, quantity=2), take(key=event.pk, quantity=1)] == [1, 0, 1]
    assert Seats.objects.get(pk=event.pk).taken == 3
    assert Seats.objects.get(pk=other.pk).taken == 0


@pytest.mark.django_db(transaction=True)
def test_a_row_is_locked_only_inside_a_transaction() -> None:
    event = open_event()

    @compiled
    def held(key: Any) -> QuerySet[Seats]:
        return Seats.objects.select_for_update().filter(pk=key)

    with transaction.atomic():
        assert [row.pk for row in held(key=event.pk)] == [event.pk]
    with pytest.raises(TransactionManagementError):
        held(key=event.pk)


def _session(client: Client) -> str:
    client.force_login(PersonFactory.create())
    return client.cookies["sessionid"].value


def test_a_session_is_found_until_it_expires(client: Client) -> None:
    key = _session(client)
    assert SessionStore(key).load()["_auth_user_backend"] == "network.accounts.identity.PersonBackend"
    Session.objects.update(expire_date=NOW - timedelta(days=365))
    ended = SessionStore(key)
    assert ended.load() == {}
    assert ended.session_key is None


def test_a_key_with_a_nul_is_nobodys() -> None:
    assert SessionStore("a\0" * 16).load() == {}

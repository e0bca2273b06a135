"""The suite on PostgreSQL and Redis really runs on them."""

from collections.abc import Iterator

import pytest
import redis
from django.conf import settings
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext


@pytest.mark.postgres
@pytest.mark.django_db
def test_database_is_postgresql_with_what_we_use() -> None:
    assert connection.vendor == "postgresql"
    assert connection.pg_version >= 150_000  # type: ignore[attr-defined]  # only PostgreSQL's wrapper has it


@pytest.mark.redis
def test_redis_answers() -> None:
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        assert client.ping() is True


@pytest.fixture
def kept() -> Iterator[None]:
    """A connection that is kept from request to request, and gone after the test."""
    connection.close()
    connection.ensure_connection()
    yield
    connection.close()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_kept_connection_is_found_alive_without_asking_and_dead_when_the_server_ended_it(kept: None) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert connection.is_usable()
    assert len(asked) == 0
    victim = connection.connection
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [victim.info.backend_pid])
    other.close()
    assert not connection.is_usable()
    # As Django does at the beginning of a request: it connects anew.
    connection.health_check_enabled, connection.health_check_done = True, False
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)
    assert connection.connection is not victim


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_without_the_check_the_first_statement_would_fail(kept: None) -> None:
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [connection.connection.info.backend_pid])
    other.close()
    connection.health_check_enabled, connection.health_check_done = True, True
    with pytest.raises(OperationalError), connection.cursor() as cursor:
        cursor.execute("SELECT 1")

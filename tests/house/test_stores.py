"""The suite on PostgreSQL and Redis really runs on them."""

import pytest
import redis
from django.conf import settings
from django.db import connection


@pytest.mark.postgres
@pytest.mark.django_db
def test_database_is_postgresql_with_what_we_use() -> None:
    assert connection.vendor == "postgresql"
    assert connection.pg_version >= 150_000  # type: ignore[attr-defined]  # only PostgreSQL's wrapper has it


@pytest.mark.redis
def test_redis_answers() -> None:
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        assert client.ping() is True

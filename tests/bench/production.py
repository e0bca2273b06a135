"""The platform as production runs it, on this machine: PostgreSQL, Redis, granian with WSGI workers; for benchmarks.

DATABASE_URL and REDIS_URL from outside win; else both are started from PyPI's wheels, with fsync off.
"""

import importlib.util
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from config.bootstrap.places import ROOT
from config.bootstrap.stores import running

STARTS_WITHIN = 60.0


@contextmanager
def environment() -> Iterator[int]:
    """Set this process's environment to production's, with stores that run; yield a free port for the server."""
    with running() as stores, _set(stores) as port:
        yield port


@contextmanager
def embedded() -> Iterator[int]:
    """Set this process's environment to the embedded default's stores: SQLite, no Redis; yield a free port."""
    for name in ("DATABASE_URL", "REDIS_URL"):
        os.environ.pop(name, None)
    with _set({}) as port:
        yield port


@contextmanager
def _set(stores: dict[str, str]) -> Iterator[int]:
    with tempfile.TemporaryDirectory(prefix="hpc-bench-") as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
        probe.close()
        for name in ("DEMO", "DEBUG"):
            os.environ.pop(name, None)
        os.environ.update(
            **stores,
            VAR_DIR=folder,
            SECRET_KEY=secrets.token_hex(32),
            SITE_URL=f"http://127.0.0.1:{port}",
            ALLOWED_HOSTS="127.0.0.1",
            DJANGO_SETTINGS_MODULE="config.settings",
            LOG_LEVEL="WARNING",
        )
        yield port


def prepare(*commands: Sequence[str]) -> None:
    """Set Django up in this process and run management commands, migrations first."""
    import django  # inline: only after the environment is set

    django.setup()
    from django.core.management import call_command  # inline: as above

    for name, *arguments in (("migrate", "--no-input"), *commands):
        call_command(name, *arguments, verbosity=0)


@contextmanager
def served(
    port: int, *, workers: int = 2, threads: int = 4, application: str = "config.wsgi:application"
) -> Iterator[None]:
    """Serve an application with so many WSGI workers; stop at the end."""
    if importlib.util.find_spec("granian") is None:
        sys.exit("This benchmark needs granian: .venv/bin/pip install granian")
    how = ["--interface", "wsgi", "--workers", str(workers), "--blocking-threads", str(threads), "--no-ws"]
    where = ["--host", "127.0.0.1", "--port", str(port), "--log-level", "warning"]
    server = subprocess.Popen([sys.executable, "-m", "granian", *how, *where, application], cwd=ROOT)
    with _until_the_end(server, port):
        yield


@contextmanager
def served_embedded(port: int) -> Iterator[None]:
    """Serve the embedded default: one process; stop at the end."""
    where = ["--host", "127.0.0.1", "--port", str(port), "--log-level", "warning", "--no-access-log"]
    server = subprocess.Popen([sys.executable, "-m", "uvicorn", *where, "config.asgi:application"], cwd=ROOT)
    with _until_the_end(server, port):
        yield


@contextmanager
def _until_the_end(server: "subprocess.Popen[bytes]", port: int) -> Iterator[None]:
    try:
        waited_for(port)
        yield
    finally:
        server.terminate()
        server.wait(timeout=20)


def waited_for(port: int) -> None:
    """Wait until the site answers there; give up after a minute."""
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1) as probe:
                probe.sendall(b"GET /robots.txt HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                if probe.recv(20).startswith(b"HTTP/1.1 200"):
                    return
        except OSError:
            pass
        time.sleep(0.1)
    sys.exit("The server did not start.")

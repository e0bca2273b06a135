"""What a command line asks for: our two verbs, or Django's."""

import os
import sys

from . import environment
from .places import VENV_PYTHON, give_up


def main(arguments: list[str]) -> int:
    """Carry out `manage.py <verb> …` and give back the exit code.

    `demo` and `test` run twice: once under whatever Python the machine has, which makes `.venv`, and then
    again inside it.
    """
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]  # it is a text stream here
    match arguments[1:]:
        case ["demo", *options]:
            from . import demo  # inline: the parser alone; `shell` and `migrate` need none of it

            return demo.start(arguments, options)
        case ["test", *options]:
            from . import checks  # inline: as above

            return checks.start(arguments, options)
        case _:
            return _django(arguments)


def _django(arguments: list[str]) -> int:
    if not environment.is_inside() and VENV_PYTHON.exists():
        environment.continue_inside(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        from django.core.management import execute_from_command_line  # inline: only .venv brings Django
    except ImportError:
        give_up("Nothing is set up yet. Start with: python3 manage.py demo")
    execute_from_command_line(arguments)
    return 0

"""Entries of the directory, kept true by their owners: what may be written, who reviews it, what came of it.

Read `columns` (what an entry of its kind consists of), `checks` (what may stand there), `submission` (an owner's
change: live at once or waiting), `review` (what a reviewer decides), `history` (what was, and undoing it).
Locks are taken in the order entry → change.
"""

from .columns import Entry

__all__ = ["Entry"]

#!/usr/bin/env python3
"""The one door: `demo` and `test` set up what they need by themselves; every other verb is Django's."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  # whoever meets this has not read pyproject.toml
    sys.exit("The platform needs Python 3.11 or newer; this is " + sys.version.split()[0] + ".")

from config.bootstrap.verbs import main

if __name__ == "__main__":
    sys.exit(main(sys.argv))

"""From a bare Python to a running platform, with the standard library alone.

`verbs` decides what a command line asks for; `environment` makes `.venv` from a lock; `assets` builds the
browser's files; `demo` serves; `checks` proves. Nothing here may import a package at module level that
`.venv` would have to bring: it runs before `.venv` is there.
"""

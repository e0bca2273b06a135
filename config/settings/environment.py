"""The environment, read once: every other settings module asks here and nowhere else."""

from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()
if (BASE_DIR / ".env").exists():
    env.read_env(BASE_DIR / ".env")

DEMO: bool = env.bool("DEMO", default=False)
"""The embedded demonstration: mail lands in a mailbox page, the style page is open, one process."""

DEBUG: bool = env.bool("DEBUG", default=False)

LOCAL: bool = DEBUG or DEMO
"""On somebody's own machine: any host name, static files straight from their folders, GraphiQL, the style page.

The demonstration is not DEBUG, so that its error pages are those that a visitor would see.
"""
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
SITE_URL: str = env.str("SITE_URL", default="http://localhost:8000").rstrip("/")

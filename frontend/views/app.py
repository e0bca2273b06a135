"""The door app at /soat-ve/: its shell, the same for everybody, and its service worker.

The shell names no person and asks nothing of the database, so that a phone may keep it and open it without a
network. Its files lie under /static/app/ by the names that Vite gave them: their parts refer to one another by
these names, and a second hash would load some of them twice.
"""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from network.doors import Permission, declare

DIST = Path(__file__).parents[1] / "dist" / "app"
ENTRY = "src/main.ts"
NOT_BUILT = "The door app is not built yet: npm --prefix frontend run build"


@declare(Permission.PUBLIC)
@require_safe
@cache_control(no_cache=True)
def shell(request: HttpRequest) -> HttpResponse:
    """Answer with the page that loads the app; 503 when there is no build."""
    entry = _entry()
    if entry is None:
        return HttpResponse(NOT_BUILT, status=503, content_type="text/plain")
    return HttpResponse(render_to_string("app.html", {"base": f"{settings.STATIC_URL}app/", "entry": entry}))


@declare(Permission.PUBLIC)
@require_safe
@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """Answer with the service worker. It lies beside the shell because a worker rules its own folder only."""
    path = DIST / "sw.js"
    if not path.exists():
        return HttpResponse(NOT_BUILT, status=503, content_type="text/plain")
    return HttpResponse(path.read_bytes(), content_type="text/javascript")


def _entry() -> dict[str, Any] | None:
    """What Vite says of the app's entry: its `file` and its `css`."""
    path = DIST / "assets.json"
    return json.loads(path.read_text())[ENTRY] if path.exists() else None

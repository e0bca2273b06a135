"""The least that Django can do for a check-in: one view, one UPDATE, nothing else. What redeem is measured by.

Served as `tests.bench.bare:application`, by the same server, from the same database, in the same run.
"""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.db import connection  # noqa: E402
from django.http import HttpRequest, JsonResponse  # noqa: E402
from django.urls import path  # noqa: E402
from django.views.decorators.csrf import csrf_exempt  # noqa: E402


@csrf_exempt
def count(request: HttpRequest, event: int) -> JsonResponse:
    """Touch the row that an admission counts in."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE events_checkintally SET changes = changes + 1 WHERE event_id = %s", [event])
    return JsonResponse({"status": "ok"})


urlpatterns = [path("bare/<int:event>", count), path("robots.txt", count, {"event": 0})]
settings.ROOT_URLCONF = __name__
settings.MIDDLEWARE = []
application = WSGIHandler()

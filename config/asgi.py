"""ASGI entry point: WebSockets through Channels, HTTP through WSGI in threads, mail and long jobs beside them.

HTTP goes through WSGI because Django's own ASGI handler serves the same view about four times slower.
"""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.core.wsgi import get_wsgi_application

wsgi = get_wsgi_application()

from typing import Any  # noqa: E402

from a2wsgi import WSGIMiddleware  # noqa: E402
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from channels.sessions import CookieMiddleware  # noqa: E402
from django.conf import settings  # noqa: E402

from api.routing import websocket_urlpatterns  # noqa: E402
from config.bodies import Receive, Send, read_first  # noqa: E402
from network import outbox, worker  # noqa: E402


async def lifespan(scope: Any, receive: Receive, send: Send) -> None:
    """Start the workers for mail and long jobs with the process, stop them with the process."""
    stops = []
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            if settings.OUTBOX_IN_PROCESS:
                stops.append(outbox.start_worker())
            if settings.JOBS_IN_PROCESS:
                stops.append(worker.start())
            await send({"type": "lifespan.startup.complete"})
        else:
            for stop in stops:
                stop.set()
            await send({"type": "lifespan.shutdown.complete"})
            return


application = ProtocolTypeRouter(
    {
        "http": read_first(WSGIMiddleware(wsgi, workers=8)),
        "websocket": CookieMiddleware(URLRouter(websocket_urlpatterns)),
        "lifespan": lifespan,
    }
)

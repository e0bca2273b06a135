"""`config.asgi` for the benchmarks of realtime: PACE (seconds between two wakes of a stream) from the environment,
and as many sockets from this one machine as are asked for."""

import os

from django.conf import settings

from config.asgi import application

from api.realtime import hub  # isort: skip  # needs what config.asgi has set up

hub.PACE = float(os.environ.get("PACE", hub.PACE))
settings.GRAPHQL_SOCKET = {"per_address": 100_000}

__all__ = ["application"]

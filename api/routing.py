"""WebSocket addresses."""

from django.urls import path

from .realtime.socket import GraphQLSocket

websocket_urlpatterns = [path("graphql/ws", GraphQLSocket.as_asgi())]

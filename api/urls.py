"""Addresses of the API."""

from django.urls import path

from .events import files
from .view import graphql

urlpatterns = [
    path("graphql", graphql, name="graphql"),
    path("graphql/files", files.upload, name="graphql_files"),
    path("graphql/files/<uuid:file_id>", files.download, name="graphql_file"),
]

"""Addresses of the API."""

from django.urls import path

from .events import files
from .network import pictures
from .view import graphql

urlpatterns = [
    path("graphql", graphql, name="graphql"),
    path("graphql/files", files.upload, name="graphql_files"),
    path("graphql/files/<uuid:file_id>", files.download, name="graphql_file"),
    path("graphql/pictures", pictures.upload, name="graphql_pictures"),
]

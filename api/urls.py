"""Addresses of the API."""

from django.urls import path

from .view import graphql

urlpatterns = [path("graphql", graphql, name="graphql")]

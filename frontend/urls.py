"""Addresses without a language: covers, the style page, feeds, the scanner."""

from django.conf import settings
from django.urls import URLPattern, path

from frontend.views import covers, style

urlpatterns: list[URLPattern] = [
    path("covers/<slug:seed>.svg", covers.draw, name="cover"),
]
if settings.DEBUG or settings.DEMO:
    urlpatterns.append(path("style/", style.style, name="style"))

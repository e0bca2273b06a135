"""Addresses without a language: covers, the style page, feeds, the scanner."""

from django.conf import settings
from django.urls import URLPattern, path

from frontend.views import app, covers, style

urlpatterns: list[URLPattern] = [
    path("covers/<slug:seed>.svg", covers.draw, name="cover"),
    path("soat-ve/", app.shell, name="app"),
    path("soat-ve/sw.js", app.service_worker, name="app_worker"),
]
if settings.DEBUG or settings.DEMO:
    urlpatterns.append(path("style/", style.style, name="style"))

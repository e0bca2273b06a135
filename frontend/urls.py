"""Addresses without a language: covers, feeds, the scanner, what crawlers ask for, the style page."""

from django.conf import settings
from django.urls import URLPattern, path

from frontend.views import app, calendar, covers, crawlers, previews, share_images, style

urlpatterns: list[URLPattern] = [
    path("covers/<slug:seed>.svg", covers.draw, name="cover"),
    path("xem-truoc/<str:token>/", previews.page_preview, name="page_preview"),
    path("anh/trang/<int:page_id>.png", share_images.page_picture, name="page_picture"),
    path("lich/site.ics", calendar.site_feed, name="site_feed"),
    path("lich/<slug:slug>.ics", calendar.series_feed, name="series_feed"),
    path("lich/su-kien/<slug:slug>.ics", calendar.event_feed, name="event_feed"),
    path("robots.txt", crawlers.robots, name="robots"),
    path("sitemap.xml", crawlers.sitemap, name="sitemap"),
    path("soat-ve/", app.shell, name="app"),
    path("soat-ve/sw.js", app.service_worker, name="app_worker"),
]
if settings.LOCAL:
    urlpatterns.append(path("style/", style.style, name="style"))

"""For search engines: what is here, and what is nobody's business."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.contrib.sitemaps.views import sitemap as sitemap_of

from frontend.sitemaps import SITEMAPS
from network.doors import Permission, declare

PERSONAL = ("/ve/", "/ho-so/", "/tai-khoan/", "/hop-thu/", "/bang/", "/soat-ve/", "/quan-tri/", "/graphql")


@declare(Permission.PUBLIC)
@require_safe
@cache_control(public=True, max_age=3600)
def robots(request: HttpRequest) -> HttpResponse:
    """Keep crawlers out of what needs a login, in both languages."""
    rules = [f"Disallow: {prefix}{path}" for path in PERSONAL for prefix in ("", "/en")]
    lines = ["User-agent: *", *rules, "", f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@declare(Permission.PUBLIC)
@require_safe
@cache_control(public=True, max_age=3600)
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public address."""
    return sitemap_of(request, sitemaps=SITEMAPS)

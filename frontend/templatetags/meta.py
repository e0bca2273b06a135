"""What a page says of itself to chats, timelines and search engines."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.navigation import in_language
from cms.pages import NewsPage
from frontend.structured import article_facts, embedded, trail_facts

register = template.Library()


@register.inclusion_tag("components/page_meta.html", takes_context=True)
def page_meta(context: template.Context, page: Any) -> dict[str, Any]:
    """Title, lead and share image of a page of the newsroom. The image's address changes when the page does."""
    request = context["request"]
    return {
        "kind": "article" if isinstance(page, NewsPage) else "website",
        "title": page.seo_title or page.title,
        "text": page.search_description or getattr(page, "lead", "") or getattr(page, "hero_lead", ""),
        "address": request.build_absolute_uri(request.path),
        "image": _image(request, page),
        "published": page.first_published_at,
        "changed": page.last_published_at,
    }


@register.simple_tag(takes_context=True)
def page_facts(context: template.Context, page: Any, section: str = "", label: str = "") -> SafeString:
    """The JSON-LD of a page: the way to it by `section` (a path named `label`), and an article's own facts."""
    request = context["request"]
    address = request.build_absolute_uri(request.path)
    steps = [(_("Home"), request.build_absolute_uri(in_language("/")))]
    if section:
        steps.append((label, request.build_absolute_uri(in_language(section))))
    told = [trail_facts([*steps, (page.title, address)])]
    if isinstance(page, NewsPage):
        told.append(article_facts(page=page, address=address, image=_image(request, page)))
    return mark_safe("".join(embedded(facts) for facts in told))  # each is escaped by itself


def _image(request: Any, page: Page) -> str:
    stamp = int(page.last_published_at.timestamp()) if page.last_published_at else 0
    return f"{request.build_absolute_uri(reverse('page_picture', args=[page.pk]))}?v={stamp}"

"""The foot of a page: the same for everybody who reads the same language, so it is drawn once for a process."""

from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag(takes_context=True)
def site_footer(context: template.Context) -> SafeString:
    """Return the footer in the page's language; who is logged in can log out there."""
    signed_in = bool(getattr(context.get("user"), "is_authenticated", False))
    draw = _drawn.__wrapped__ if settings.DEBUG else _drawn
    facts = (settings.CONTACT_EMAIL, settings.CONTACT_PHONE)
    return draw(get_language() or settings.LANGUAGE_CODE, signed_in, timezone.localdate().year, facts)


@lru_cache(maxsize=16)
def _drawn(language: str, signed_in: bool, year: int, contact: tuple[str, str]) -> SafeString:
    """All that the footer depends on stands in the arguments; the template asks for it by itself."""
    return render_to_string("components/site_footer.html", {"user": {"is_authenticated": signed_in}})

"""The shell of a page: built files, addresses in the page's language, navigation."""

from typing import Any

from django import template
from django.conf import settings
from django.urls import NoReverseMatch, ResolverMatch, reverse
from django.utils.translation import get_language, override

from cms.navigation import in_language, places
from frontend import built

register = template.Library()
register.simple_tag(built.address, name="built")
register.simple_tag(built.font_addresses, name="built_fonts")
register.simple_tag(in_language, name="at")


@register.simple_tag
def contact() -> dict[str, str]:
    """Return whom to ask for help: {email, phone, dial}; without a number, phone is empty."""
    phone = settings.CONTACT_PHONE
    return {"email": settings.CONTACT_EMAIL, "phone": phone, "dial": phone.replace(" ", "")}


@register.simple_tag(takes_context=True)
def navigation(context: template.Context) -> list[dict[str, Any]]:
    """Return the main places of the site as {label, url, current}."""
    here = getattr(context.get("request"), "path", "")
    return [
        {"label": place.label, "url": in_language(place.path), "current": here.startswith(in_language(place.path))}
        for place in places()
    ]


@register.simple_tag(takes_context=True)
def alternates(context: template.Context) -> list[dict[str, Any]]:
    """Return this page in each language as {code, name, url, current}.

    A Wagtail page answers with its own translations; a language it lacks leads to that language's home.
    """
    if "alternates" in context:
        return context["alternates"]
    here = get_language()
    names = {"vi": "Tiếng Việt", "en": "English"}
    return [
        {"code": code, "name": names[code], "url": _translated(context, code), "current": code == here}
        for code, _name in settings.LANGUAGES
    ]


def _translated(context: template.Context, language: str) -> str:
    page, request = context.get("page"), context.get("request")
    if hasattr(page, "get_translation_or_none"):
        return _page_address(page, language, request)
    match = getattr(request, "resolver_match", None)
    if match is None:
        with override(language):
            return in_language("/")
    return request.get_full_path() if language == get_language() else _same_page(request, match, language)


def _same_page(request: Any, match: ResolverMatch, language: str) -> str:
    """Where the same view answers in another language: what `translate_url` says, without resolving once more."""
    with override(language):
        try:
            path = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
        except NoReverseMatch:
            return request.get_full_path()
    query = request.META.get("QUERY_STRING", "")
    return f"{path}?{query}" if query else path


def _page_address(page: Any, language: str, request: Any) -> str:
    translations = {
        found.locale.language_code: found
        for found in page.get_translations(inclusive=True).live().select_related("locale")
    }
    if language in translations:
        return translations[language].get_url(request) or "/"
    with override(language):
        return in_language("/")


@register.simple_tag(takes_context=True)
def absolute(context: template.Context, address: str) -> str:
    """Return an address with scheme and host, as canonical links and social networks want it."""
    return context["request"].build_absolute_uri(address)

"""The signed-in reader's corner of the header: where their roles lead them."""

from typing import Any

from allauth.account.utils import passthrough_next_redirect_url
from allauth.core import context as allauth_context
from django import template
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.urls import reverse
from django.utils.translation import gettext as _

from cms.navigation import in_language
from events import permissions

register = template.Library()


@register.simple_tag(takes_context=True)
def account_links(context: template.Context) -> list[dict[str, Any]]:
    """Return the reader's own places as {label, icon, url}; asked once a request, one statement, none if anonymous."""
    request = context.get("request")
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    if not hasattr(request, "account_links"):
        request.account_links = list(_links(user))
    return request.account_links


def _links(user: Any) -> Any:
    tasks = permissions.tasks_of(user)
    if tasks.edits_mentor_entry:
        yield {"label": _("My mentor entry"), "icon": "pencil", "url": in_language("/ho-so/")}
    yield {"label": _("My hours"), "icon": "calendar-days", "url": in_language("/hen/")}
    if tasks.checks_tickets:
        yield {"label": _("Check tickets"), "icon": "scan-line", "url": "/soat-ve/"}
    if user.is_staff:
        yield {"label": _("Newsroom"), "icon": "monitor", "url": "/quan-tri/"}
    yield {"label": _("Messages"), "icon": "mail", "url": in_language("/nhan-tin/")}
    yield {"label": _("Account"), "icon": "user", "url": in_language("/tai-khoan/")}


@register.simple_tag
def is_demo() -> bool:
    """Whether letters land in the demo's mailbox, so that pages may lead there."""
    return settings.DEMO


@register.simple_tag
def forgotten_password() -> str:
    """Return where to get a new password, on the way to where the reader was going.

    allauth renders the help below its password fields without a request, but knows which one it is serving.
    """
    address = reverse("account_reset_password")
    return passthrough_next_redirect_url(allauth_context.request, address, REDIRECT_FIELD_NAME)

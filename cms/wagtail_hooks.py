"""Where the newsroom hooks into Wagtail."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from cms.admin.choosers import entry_chooser, event_chooser, mentor_chooser, organisation_chooser
from cms.admin.menu import EntryFactsGroup, EventsGroup, NetworkGroup
from cms.admin.newsletters import NewsletterViewSet
from cms.admin.previews import ShareDraft
from cms.admin.reviews import ReviewViewSet
from cms.pages import EventPage
from network.models import Person


@hooks.register("register_admin_viewset")
def our_views() -> list[object]:
    """Events, the network, the newsletter, and the choosers for stories."""
    return [
        EventsGroup(),
        NetworkGroup(),
        EntryFactsGroup(),
        ReviewViewSet(),
        NewsletterViewSet(),
        organisation_chooser,
        entry_chooser,
        event_chooser,
        mentor_chooser,
    ]


@hooks.register("insert_global_admin_css")
def our_look() -> SafeString:
    """The harbour's colours and type."""
    return format_html('<link rel="stylesheet" href="{}">', static("cms/newsroom.css"))


@hooks.register("before_copy_page")
def refuse_second_story(request: HttpRequest, page: Page) -> HttpResponse | None:
    """An event has one story per language: a copy would be a second one of the same (see the constraint).

    Also a copy of a parent would copy the stories below it.
    """
    if not EventPage.objects.descendant_of(page, inclusive=True).exists():
        return None
    messages.error(
        request,
        _("An event has one page per language, so it cannot be copied. Create a new event, or translate this page."),
    )
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("construct_help_menu")
def keep_to_our_own(request: HttpRequest, menu_items: list[Any]) -> None:
    """Wagtail's manual and its news are in English and on another host; what stays is the list of shortcuts."""
    menu_items[:] = [item for item in menu_items if not item.url.startswith("http")]


@hooks.register("register_admin_urls")
def our_addresses() -> list[URLPattern]:
    """What belongs to a page and has no viewset of its own."""
    return [path("pages/<int:page_id>/chia-se-ban-nhap/", ShareDraft.as_view(), name="share_draft")]


@hooks.register("register_page_header_buttons")
def share_draft_button(page: Page, user: Person, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """In the menu of a page that one may edit."""
    if page.permissions_for_user(user).can_edit():
        yield Button(_("Share the draft"), reverse("share_draft", args=[page.pk]), icon_name="link", priority=70)

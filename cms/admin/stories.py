"""Writing the story of an event that has none: past editions, events that came from elsewhere."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views import View

from cms.pages import EventIndexPage, EventPage
from events.models import Event
from network.doors import Permission, declare
from network.models import Person


def may_write_story(person: Person, event: Event) -> bool:
    """Whoever may add pages to the Vietnamese events, while the event has no story."""
    index = _index()
    has_story = EventPage.objects.filter(event=event).exists()
    return index is not None and not has_story and index.permissions_for_user(person).can_add_subpage()


@declare(Permission.EDITOR)
class WriteStory(View):
    """Begin a draft of the story and open it in the editor."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page carries the event's title and address; the event itself stays as it is."""
        event = get_object_or_404(Event, pk=kwargs["pk"])
        if not may_write_story(request.user, event):
            raise PermissionDenied
        page = EventPage(title=event.title_vi, slug=event.slug, event=event, owner=request.user, live=False)
        page = _index().add_child(instance=page)
        page.save_revision(user=request.user, log_action="wagtail.create", clean=False)
        return redirect("wagtailadmin_pages:edit", page.pk)


def _index() -> EventIndexPage | None:
    return EventIndexPage.objects.filter(locale__language_code="vi").first()

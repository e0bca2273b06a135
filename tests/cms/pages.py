"""What an editor's browser sends."""

from typing import Any

from django.db.models import Model
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from cms.models import EventIndexPage, EventPage
from tests import factories


def told(**changes: Any) -> dict[str, Any]:
    """The form of a new event, as typed."""
    stated = {
        "title": "Đổi mới ở cảng",
        "slug": "doi-moi-o-cang",
        "summary_vi": "Một buổi chiều bên cảng.",
        "kind": "CAFE",
        "series": factories.EventSeriesFactory.create().pk,
        "edition": "",
        "code": "",
        "starts_at": "05/12/2026 14:00",
        "ends_at": "05/12/2026 16:30",
        "attendance": "ONSITE",
        "venue": factories.VenueFactory.create().pk,
        "capacity": "80",
        "shows_counter": "on",
        "title_en": "Innovation in port",
        "body": streamfield([]),
        "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000},
    }
    return nested_form_data(stated | changes)


def create(desk: Client, index: EventIndexPage, *, publish: bool = False, **changes: Any) -> Any:
    """Send the form of a new event; return the answer."""
    act = {"action-publish": "1"} if publish else {}
    return desk.post(reverse("wagtailadmin_pages:add", args=("cms", "eventpage", index.pk)), told(**changes) | act)


def edit(desk: Client, page: EventPage, *, publish: bool = False, **changes: Any) -> Any:
    """Send the form of an existing page; return the answer."""
    act = {"action-publish": "1"} if publish else {}
    return desk.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), told(**changes) | act)


def created(desk: Client, index: EventIndexPage, **options: Any) -> EventPage:
    """The page of a new event, made through the form."""
    answer = create(desk, index, **options)
    assert answer.status_code == 302, answer.context["form"].errors
    return EventPage.objects.latest("pk")


def row(model: type[Model]) -> dict[str, Any]:
    """The one row of a model, every column, in every language."""
    only = model._default_manager.get()
    return {field.attname: getattr(only, field.attname) for field in model._meta.concrete_fields}


def rows(*models: type[Model]) -> list[dict[str, Any]]:
    """The one row of each model."""
    return [row(model) for model in models]

"""Whatever happens to a page, no row of events moves."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale

from cms.models import EventIndexPage, EventPage
from events import registration, schedule
from events.models import Event, Registration, Seats
from tests.cms.pages import created, rows
from tests.factories import PersonFactory, planner


@pytest.fixture
def page(desk: Client, event_index: EventIndexPage) -> EventPage:
    """The page of an open event that has moved on since its first revision: renamed, rescheduled, one place taken."""
    page = created(desk, event_index, publish=True)
    registration.register(
        event_id=page.event_id, person=PersonFactory.create(), at=timezone.now(), channel=Registration.Channel.SITE
    )
    event = page.event
    schedule.reschedule(
        event_id=event.pk,
        starts_at=event.starts_at + timezone.timedelta(days=7),
        ends_at=event.ends_at + timezone.timedelta(days=7),
        venue_id=event.venue_id,
        actor=planner(),
        at=timezone.now(),
    )
    return EventPage.objects.get(pk=page.pk)


def everything() -> list[dict[str, Any]]:
    return rows(Event, Seats, Registration)


def publish_first_revision(page: EventPage, desk: Client) -> None:
    page.revisions.earliest("created_at").publish()


def unpublish(page: EventPage, desk: Client) -> None:
    page.unpublish()


def unpublish_and_publish(page: EventPage, desk: Client) -> None:
    page.unpublish()
    page.save_revision().publish()


def translate(page: EventPage, desk: Client) -> None:
    page.copy_for_translation(Locale.objects.get(language_code="en")).save_revision().publish()


def translate_side_by_side(page: EventPage, desk: Client) -> None:
    answer = desk.post(
        reverse("wagtail_localize:submit_page_translation", args=[page.pk]),
        {"locales": [Locale.objects.get(language_code="en").pk]},
    )
    assert answer.status_code == 302
    assert EventPage.objects.get(event=page.event, language="en").live is False


def copy(page: EventPage, desk: Client) -> None:
    desk.post(
        reverse("wagtailadmin_pages:copy", args=[page.pk]),
        {"new_title": "Bản sao", "new_slug": "ban-sao", "new_parent_page": page.get_parent().pk, "publish_copies": "1"},
    )
    assert EventPage.objects.count() == 1


def delete(page: EventPage, desk: Client) -> None:
    page.delete()


@pytest.mark.parametrize(
    "act",
    [publish_first_revision, unpublish, unpublish_and_publish, translate, translate_side_by_side, copy, delete],
)
def test_no_act_on_a_page_touches_the_event(
    page: EventPage, desk: Client, act: Callable[[EventPage, Client], None]
) -> None:
    before = everything()
    assert before[1]["taken"] == 1
    act(page, desk)
    assert everything() == before


def test_publishing_does_not_reopen_a_cancelled_event(page: EventPage) -> None:
    schedule.cancel_event(event_id=page.event_id, actor=planner(), at=timezone.now())
    page.save_revision(user=planner()).publish()
    assert Event.objects.get().status == Event.Status.CANCELLED


def test_a_draft_stays_closed_if_its_publisher_may_not_plan(desk: Client, event_index: EventIndexPage) -> None:
    page = created(desk, event_index)
    page.save_revision(user=PersonFactory.create()).publish()
    assert Event.objects.get().status == Event.Status.DRAFT


def test_a_copy_is_refused_in_words(page: EventPage, desk: Client) -> None:
    answer = desk.get(reverse("wagtailadmin_pages:copy", args=[page.pk]), follow=True)
    assert "không sao chép được" in answer.content.decode()
    above = desk.get(reverse("wagtailadmin_pages:copy", args=[page.get_parent().pk]), follow=True)
    assert "không sao chép được" in above.content.decode()


def test_one_page_per_event_and_language(page: EventPage) -> None:
    second = EventPage(title="Lần nữa", slug="lan-nua", event=page.event, live=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        page.get_parent().add_child(instance=second)


def test_the_story_of_an_event_begins_from_the_event(desk: Client, page: EventPage) -> None:
    event = page.event
    page.delete()
    before = everything()
    answer = desk.post(reverse("event:story", args=[event.pk]))
    story = EventPage.objects.get()
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[story.pk])
    assert (story.event, story.live, story.slug) == (event, False, event.slug)
    assert desk.post(reverse("event:story", args=[event.pk])).status_code == 302
    assert EventPage.objects.count() == 1
    assert everything() == before

"""The story of an event. The fact is `events.Event`; a page only points to it, one page per language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList, TabbedInterface
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

from cms.blocks import Story
from cms.forms.event import EventPageForm
from cms.panels.event import fact_panels
from events import planning
from events.models import Event
from network.models import Person

from .address import FoldedAddress


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Facts that a form has brought and no rule has seen yet."""

    facts: planning.EventFacts
    actor: Person


class EventIndexPage(FoldedAddress, Page):
    """Where event pages live: /su-kien/. The list itself is the website's, made of events and not of pages."""

    lead = models.CharField(_("lead"), max_length=400, blank=True)

    template = "cms/event_index.html"
    parent_page_types = ["cms.HomePage"]
    private_page_options: list[str] = []
    subpage_types = ["cms.EventPage"]
    max_count_per_parent = 1
    content_panels = [*Page.content_panels, FieldPanel("lead")]
    # The website answers at this very address in every language.
    override_translatable_fields = [SynchronizedField("slug", overridable=False)]

    class Meta:
        verbose_name = _("event index")
        verbose_name_plural = _("event indexes")


class EventPage(Page):
    """A story per language; its address is the event's.

    Publishing an old draft, translating, copying or unpublishing rewrites rows of this table and never a row of
    `events`: no time, status, seat or counter stands here.
    """

    event = models.ForeignKey(Event, verbose_name=_("event"), on_delete=models.PROTECT, related_name="pages")
    image = models.ForeignKey(
        "cms.CityImage",
        verbose_name=_("photo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Without a photo the event gets a cover of its own"),
    )
    body = StreamField(Story(), verbose_name=_("story"), blank=True)
    # Page's own `locale` stands in another table, out of reach for the constraint below.
    language = models.CharField(max_length=10, editable=False)

    template = "events/event.html"
    base_form_class = EventPageForm
    parent_page_types = ["cms.EventIndexPage"]
    private_page_options: list[str] = []
    subpage_types: list[str] = []
    override_translatable_fields = [
        SynchronizedField("slug", overridable=False),
        SynchronizedField("event", overridable=False),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList([*Page.content_panels, *fact_panels()], heading=_("Event")),
            ObjectList([FieldPanel("image"), FieldPanel("body")], heading=_("Story")),
            ObjectList(Page.promote_panels, heading=_("Promote")),
            ObjectList(Page.settings_panels, heading=_("Settings")),
        ]
    )

    plan: Plan | None = None

    class Meta:
        verbose_name = _("event page")
        verbose_name_plural = _("event pages")
        constraints = [
            models.UniqueConstraint(
                fields=["event", "language"],
                name="event_page_once_per_language",
                violation_error_message=_("This event already has a page in this language."),
            )
        ]

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        """A new event is written in Vietnamese; its English page is made by translating."""
        return super().can_create_at(parent) and parent.locale.language_code == "vi"

    def bring(self, *, facts: planning.EventFacts, actor: Person) -> None:
        """Take the facts of a form to heart without writing anything, so that a preview shows them.

        The event in memory is a sketch: 0 is a number that no row has, so that questions about its sessions and seats
        find nothing instead of failing.
        """
        self.plan = Plan(facts=facts, actor=actor)
        self.event = planning.sketch(facts=facts, event_id=self.event_id or None)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the story, and first, in the same transaction, what the form said of the fact.

        This is a door, not a rule: Wagtail gives a form no other moment. Its create view calls
        `form.save(commit=False)` for previews as well as for real, and then saves the page itself, inside
        `add_child`. So the form leaves the facts with the page, and here they go to the one rule that knows what
        to do with them.
        """
        with transaction.atomic():
            self._carry_out_plan()
            if self.locale_id is None:
                self.locale = self.get_default_locale()
            self.language = self.locale.language_code
            super().save(*args, **kwargs)

    def _carry_out_plan(self) -> None:
        plan, self.plan = self.plan, None
        if plan is None:
            return
        if self.event.pk:
            self.event = planning.revise_draft(event_id=self.event.pk, facts=plan.facts, actor=plan.actor)
        else:
            self.event = planning.plan_event(facts=plan.facts, actor=plan.actor)
        self.slug = self.event.slug

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What the website's own view of an event gives its template."""
        return {**super().get_context(request, *args, **kwargs), "event": self.event, "story": self}

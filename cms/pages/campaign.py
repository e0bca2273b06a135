"""Campaigns: a movement of the city, with its numbers, steps and dates."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.blocks import Story

from .address import FoldedAddress
from .writing import writable


class CampaignIndexPage(FoldedAddress, Page):
    """The list of campaigns at /chien-dich/."""

    lead = models.CharField(_("lead"), max_length=400, blank=True)

    template = "cms/campaign_index.html"
    parent_page_types = ["cms.HomePage"]
    private_page_options: list[str] = []
    subpage_types = ["cms.CampaignPage"]
    max_count_per_parent = 1
    api_fields = writable("lead")
    content_panels = [*Page.content_panels, FieldPanel("lead")]

    class Meta:
        verbose_name = _("campaign index")
        verbose_name_plural = _("campaign indexes")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The campaigns, running ones first."""
        from cms import queries  # inline: queries are asked about these very models

        campaigns = queries.campaigns(locale=self.locale.language_code)
        return {**super().get_context(request, *args, **kwargs), "campaigns": campaigns}


class CampaignPage(FoldedAddress, Page):
    """One campaign; its parts are blocks, its colour one of the brand's."""

    class Accent(models.TextChoices):
        """The brand's colours that carry text on deep water, and nothing else."""

        TIDE = "tide", _("Tide (blue-green)")
        LAMP = "lamp", _("Lamp (yellow)")
        PHUONG = "phuong", _("Phượng (red)")
        GO = "go", _("Green")

    movement_code = models.CharField(
        _("code of the movement"), max_length=20, help_text=_("Short, as on a container: “PT 01”")
    )
    lead = models.CharField(_("lead"), max_length=400)
    accent = models.CharField(_("colour"), max_length=8, choices=Accent.choices, default=Accent.TIDE)
    image = models.ForeignKey(
        "cms.CityImage", verbose_name=_("photo"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    starts_on = models.DateField(_("starts"))
    ends_on = models.DateField(_("ends"), null=True, blank=True)
    body = StreamField(Story(), verbose_name=_("story"), blank=True)

    template = "cms/campaign.html"
    parent_page_types = ["cms.CampaignIndexPage"]
    private_page_options: list[str] = []
    subpage_types: list[str] = []
    api_fields = writable("movement_code", "lead", "accent", "image", "starts_on", "ends_on", "body")
    content_panels = [
        *Page.content_panels,
        FieldPanel("lead"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("movement_code"), FieldPanel("accent")]),
                FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
            ],
            heading=_("Movement"),
        ),
        FieldPanel("image"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
                name="campaign_ends_after_start",
                violation_error_message=_("The end lies before the start."),
            )
        ]

    def clean(self) -> None:
        """Say at the field what the constraint would say about the whole form."""
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The end lies before the start.")})

    @property
    def is_running(self) -> bool:
        """Whether it runs today."""
        return self.starts_on <= timezone.localdate() and (self.ends_on is None or timezone.localdate() <= self.ends_on)

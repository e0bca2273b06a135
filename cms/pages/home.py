"""The home page: what stands on the quay; everything that moves comes from queries."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page


class HomePage(Page):
    """One per language, below the root."""

    hero_code = models.CharField(
        _("line above the headline"), max_length=60, blank=True, default="20.8449°B · 106.6881°Đ"
    )
    hero_title = models.CharField(_("headline"), max_length=90)
    hero_lead = models.CharField(_("lead"), max_length=240, blank=True)
    featured_news = models.ForeignKey(
        "cms.NewsPage",
        verbose_name=_("lead story"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Empty: the newest"),
    )
    featured_campaign = models.ForeignKey(
        "cms.CampaignPage",
        verbose_name=_("campaign"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Empty: the one that runs"),
    )

    template = "cms/home.html"
    parent_page_types = ["wagtailcore.Page"]
    private_page_options: list[str] = []
    subpage_types = ["cms.NewsIndexPage", "cms.CampaignIndexPage", "cms.EventIndexPage", "cms.StandardPage"]
    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            [FieldPanel("hero_code"), FieldPanel("hero_title"), FieldPanel("hero_lead")], heading=_("On the quay")
        ),
        MultiFieldPanel([FieldPanel("featured_news"), FieldPanel("featured_campaign")], heading=_("In front")),
    ]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The next event, the news, the numbers, the mentors: all as they are now."""
        from cms import quay  # inline: the quay is laid out of these very models

        return {**super().get_context(request, *args, **kwargs), **quay.laid_out(home=self)}

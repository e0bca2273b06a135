"""Pages that stand for themselves: about the platform, privacy, how to find us."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.blocks import Story

from .address import FoldedAddress
from .writing import writable


class StandardPage(FoldedAddress, Page):
    """A text page below the home page."""

    lead = models.CharField(_("lead"), max_length=400, blank=True)
    body = StreamField(Story(), verbose_name=_("story"), blank=True)

    template = "cms/standard.html"
    page_description = _("About us, privacy, how to find us")
    parent_page_types = ["cms.HomePage"]
    private_page_options: list[str] = []
    subpage_types: list[str] = []
    api_fields = writable("lead", "body")
    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")

"""News: the index and its articles."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.blocks import Story

from .address import FoldedAddress
from .paging import one_of_many
from .writing import writable


def today() -> Any:
    """Today in Hai Phong."""
    return timezone.localdate()


class NewsIndexPage(FoldedAddress, Page):
    """The list of news at /tin-tuc/."""

    lead = models.CharField(_("lead"), max_length=400, blank=True)

    template = "cms/news_index.html"
    parent_page_types = ["cms.HomePage"]
    private_page_options: list[str] = []
    subpage_types = ["cms.NewsPage"]
    max_count_per_parent = 1
    api_fields = writable("lead")
    content_panels = [*Page.content_panels, FieldPanel("lead")]

    class Meta:
        verbose_name = _("news index")
        verbose_name_plural = _("news indexes")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The articles of one page of the list, newest first; `?topic=` narrows them."""
        from cms import queries  # inline: queries are asked about these very models

        topic = request.GET.get("topic", "")
        articles = queries.news(locale=self.locale.language_code, topic=topic)
        return {
            **super().get_context(request, *args, **kwargs),
            "articles": one_of_many(articles, request.GET.get("page"), per_page=13),
            "topics": queries.news_topics(locale=self.locale.language_code),
            "topic": topic,
        }


class NewsPage(FoldedAddress, Page):
    """An article."""

    topic = models.CharField(_("topic"), max_length=40, blank=True, help_text=_("One or two words above the headline"))
    lead = models.CharField(_("lead"), max_length=400, help_text=_("Two sentences that stand in lists, too"))
    image = models.ForeignKey(
        "cms.CityImage",
        verbose_name=_("photo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Without a photo the article gets a cover of its own"),
    )
    author_line = models.CharField(_("author"), max_length=120, blank=True)
    published_on = models.DateField(_("date"), default=today, db_index=True)
    body = StreamField(Story(), verbose_name=_("story"), blank=True)

    template = "cms/news.html"
    parent_page_types = ["cms.NewsIndexPage"]
    private_page_options: list[str] = []
    subpage_types: list[str] = []
    search_fields = [
        *Page.search_fields,
        index.SearchField("lead"),
        index.SearchField("body"),
        index.FilterField("topic"),
    ]
    api_fields = writable("topic", "lead", "image", "author_line", "published_on", "body")
    content_panels = [
        *Page.content_panels,
        FieldRowPanel([FieldPanel("topic"), FieldPanel("author_line"), FieldPanel("published_on")]),
        FieldPanel("lead"),
        FieldPanel("image"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("news article")
        verbose_name_plural = _("news articles")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Three more articles to read on."""
        from cms import queries  # inline: as above

        more = queries.news(locale=self.locale.language_code).exclude(pk=self.pk)[:3]
        return {**super().get_context(request, *args, **kwargs), "more": more}

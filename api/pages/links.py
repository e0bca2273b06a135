"""Links to pages lead to the reader's language; those of a whole batch are looked up together.

Wagtail's own `page.localized` asks the database for every single link.
"""

from functools import cache
from typing import Any

from django.conf import settings
from django.utils.html import escape
from django.utils.translation import get_language
from wagtail.models import Page
from wagtail.rich_text import features
from wagtail.rich_text.pages import PageLinkHandler
from wagtail.rich_text.rewriters import EmbedRewriter, LinkRewriter, MultiRuleRewriter

from ..addresses import whole
from ..batch import compute, together


def address(page: Page) -> str:
    """Return the whole address of a page, or of its translation into the language of the answer."""
    return whole((compute(page, "translation", _translations) or page).url or "")


def expanded(html: str) -> str:
    """Return a rich text as HTML: links filled in, addresses whole."""
    return _rewriter()(html).replace('href="/', f'href="{settings.SITE_URL}/')


def _translations(pages: list[Page]) -> dict[int, Page]:
    rows = Page.objects.live().filter(translation_key__in={page.translation_key for page in pages})
    found = {row.translation_key: row for row in rows.filter(locale__language_code=get_language())}
    return {page.pk: found[page.translation_key] for page in pages if page.translation_key in found}


def _page_links(links: list[dict[str, Any]]) -> list[str]:
    pages = PageLinkHandler.get_many(links)
    together(page for page in pages if page)
    return [f'<a href="{escape(address(page))}">' if page else "<a>" for page in pages]


@cache
def _rewriter() -> MultiRuleRewriter:
    links = {kind: handler.expand_db_attributes_many for kind, handler in features.get_link_types().items()}
    embeds = {kind: handler.expand_db_attributes_many for kind, handler in features.get_embed_types().items()}
    return MultiRuleRewriter(
        [LinkRewriter(bulk_rules={**links, "page": _page_links}), EmbedRewriter(bulk_rules=embeds)]
    )

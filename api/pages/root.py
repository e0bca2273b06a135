"""Questions about pages."""

from typing import Any

import graphene

from cms import queries
from network.doors import Permission

from ..connection import Edges, paged
from ..fields import Language
from ..permission import permitted
from .types import KINDS, CampaignConnection, NewsConnection, Page, locale_of


class PagesQuery(graphene.ObjectType):
    """What editors have published."""

    news = paged(
        NewsConnection,
        "Articles, the newest first.",
        topic=graphene.String(),
        locale=Language(description="Else the language of the answer."),
    )
    campaigns = paged(
        CampaignConnection,
        "Campaigns, those that run first.",
        locale=Language(description="Else the language of the answer."),
    )
    page = graphene.Field(
        Page,
        description="The page at a path of the site; “/” is the home page.",
        path=graphene.String(required=True),
        locale=Language(description="Else the language of the answer."),
    )

    @permitted(Permission.PUBLIC)
    def resolve_news(
        self: Any,
        info: Any,
        first: int | None = None,
        after: str | None = None,
        topic: str | None = None,
        locale: Any = None,
    ) -> Edges:
        return Edges(queries.news(locale=locale_of(locale), topic=(topic or "").replace("\0", "")), first, after)

    @permitted(Permission.PUBLIC)
    def resolve_campaigns(
        self: Any, info: Any, first: int | None = None, after: str | None = None, locale: Any = None
    ) -> Edges:
        return Edges(queries.campaigns(locale=locale_of(locale)), first, after)

    @permitted(Permission.PUBLIC)
    def resolve_page(self: Any, info: Any, path: str, locale: Any = None) -> Any:
        page = queries.page_by_path(path.replace("\0", ""), locale=locale_of(locale))
        return page if type(page) in KINDS else None

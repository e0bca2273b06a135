"""Drafts for an app: shown to whoever holds a token, for an hour."""

from typing import Any

import graphene
from django.urls import reverse

from cms import previews
from network.doors import Permission
from network.global_ids import number_of
from network.refusals import Invalid

from ..acts import Act
from ..addresses import whole
from ..permission import permitted
from .types import KINDS, Page


class CreatePagePreview(Act, permission=Permission.EDITOR):
    """Make a token with which `pagePreview` and the site show the newest draft of a page, for an hour."""

    class Input:
        """Which page."""

        page_id = graphene.ID(required=True, description="Its global id.")

    token = graphene.String(description="For `pagePreview`.")
    url = graphene.String(description="Where the site shows it.")
    expires_at = graphene.DateTime(description="When it ends.")

    @staticmethod
    def do(caller: Any, *, page_id: str) -> dict[str, Any]:
        number = max(number_of(page_id, kind.__name__) for kind in KINDS)
        made = previews.make(page_id=number, actor=caller.viewer, at=caller.at)
        url = whole(reverse("page_preview", args=[made.token]))
        return {"token": made.token, "url": url, "expires_at": made.expires_at}


class PreviewsQuery(graphene.ObjectType):
    """Drafts."""

    page_preview = graphene.Field(
        Page,
        token=graphene.String(required=True),
        description="The newest draft of the page that a token is for; null once the token is over, or if it is none.",
    )

    @permitted(Permission.PUBLIC)
    def resolve_page_preview(self: Any, info: Any, token: str) -> Any:
        try:
            page = previews.page_of(token=token, at=info.context.at)
        except Invalid:
            return None
        return page if type(page) in KINDS else None


class PreviewsMutation(graphene.ObjectType):
    """Showing drafts."""

    create_page_preview = CreatePagePreview.Field(required=True)

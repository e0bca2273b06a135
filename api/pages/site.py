"""The site around its pages: places, contact, languages, and where old addresses lead."""

from typing import Any

import graphene
from django.conf import settings
from django.utils.translation import get_language, override

from cms import navigation
from network.doors import Permission

from ..addresses import whole
from ..fields import Language
from ..permission import permitted


class SitePlace(graphene.ObjectType):
    """A main place of the site."""

    label = graphene.String(required=True)
    path = graphene.String(required=True, description="Without the language; what `page` takes.")
    url = graphene.String(required=True)

    resolve_url = staticmethod(lambda place, info: whole(navigation.in_language(place.path)))


class SiteLanguage(graphene.ObjectType):
    """A language of the site."""

    code = graphene.Field(Language, required=True)
    name = graphene.String(required=True, description="As its speakers call it.")
    url = graphene.String(required=True, description="Its home page.")
    is_default = graphene.Boolean(required=True)

    resolve_code = staticmethod(lambda code, info: code)
    resolve_name = staticmethod(lambda code, info: {"vi": "Tiếng Việt", "en": "English"}[code])
    resolve_is_default = staticmethod(lambda code, info: code == settings.LANGUAGE_CODE)

    def resolve_url(self: Any, info: Any) -> str:
        with override(self):
            return whole(navigation.in_language("/"))


class Site(graphene.ObjectType):
    """What stands around every page."""

    name = graphene.String(required=True)
    menu = graphene.List(graphene.NonNull(SitePlace), required=True, description="In the order in which they stand.")
    languages = graphene.List(graphene.NonNull(SiteLanguage), required=True)
    language = graphene.Field(Language, required=True, description="Of this answer.")
    contact_email = graphene.String(required=True)
    contact_phone = graphene.String(required=True, description="The hotline; may be empty.")
    calendar_url = graphene.String(required=True, description="All events, as a calendar to follow.")
    news_feed_url = graphene.String(required=True, description="The news, as an Atom feed.")

    resolve_name = staticmethod(lambda root, info: settings.WAGTAIL_SITE_NAME)
    resolve_menu = staticmethod(lambda root, info: navigation.places())
    resolve_languages = staticmethod(lambda root, info: [code for code, _name in settings.LANGUAGES])
    resolve_language = staticmethod(lambda root, info: get_language() or settings.LANGUAGE_CODE)
    resolve_contact_email = staticmethod(lambda root, info: settings.CONTACT_EMAIL)
    resolve_contact_phone = staticmethod(lambda root, info: settings.CONTACT_PHONE)
    resolve_calendar_url = staticmethod(lambda root, info: whole("/lich/site.ics"))
    resolve_news_feed_url = staticmethod(lambda root, info: whole(navigation.in_language("/tin-tuc/atom.xml")))


class Redirect(graphene.ObjectType):
    """Where an old address leads."""

    url = graphene.String(required=True)
    is_permanent = graphene.Boolean(required=True)

    resolve_url = staticmethod(lambda moved, info: whole(moved.address))


class SiteQuery(graphene.ObjectType):
    """The site."""

    site = graphene.Field(Site, required=True, description="What stands around every page.")
    redirect = graphene.Field(
        Redirect,
        path=graphene.String(required=True),
        description="Where a path leads at which there is no page any more; null if nobody knows.",
    )

    @permitted(Permission.PUBLIC)
    def resolve_site(self: Any, info: Any) -> bool:
        return True

    @permitted(Permission.PUBLIC)
    def resolve_redirect(self: Any, info: Any, path: str) -> navigation.Moved | None:
        return navigation.moved_to(path)

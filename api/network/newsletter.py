"""The newsletter: its archive, and subscribing, confirming, choosing, leaving."""

from typing import Any

import graphene
from django.utils.translation import get_language

from cms.newsletters import issues, letter
from network import models
from network.doors import Permission
from network.global_ids import number_of
from network.newsletter import links, subscriptions
from network.newsletter.links import LinkNotValid
from network.newsletter.subscriptions import Choices

from ..acts import Act
from ..connection import Edges, connection, paged
from ..events.types import EventKind
from ..fields import Language, choices
from ..permission import permitted

ReaderRole = choices("ReaderRole", models.Subscription.Role, "What readers say that they are.")


def _told(issue: Any) -> dict[str, Any]:
    contents = issue.mailing.contents
    told: dict[str, Any] = contents.get(get_language() or "vi") or contents["vi"]
    return told


class NewsletterIssue(graphene.ObjectType):
    """An issue as it went out; in Vietnamese where it was not written in the language of the answer."""

    number = graphene.Int(required=True)
    subject = graphene.String(required=True, resolver=lambda issue, info: _told(issue)["subject"])
    preheader = graphene.String(required=True, resolver=lambda issue, info: _told(issue)["preheader"])
    text = graphene.String(required=True, description="The whole issue as plain text.")
    sent_at = graphene.DateTime(required=True, resolver=lambda issue, info: issue.mailing.begun_at)
    url = graphene.String(required=True, description="On the web, where it is read with its pictures.")

    @staticmethod
    def resolve_text(issue: Any, info: Any) -> str:
        return letter.body_text(issue.mailing.contents, language=get_language() or "vi", at=issue.mailing.begun_at)

    @staticmethod
    def resolve_url(issue: Any, info: Any) -> str:
        return links.address(f"/ban-tin/{issue.number}/", get_language() or "vi")


NewsletterConnection = connection(NewsletterIssue)


class NewsletterChoices(graphene.ObjectType):
    """What a reader wants to read. No fields, no kinds of events: all of them."""

    email = graphene.String(required=True, resolver=lambda row, info: row.address)
    sectors = graphene.List(graphene.NonNull(graphene.String), required=True, description="Codes of fields.")
    kinds = graphene.List(graphene.NonNull(EventKind), required=True)
    roles = graphene.List(graphene.NonNull(ReaderRole), required=True)
    language = graphene.Field(Language, required=True, resolver=lambda row, info: str(row.language))
    is_subscribed = graphene.Boolean(required=True, resolver=lambda row, info: subscriptions.is_standing(row))

    @staticmethod
    def recall(text: str, viewer: Any) -> models.Subscription | None:
        """Find the viewer's own: that of a token is asked for by its token."""
        return models.Subscription.objects.filter(pk=number_of(text, "Subscription"), person_id=viewer.pk).first()


class _Choosing:
    """The fields of what somebody wants to read."""

    sectors = graphene.List(graphene.NonNull(graphene.String), description="Codes of fields; empty: all of them.")
    kinds = graphene.List(graphene.NonNull(EventKind), description="Kinds of events; empty: all of them.")
    roles = graphene.List(graphene.NonNull(ReaderRole), description="What the reader is.")
    language = Language(description="Else the language of the answer.")


def _choices(given: dict[str, Any]) -> Choices:
    language = given.get("language")
    return Choices(
        sectors=tuple(given.get("sectors") or ()),
        kinds=tuple(kind.value for kind in given.get("kinds") or ()),
        roles=tuple(role.value for role in given.get("roles") or ()),
        language=language.value if language else (get_language() or "vi"),
    )


class SubscribeToNewsletter(Act, permission=Permission.PUBLIC, budget="subscribe"):
    """Ask for the newsletter: a letter to the address asks whether it was meant, and nothing is sent before.

    The answer is the same whatever is known of the address.
    """

    class Input:
        """The address, and what is wanted."""

        email = graphene.String(required=True, description="Where it is to go.")
        sectors, kinds, roles, language = _Choosing.sectors, _Choosing.kinds, _Choosing.roles, _Choosing.language

    is_asked = graphene.Boolean(description="Whether the letter is on its way.")

    @staticmethod
    def do(caller: Any, *, email: str, **given: Any) -> dict[str, Any]:
        subscriptions.ask(email=email, choices=_choices(given), channel=models.Consent.Channel.API, at=caller.at)
        return {"is_asked": True}


class ConfirmNewsletter(Act, permission=Permission.PUBLIC, budget="choose"):
    """Confirm, by the token of the letter (`/ban-tin/xac-nhan/…/`)."""

    class Input:
        """The token."""

        token = graphene.String(required=True, description="From the letter's address.")

    token = graphene.String(description="For `newsletterChoices` and the acts after it; it does not expire.")
    choices = graphene.Field(NewsletterChoices)

    @staticmethod
    def do(caller: Any, *, token: str) -> dict[str, Any]:
        row = subscriptions.confirm(token=token, at=caller.at)
        return {"token": links.own(row.pk), "choices": row}


class ChooseNewsletter(Act, permission=Permission.PUBLIC, budget="choose"):
    """Keep what a reader wants to read: the whole of it."""

    class Input:
        """The token of any newsletter (`/ban-tin/lua-chon/…/`), and what is wanted."""

        token = graphene.String(required=True, description="From the letter's address.")
        sectors, kinds, roles, language = _Choosing.sectors, _Choosing.kinds, _Choosing.roles, _Choosing.language

    choices = graphene.Field(NewsletterChoices)

    @staticmethod
    def do(caller: Any, *, token: str, **given: Any) -> dict[str, Any]:
        return {"choices": subscriptions.choose(token=token, choices=_choices(given))}


class LeaveNewsletter(Act, permission=Permission.PUBLIC, budget="choose"):
    """Unsubscribe, at once. Once more changes nothing."""

    class Input:
        """The token of any newsletter (`/ban-tin/huy/…/`)."""

        token = graphene.String(required=True, description="From the letter's address.")

    is_left = graphene.Boolean(description="Whether nothing more is sent.")

    @staticmethod
    def do(caller: Any, *, token: str) -> dict[str, Any]:
        subscriptions.leave(token=token, at=caller.at)
        return {"is_left": True}


class NewsletterQuery(graphene.ObjectType):
    """What went out, and what a reader wants."""

    newsletters = paged(NewsletterConnection, "Issues that went out, the newest first.")
    newsletter_choices = graphene.Field(
        NewsletterChoices,
        description="Of the reader whose letter the token stands in; null for a token that is not whole.",
        token=graphene.String(required=True),
    )

    @permitted(Permission.PUBLIC)
    def resolve_newsletters(self: Any, info: Any, first: int | None = None, after: str | None = None) -> Edges:
        return Edges(issues.archived(), first, after)

    @permitted(Permission.PUBLIC)
    def resolve_newsletter_choices(self: Any, info: Any, token: str) -> Any:
        try:
            return subscriptions.read(token)
        except LinkNotValid:
            return None


class NewsletterMutation(graphene.ObjectType):
    """Subscribing and leaving, without an account."""

    subscribe_to_newsletter = SubscribeToNewsletter.Field(required=True)
    confirm_newsletter = ConfirmNewsletter.Field(required=True)
    choose_newsletter = ChooseNewsletter.Field(required=True)
    leave_newsletter = LeaveNewsletter.Field(required=True)

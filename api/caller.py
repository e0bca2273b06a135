"""Who is asking, and in which language they want to be answered."""

from collections.abc import Mapping
from functools import cached_property
from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import urlsplit

from allauth.account.adapter import get_adapter
from allauth.headless.contrib.rest_framework.authentication import XSessionTokenAuthentication
from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language_from_request, get_supported_language_variant

from events.models import GateDevice
from network.models import Person

from .errors import Refused, unauthenticated
from .phones import HEADER as PHONE_HEADER
from .phones import forget, phone_by_token


class Caller:
    """The context of one operation.

    The viewer is looked up when a resolver first asks, so that a public answer costs no session.
    """

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.at = timezone.now()

    @cached_property
    def viewer(self) -> Person | AnonymousUser:
        """The person asking, or nobody. Raises Refused UNAUTHENTICATED for a session token that has ended.

        A gate phone is nobody, whoever is logged in on it: it is let through at the doors alone.
        """
        if self.request.headers.get(PHONE_HEADER):
            return AnonymousUser()
        token = self.request.headers.get("X-Session-Token")
        if token:
            return viewer_by_token(token)
        if settings.SESSION_COOKIE_NAME in self.request.COOKIES:
            return cast(Person | AnonymousUser, get_user(self.request))
        return AnonymousUser()

    @cached_property
    def device(self) -> GateDevice | None:
        """The gate phone asking, for reading alone. Raises Refused UNAUTHENTICATED for one that is out."""
        token = self.request.headers.get(PHONE_HEADER)
        return phone_by_token(token, at=self.at) if token else None

    def device_has_changed(self) -> None:
        """The phone asking has changed: whoever asks next reads it anew."""
        forget(self.request.headers.get(PHONE_HEADER, ""))

    @property
    def actor(self) -> Person | GateDevice:
        """Who works at the door: the phone, else the person. Asked behind Permission.DOOR, which admits nobody else."""
        return self.device or cast(Person, self.viewer)

    @property
    def address(self) -> str:
        """Where the request comes from; allauth knows how many proxies are trusted to say so."""
        return str(get_adapter(self.request).get_client_ip(self.request))

    @property
    def is_known(self) -> bool:
        """Whether the request brings anything that could say who is asking."""
        return _brings_token(self.request) or settings.SESSION_COOKIE_NAME in self.request.COOKIES


def _brings_token(request: HttpRequest) -> bool:
    """Whether there is a header that no page of another site can make a browser send."""
    return "X-Session-Token" in request.headers or PHONE_HEADER in request.headers


def is_somebody(actor: Person | AnonymousUser | GateDevice) -> bool:
    """Whether this is somebody known: a phone, or a person who is logged in."""
    return isinstance(actor, GateDevice) or actor.is_authenticated


def viewer_by_token(token: str) -> Person:
    """Return the person of an allauth app session. Raises Refused UNAUTHENTICATED."""
    bearer = SimpleNamespace(headers={"X-Session-Token": token})
    found: tuple[Any, Any] | None = XSessionTokenAuthentication().authenticate(cast(HttpRequest, bearer))
    if found is None:
        raise unauthenticated()
    return cast(Person, found[0])


def language_of(request: HttpRequest) -> str:
    """Return the language of the wording: `?lang=`, else Accept-Language, else Vietnamese."""
    asked = request.GET.get("lang", "")
    try:
        return get_supported_language_variant(asked)
    except LookupError:
        return get_language_from_request(request)


def is_own_origin(headers: Mapping[str, str], host: str) -> bool:
    """Whether a browser says that the request comes from our own pages (`host` is ours, with port).

    Sec-Fetch-Site cannot be set by a page; browsers without it send Origin with every POST and every WebSocket.
    """
    fetched_from = headers.get("Sec-Fetch-Site")
    if fetched_from is not None:
        return fetched_from == "same-origin"
    origin = headers.get("Origin", "")
    return urlsplit(origin).netloc == host or origin in settings.CSRF_TRUSTED_ORIGINS


def refuse_cross_site(request: HttpRequest) -> None:
    """Raise Refused CROSS_SITE_REQUEST for a session cookie that another site's page has sent along."""
    brings_cookie = settings.SESSION_COOKIE_NAME in request.COOKIES and not _brings_token(request)
    if brings_cookie and not is_own_origin(request.headers, request.get_host()):
        raise Refused("CROSS_SITE_REQUEST", status=403, always=True)

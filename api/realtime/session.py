"""Who is at the other end of a socket, and whether they still are and still may."""

from collections.abc import Callable, Mapping
from importlib import import_module
from types import SimpleNamespace
from typing import Any, cast

from channels.db import database_sync_to_async
from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_supported_language_variant

from events import gate_devices
from events.models import GateDevice
from network.models import Person

from ..caller import is_somebody, viewer_by_token
from ..errors import Refused, forbidden, unauthenticated

Actor = Person | AnonymousUser | GateDevice
Question = Callable[[Actor], bool]


class SocketCaller:
    """The context of one subscription. `questions` are the permissions that it stands on, asked of the `actor`."""

    def __init__(self, actor: Actor, language: str) -> None:
        self.actor, self.language = actor, language
        self.viewer = AnonymousUser() if isinstance(actor, GateDevice) else actor
        self.at = timezone.now()
        self.questions: list[Question] = []

    async def permit(self, question: Question) -> None:
        """Go on only if the actor may, and be asked again. Raises Refused UNAUTHENTICATED or FORBIDDEN."""
        if not await database_sync_to_async(question)(self.actor):
            raise forbidden() if is_somebody(self.actor) else unauthenticated()
        self.questions.append(question)

    async def permit_person(self, question: Question) -> None:
        """As `permit`, of a person: a gate phone is a stranger everywhere but at doors."""
        if isinstance(self.actor, GateDevice):
            raise unauthenticated()
        await self.permit(question)


class Identity:
    """What a socket was opened with: a session cookie, a session token, a gate phone's token, or nothing."""

    def __init__(self, *, session_key: str = "", token: str = "", device_token: str = "") -> None:
        self.session_key, self.token, self.device_token = session_key, token, device_token

    def actor(self) -> Actor:
        """Return who it is, looked up now. Raises Refused UNAUTHENTICATED for a token that has ended."""
        if self.device_token:
            phone = gate_devices.of_token(token=self.device_token, at=timezone.now())
            if phone is None:
                raise unauthenticated()
            return phone
        if self.token:
            return viewer_by_token(self.token)
        if not self.session_key:
            return AnonymousUser()
        store = import_module(settings.SESSION_ENGINE).SessionStore(self.session_key)
        return cast(Person | AnonymousUser, get_user(cast(HttpRequest, SimpleNamespace(session=store))))

    @property
    def key(self) -> tuple[str, str, str]:
        """Sockets of one login have the same."""
        return self.session_key, self.token, self.device_token

    def still(self, actor: Actor, questions: list[Question]) -> bool:
        """Whether the session is still the actor's and every question is still answered with yes."""
        try:
            now = self.actor()
        except Refused:
            return False
        return now == actor and all(question(now) for question in questions)


def language_of(scope: Mapping[str, Any], payload: Mapping[str, Any]) -> str:
    """Return the language of the wording: `lang` of connection_init, else Accept-Language, else Vietnamese."""
    headers = dict(scope.get("headers", []))
    accepted = headers.get(b"accept-language", b"").decode("latin-1")
    asked = payload.get("lang")
    wishes = [asked] if isinstance(asked, str) else []
    wishes += [part.split(";")[0].strip().lower() for part in accepted.split(",")]
    for wish in wishes:
        try:
            return get_supported_language_variant(wish)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE

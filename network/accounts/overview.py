"""How a person can get in, in one look."""

from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.http import HttpRequest

from network.models import Person


@dataclass(frozen=True, kw_only=True)
class Connection:
    """An account elsewhere that opens this one."""

    pk: int
    service: str
    name: str


@dataclass(frozen=True, kw_only=True)
class WaysIn:
    """What the overview of an account shows. `services` are those that can be connected here at all."""

    addresses: list[EmailAddress]
    has_password: bool
    passkeys: list[Authenticator]
    services: list[Any]
    connections: list[Connection]
    sessions: int


def ways_in(request: HttpRequest, person: Person) -> WaysIn:
    """Return how this person gets in, in five statements."""
    services = get_adapter().list_providers(request)
    return WaysIn(
        addresses=list(EmailAddress.objects.filter(user=person).order_by("-primary", "-verified", "email")),
        has_password=person.has_usable_password(),
        passkeys=list(Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN).order_by("pk")),
        services=services,
        connections=connections(person, services),
        sessions=UserSession.objects.filter(user=person).count(),
    )


def connections(person: Person, services: list[Any]) -> list[Connection]:
    """Return the person's accounts at services that are on, the oldest first."""
    names = {service.id: service.name for service in services}
    rows = SocialAccount.objects.filter(user=person, provider__in=names).order_by("pk")
    return [Connection(pk=row.pk, service=names[row.provider], name=_shown(row)) for row in rows]


def _shown(account: SocialAccount) -> str:
    """The address or the name that tells which account it is; Apple's name comes in parts."""
    known = account.extra_data
    name = known.get("name", "")
    return str(known.get("email") or (name if isinstance(name, str) else ""))

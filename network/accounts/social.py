"""Coming through another service: whose name is taken, and which address is believed."""

from typing import Any

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from django.http import Http404, HttpRequest
from django.utils.translation import get_language

from network import names
from network.models import Person
from network.refusals import Refusal

KEPT = ("name", "email", "hd")
"""What is kept of a profile: enough to show which account is connected, and the Google organisation."""

OWN_MAILBOXES = {
    "google": {"gmail.com", "googlemail.com"},
    "apple": {"icloud.com", "me.com", "mac.com", "privaterelay.appleid.com"},
}
"""Mailboxes that a service runs itself. Of any other it only knows that somebody proved them once, perhaps years ago:
https://developers.google.com/identity/gsi/web/guides/verify-google-id-token says so of Google's `email_verified`."""


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Makes people out of profiles."""

    def get_app(self, request: HttpRequest, provider: str, client_id: str | None = None) -> SocialApp:
        """Return the application at a service; a service that is off has no address here."""
        try:
            return super().get_app(request, provider=provider, client_id=client_id)
        except SocialApp.DoesNotExist as absent:
            raise Http404 from absent

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> Person:
        """Fill in a person from a profile and keep no more of the profile than we need."""
        person: Person = super().populate_user(request, sociallogin, data)
        profile = sociallogin.account.extra_data
        person.full_name = _full_name(data, profile)
        person.preferred_language = (get_language() or "vi")[:2]
        sociallogin.account.extra_data = {key: profile[key] for key in KEPT if key in profile}
        return person

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Ask in a form where the profile has no name that could stand on a ticket."""
        return bool(sociallogin.user.full_name) and bool(super().is_auto_signup_allowed(request, sociallogin))

    def get_signup_form_initial_data(self, sociallogin: SocialLogin) -> dict[str, str]:
        """Fill the form in with the name of the profile."""
        return {**super().get_signup_form_initial_data(sociallogin), "full_name": sociallogin.user.full_name}

    def can_authenticate_by_email(self, login: SocialLogin, email: str) -> bool:
        """Whether this service may open the account with this address, because it runs the mailbox.

        Everybody else proves the address by our own letter first, and connects the service in their account.
        """
        domain = email.rpartition("@")[2].lower()
        service = login.account.provider
        hosted = login.account.extra_data.get("hd", "").lower() if service == "google" else ""
        return domain in OWN_MAILBOXES.get(service, set()) or domain == hosted


def _full_name(data: dict[str, Any], profile: dict[str, Any]) -> str:
    """The name as a ticket would have it, family name first; empty if there is none to use.

    Facebook's first and last name leave out the middle name, without which a Vietnamese name is another one.
    """
    whole = profile.get("name")
    parts = " ".join(part for part in (data.get("last_name"), data.get("first_name")) if part)
    complete = data.get("last_name") and data.get("first_name")
    text = parts if complete or not isinstance(whole, str) else whole
    try:
        return names.cleaned(text)
    except Refusal:
        return ""

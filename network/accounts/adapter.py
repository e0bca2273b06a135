"""allauth's adapter: account mail goes through our outbox and looks like ours, links lead back to where one was."""

from typing import Any
from urllib.parse import urlencode, urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.account.utils import get_next_redirect_url
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from network import outbox
from network.accounts import addresses, limits
from network.models import Person

SIGNUP_ADDRESSES = {"account_signup", "signup"}
"""Names of the addresses where a password is chosen together with a new account: the website's and the app's."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Queues account mail; allauth's own texts stay the plain part, wrapped in our letter."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Render allauth's subject and text, put them into our HTML letter, queue the mail."""
        site = {"name": settings.WAGTAIL_SITE_NAME, "domain": urlsplit(settings.SITE_URL).netloc}
        context = {**context, **self._ways_in(), "email": email, "request": self.request, "current_site": site}
        subject = " ".join(render_to_string(f"{template_prefix}_subject.txt", context).split())
        text = render_to_string(f"{template_prefix}_message.txt", context).strip()
        html = render_to_string("mail/account.html", {**context, "subject": subject, "text": text})
        letter = outbox.Letter(
            recipient=email, subject=subject, text=text, html=html, language=(get_language() or "vi")[:2]
        )
        with transaction.atomic():
            outbox.queue(letter, at=timezone.now())

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """Return the link in the letter; it knows where the person was going, in whatever browser it is opened."""
        return self._link("account_confirm_email", key=emailconfirmation.key)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the link in the letter, as above."""
        person, _dash, token = key.partition("-")
        return self._link("account_reset_password_from_key", uidb36=person, key=token)

    def _ways_in(self) -> dict[str, str]:
        return {
            "login_url": self._link("account_login"),
            "code_url": self._link("account_request_login_code"),
            "signup_url": self._link("account_signup"),
            "forgotten_url": self._link("account_reset_password"),
        }

    def _link(self, name: str, **parts: str) -> str:
        """A whole address in the reader's language, on our own host whatever host the request named."""
        onward = get_next_redirect_url(self.request)
        query = f"?{urlencode({'next': onward})}" if onward else ""
        return f"{settings.SITE_URL}{reverse(name, kwargs=parts)}{query}"

    def get_login_stages(self) -> list[str]:
        """Return allauth's steps of a login, without the second factor.

        A passkey is another way in. allauth would take it for a second lock: with one, a password or a code alone would
        open no more, and somebody who lost the phone that they added as a comfort would stand outside.
        """
        return [stage for stage in super().get_login_stages() if not stage.startswith("allauth.mfa.")]

    def pre_login(self, request: HttpRequest, user: Person, **login: Any) -> HttpResponse | None:
        """Turn away who may not log in; keep the address that another service vouched for."""
        refusal: HttpResponse | None = super().pre_login(request, user, **login) or self._not_their_account(user)
        service = (login["signal_kwargs"] or {}).get("sociallogin")
        email = getattr(service, "_did_authenticate_by_email", None)
        if refusal is None and service is not None and email:
            addresses.prove(person=user, email=email, keep_password=True, keep_account=service.account.pk)
        return refusal

    def _not_their_account(self, user: Person) -> HttpResponse | None:
        """Send who came by a code for an address that this account only claimed to make an account of their own."""
        came_by = (get_authentication_records(self.request, user) or [{}])[-1]
        if came_by.get("method") != "code" or addresses.belongs(user, came_by.get("email") or user.email):
            return None
        message = _("This address belongs to no account yet. Make one: it takes a minute.")
        messages.info(self.request, message)
        return redirect(f"{reverse('account_signup')}?{urlencode({'email': came_by['email']})}")

    def send_password_reset_mail(self, user: Person, email: str, context: dict[str, Any]) -> None:
        """Send the link; to an address that the account only claims, the letter for those without an account."""
        if addresses.withdraw_claim(user, email):
            self.send_mail("account/email/unknown_account", email, context)
        else:
            super().send_password_reset_mail(user, email, context)

    def respond_email_verification_sent(self, request: HttpRequest, user: Person | None) -> HttpResponseBase:
        """Take as long for a known address, which makes no account, as for a new one, whose password was hashed."""
        address = request.resolver_match.url_name if request.resolver_match else ""
        if user is None and address in SIGNUP_ADDRESSES:
            make_password(get_random_string(20))
        response: HttpResponseBase = super().respond_email_verification_sent(request, user)
        return response

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """Return the error; too many attempts are no error of a field but an answer of their own."""
        if code in {"too_many_login_attempts", "rate_limited"}:
            limits.stop(self.request)
        error: ValidationError = super().validation_error(code, *args)
        return error

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Return to the overview of the account."""
        return reverse("account")

    def can_delete_email(self, email_address: EmailAddress) -> bool:
        """Keep the last address that is verified: codes and new passwords go there."""
        others = EmailAddress.objects.filter(user_id=email_address.user_id, verified=True).exclude(pk=email_address.pk)
        return bool(super().can_delete_email(email_address)) and others.exists()

"""The account: its overview, and allauth's views where ours differ."""

from typing import Any

from allauth.account.views import ConfirmEmailView, PasswordResetView
from allauth.mfa.webauthn.internal.flows import begin_registration
from allauth.mfa.webauthn.views import AddWebAuthnView
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.views import ConnectionsView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from network.accounts import sessions
from network.accounts.overview import connections, ways_in
from network.doors import Permission, declare


@declare(Permission.SIGNED_IN)
@login_required
@never_cache
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """How one gets in, and where one is."""
    return render(request, "account/overview.html", {"ways_in": ways_in(request, request.user)})


@declare(Permission.PUBLIC)
@require_safe
def passkeys_moved(request: HttpRequest) -> HttpResponse:
    """allauth's own overview is part of ours."""
    return redirect("account")


@declare(Permission.SIGNED_IN)
@login_required
@require_POST
def log_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End every session of the reader."""
    sessions.end_everywhere(request, request.user)
    messages.success(request, _("You are logged out on every device."))
    return redirect("account_login")


@declare(Permission.PUBLIC)
class ConfirmEmail(ConfirmEmailView):
    """The link of the confirmation letter, in whatever browser it is opened."""

    def get_redirect_url(self) -> str:
        """Lead to where the person was going; who is not logged in here passes the login on the way."""
        if self.request.user.is_authenticated:
            return super().get_redirect_url()
        return self.passthrough_next_url(reverse("account_login"))


@declare(Permission.PUBLIC)
class ForgottenPassword(PasswordResetView):
    """Send a letter with a link to a new password; the link knows where the person was going."""

    def get_success_url(self) -> str:
        """Say that a letter is on its way; allauth would lead on as if the person had got in."""
        return reverse("account_reset_password_done")


@declare(Permission.SIGNED_IN)
class AddPasskey(AddWebAuthnView):
    """A key that opens by itself: it knows its person, and asks them for a finger, a face or a PIN."""

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        """Ask the device for such a key and no other; allauth leaves the choice to a checkbox."""
        context = super().get_context_data(**context)
        options = begin_registration(self.request, self.request.user, passwordless=True)
        return {**context, "js_data": {"creation_options": options}}

    def get_success_url(self) -> str:
        """Show the new key among the others."""
        return reverse("mfa_list_webauthn")


@declare(Permission.SIGNED_IN)
class Connections(ConnectionsView):
    """Accounts at other services that open this one."""

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        """Show those whose service is on."""
        services = get_adapter().list_providers(self.request)
        known = connections(self.request.user, services)
        return {**super().get_context_data(**context), "connections": known, "services": services}

"""Addresses of the account that are ours; allauth's own come after them and fill the rest of /tai-khoan/."""

from django.urls import URLPattern, path, re_path

from frontend.views import account

urlpatterns: list[URLPattern] = [
    path("", account.overview, name="account"),
    # The next ones stand instead of allauth's views at the same addresses.
    re_path(r"^confirm-email/(?P<key>[-:\w]+)/$", account.ConfirmEmail.as_view(), name="account_confirm_email"),
    path("password/reset/", account.ForgottenPassword.as_view(), name="account_reset_password"),
    path("2fa/", account.passkeys_moved),
    path("2fa/webauthn/add/", account.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("3rdparty/", account.Connections.as_view(), name="socialaccount_connections"),
    path("sessions/everywhere/", account.log_out_everywhere, name="log_out_everywhere"),
]

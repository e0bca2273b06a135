"""Addresses of the account that are ours; allauth's own come after them and fill the rest of /tai-khoan/."""

from django.urls import URLPattern, path, re_path

from frontend.views import account, own_data

urlpatterns: list[URLPattern] = [
    path("", account.overview, name="account"),
    path("du-lieu/", own_data.overview, name="own_data"),
    path("du-lieu/sua/", own_data.correct, name="own_correct"),
    path("du-lieu/dong-y/", own_data.consent, name="own_consents"),
    path("du-lieu/mang-di/json/", own_data.take_out, {"kind": "json"}, name="own_json"),
    path("du-lieu/mang-di/csv/", own_data.take_out, {"kind": "csv"}, name="own_csv"),
    path("du-lieu/xoa/", own_data.erase, name="own_erase"),
    path("du-lieu/xoa/ma/", own_data.send_code, name="own_erase_code"),
    # The next ones stand instead of allauth's views at the same addresses.
    re_path(r"^confirm-email/(?P<key>[-:\w]+)/$", account.ConfirmEmail.as_view(), name="account_confirm_email"),
    path("password/reset/", account.ForgottenPassword.as_view(), name="account_reset_password"),
    path("2fa/", account.passkeys_moved),
    path("2fa/webauthn/add/", account.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("3rdparty/", account.Connections.as_view(), name="socialaccount_connections"),
    path("sessions/everywhere/", account.log_out_everywhere, name="log_out_everywhere"),
]

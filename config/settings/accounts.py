"""Who somebody is: e-mail login through allauth, for the site and (headless) for the mobile app."""

from .environment import SITE_URL

__all__ = [
    "AUTH_USER_MODEL", "AUTHENTICATION_BACKENDS", "AUTH_PASSWORD_VALIDATORS", "LOGIN_URL", "LOGIN_REDIRECT_URL",
    "ACCOUNT_ADAPTER", "ACCOUNT_USER_MODEL_USERNAME_FIELD", "ACCOUNT_LOGIN_METHODS", "ACCOUNT_SIGNUP_FIELDS",
    "ACCOUNT_EMAIL_VERIFICATION", "ACCOUNT_SIGNUP_FORM_CLASS", "ACCOUNT_LOGIN_BY_CODE_ENABLED", "ACCOUNT_RATE_LIMITS",
    "ACCOUNT_PREVENT_ENUMERATION", "ACCOUNT_CONFIRM_EMAIL_ON_GET", "ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION",
    "ACCOUNT_EMAIL_NOTIFICATIONS", "HEADLESS_CLIENTS", "HEADLESS_FRONTEND_URLS", "ACCOUNT_LOGOUT_REDIRECT_URL",
    "ACCOUNT_SESSION_REMEMBER", "ACCOUNT_USER_DISPLAY", "ACCOUNT_EMAIL_SUBJECT_PREFIX",
    "ACCOUNT_LOGIN_BY_CODE_TIMEOUT", "ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND", "ACCOUNT_LOGIN_ON_PASSWORD_RESET",
    "ACCOUNT_REAUTHENTICATION_REQUIRED", "ACCOUNT_MAX_EMAIL_ADDRESSES", "MFA_ADAPTER", "MFA_SUPPORTED_TYPES",
    "MFA_PASSKEY_LOGIN_ENABLED", "MFA_ALLOW_UNVERIFIED_EMAIL",
    "MFA_RATE_LIMITS",
]  # fmt: skip

AUTH_USER_MODEL = "network.Person"
AUTHENTICATION_BACKENDS = ["network.accounts.identity.PersonBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/ve/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "network.accounts.adapter.AccountAdapter"
# Of the website's form and of the app's: nobody has an account without a name.
ACCOUNT_SIGNUP_FORM_CLASS = "network.accounts.forms.SignupForm"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "network.models.person.display_name"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
# A letter takes its time, and the mailbox is often on another device.
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
# Who opened the link in their mailbox has shown as much as by a code.
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_MAX_EMAIL_ADDRESSES = 5
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
# Three thousand people in a hall share one address and come within minutes: generous by address, strict by account.
# No window is longer than network.accounts.limits.LONGEST_WINDOW.
ACCOUNT_RATE_LIMITS = {
    "login": "1200/m/ip",
    "login_failed": "600/m/ip,5/5m/key",
    "request_login_code": "600/m/ip,5/5m/key",
    "signup": "600/m/ip",
    "reset_password": "600/m/ip,5/5m/key",
    "reset_password_from_key": "600/m/ip",
}
MFA_RATE_LIMITS = {"webauthn_login": "1200/m/ip"}
MFA_ADAPTER = "network.accounts.passkeys.PasskeyAdapter"
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
# An address that is not confirmed opens nothing here (network.accounts.addresses), so it need not stand in the way.
MFA_ALLOW_UNVERIFIED_EMAIL = True
HEADLESS_CLIENTS = ("app",)
HEADLESS_FRONTEND_URLS = {
    "account_confirm_email": f"{SITE_URL}/tai-khoan/confirm-email/{{key}}/",
    "account_reset_password": f"{SITE_URL}/tai-khoan/password/reset/",
    "account_reset_password_from_key": f"{SITE_URL}/tai-khoan/password/reset/key/{{key}}/",
    "account_signup": f"{SITE_URL}/tai-khoan/signup/",
}

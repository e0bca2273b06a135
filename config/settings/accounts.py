"""Who somebody is: e-mail login through allauth, for the site and (headless) for the mobile app."""

from .environment import SITE_URL

__all__ = [
    "AUTH_USER_MODEL", "AUTHENTICATION_BACKENDS", "AUTH_PASSWORD_VALIDATORS", "LOGIN_URL", "LOGIN_REDIRECT_URL",
    "ACCOUNT_ADAPTER", "ACCOUNT_USER_MODEL_USERNAME_FIELD", "ACCOUNT_LOGIN_METHODS", "ACCOUNT_SIGNUP_FIELDS",
    "ACCOUNT_EMAIL_VERIFICATION", "ACCOUNT_SIGNUP_FORM_CLASS", "ACCOUNT_LOGIN_BY_CODE_ENABLED", "ACCOUNT_RATE_LIMITS",
    "ACCOUNT_PREVENT_ENUMERATION", "ACCOUNT_CONFIRM_EMAIL_ON_GET", "ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION",
    "ACCOUNT_EMAIL_NOTIFICATIONS", "HEADLESS_CLIENTS", "HEADLESS_FRONTEND_URLS", "ACCOUNT_LOGOUT_REDIRECT_URL",
    "ACCOUNT_SESSION_REMEMBER", "ACCOUNT_USER_DISPLAY", "ACCOUNT_EMAIL_SUBJECT_PREFIX",
]  # fmt: skip

AUTH_USER_MODEL = "network.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
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
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
HEADLESS_CLIENTS = ("app",)
HEADLESS_FRONTEND_URLS = {
    "account_confirm_email": f"{SITE_URL}/tai-khoan/confirm-email/{{key}}/",
    "account_reset_password": f"{SITE_URL}/tai-khoan/password/reset/",
    "account_reset_password_from_key": f"{SITE_URL}/tai-khoan/password/reset/key/{{key}}/",
    "account_signup": f"{SITE_URL}/tai-khoan/signup/",
}

"""Wagtail: the comms team's workplace."""

from .environment import SITE_URL

__all__ = [
    "WAGTAIL_SITE_NAME", "WAGTAILADMIN_BASE_URL", "WAGTAILIMAGES_IMAGE_MODEL", "WAGTAILSEARCH_BACKENDS",
    "WAGTAILADMIN_PERMITTED_LANGUAGES", "WAGTAIL_PASSWORD_MANAGEMENT_ENABLED", "WAGTAIL_EMAIL_MANAGEMENT_ENABLED",
    "WAGTAILADMIN_LOGIN_URL", "WAGTAIL_ENABLE_UPDATE_CHECK", "WAGTAIL_ENABLE_WHATS_NEW_BANNER",
    "WAGTAIL_GRAVATAR_PROVIDER_URL", "WAGTAILIMAGES_EXTENSIONS", "WAGTAIL_WORKFLOW_ENABLED", "WAGTAILEMBEDS_FINDERS",
    "WAGTAILAPI_DOCS_ENABLED", "WAGTAILAPI_BASE_URL", "WAGTAILAPI_LIMIT_MAX",
    "WAGTAIL_ALLOW_UNICODE_SLUGS", "WAGTAIL_DATE_FORMAT", "WAGTAIL_DATETIME_FORMAT",
]  # fmt: skip

WAGTAIL_SITE_NAME = "Startup Hải Phòng"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILIMAGES_IMAGE_MODEL = "cms.CityImage"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp", "avif", "svg"]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILADMIN_PERMITTED_LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
# Accounts belong to allauth: one door, with its rate limits and passkeys.
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
# Nothing from another host: no update check, no gravatar, no embeds fetched.
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
# Nobody moderates: who may write may publish.
WAGTAIL_WORKFLOW_ENABLED = False
# The write API for automation (/api/v3/, by a token from one's account). Its page of documentation loads scripts from
# other hosts: the schema is described in docs/api.md instead.
WAGTAILAPI_DOCS_ENABLED = False
WAGTAILAPI_BASE_URL = SITE_URL
WAGTAILAPI_LIMIT_MAX = 100
# Addresses are read aloud and typed on phones: without accents.
WAGTAIL_ALLOW_UNICODE_SLUGS = False
# As they are typed here; the calendar widget reads what it writes.
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"

"""Wagtail: the comms team's workplace."""

from .environment import SITE_URL

__all__ = [
    "WAGTAIL_SITE_NAME", "WAGTAILADMIN_BASE_URL", "WAGTAILIMAGES_IMAGE_MODEL", "WAGTAILSEARCH_BACKENDS",
    "WAGTAILADMIN_PERMITTED_LANGUAGES", "WAGTAIL_PASSWORD_MANAGEMENT_ENABLED", "WAGTAIL_EMAIL_MANAGEMENT_ENABLED",
    "WAGTAILADMIN_LOGIN_URL", "WAGTAIL_ENABLE_UPDATE_CHECK", "WAGTAIL_ENABLE_WHATS_NEW_BANNER",
    "WAGTAILIMAGES_MAX_IMAGE_PIXELS", "WAGTAILIMAGES_IMAGE_FORM_BASE", "WAGTAILIMAGES_WEBP_QUALITY",
    "WAGTAILIMAGES_AVIF_QUALITY", "WAGTAILDOCS_EXTENSIONS", "WAGTAILDOCS_DOCUMENT_FORM_BASE",
    "WAGTAILDOCS_INLINE_CONTENT_TYPES", "WAGTAILDOCS_SERVE_METHOD",
    "WAGTAIL_GRAVATAR_PROVIDER_URL", "WAGTAILIMAGES_EXTENSIONS", "WAGTAIL_WORKFLOW_ENABLED", "WAGTAILEMBEDS_FINDERS",
    "WAGTAILAPI_DOCS_ENABLED", "WAGTAILAPI_BASE_URL", "WAGTAILAPI_LIMIT_MAX",
    "WAGTAIL_ALLOW_UNICODE_SLUGS", "WAGTAIL_DATE_FORMAT", "WAGTAIL_DATETIME_FORMAT",
]  # fmt: skip

WAGTAIL_SITE_NAME = "Startup Hải Phòng"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILIMAGES_IMAGE_MODEL = "cms.CityImage"
# No SVG: it is a document that may hold scripts. HEIC is written as JPEG when it comes in.
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp", "avif", "heic"]
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 64_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.forms.files.PhotoForm"
WAGTAILIMAGES_WEBP_QUALITY, WAGTAILIMAGES_AVIF_QUALITY = 78, 60
WAGTAILDOCS_EXTENSIONS = [
    "pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "csv", "txt", "zip", "ics", "mp4", "webm", "vtt",
]  # fmt: skip
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cms.forms.files.FileForm"
# Never shown in a page of ours, not even a PDF: always downloaded.
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []
WAGTAILDOCS_SERVE_METHOD = "serve_view"
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

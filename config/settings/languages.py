"""Vietnamese first, English second."""

from django.utils.translation import gettext_lazy as _

from .environment import BASE_DIR

__all__ = [
    "LANGUAGE_CODE", "LANGUAGES", "WAGTAIL_CONTENT_LANGUAGES", "WAGTAIL_I18N_ENABLED", "TIME_ZONE", "USE_TZ",
    "USE_I18N", "FORMAT_MODULE_PATH", "LOCALE_PATHS", "MODELTRANSLATION_DEFAULT_LANGUAGE",
    "MODELTRANSLATION_LANGUAGES", "MODELTRANSLATION_FALLBACK_LANGUAGES", "USE_THOUSAND_SEPARATOR",
    "PHONENUMBER_DEFAULT_REGION", "WAGTAILLOCALIZE_MACHINE_TRANSLATOR",
    "WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE",
]  # fmt: skip

LANGUAGE_CODE = "vi"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
WAGTAIL_I18N_ENABLED = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = True
# Django's own `vi` reads 09/12/2026 as 12 September: our formats come first.
FORMAT_MODULE_PATH = ["config.formats"]
# What allauth and Wagtail leave untranslated lies in config/locale; each room brings its own catalogue.
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]
MODELTRANSLATION_DEFAULT_LANGUAGE = "vi"
MODELTRANSLATION_LANGUAGES = ("vi", "en")
MODELTRANSLATION_FALLBACK_LANGUAGES = ("vi", "en")
PHONENUMBER_DEFAULT_REGION = "VN"
WAGTAILLOCALIZE_MACHINE_TRANSLATOR = None
# A page that is still to be translated is nothing for readers: it goes live when its translator publishes it.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False

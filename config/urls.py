"""All addresses: ours first, Wagtail's pages last. Vietnamese at the root, English below /en/."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from django.views.i18n import JavaScriptCatalog
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.api.v3.urls import api as write_api
from wagtail.documents import urls as wagtaildocs_urls

# Wagtail brings login pages of its own, which count nobody's attempts: all who log in do it at one door.
one_door = RedirectView.as_view(pattern_name="account_login", query_string=True)

urlpatterns = [
    path("quan-tri/login/", one_door),
    # Before Wagtail's own: its catalogue for the browser lacks most of the Vietnamese, ours is laid over it.
    path("quan-tri/jsi18n/", JavaScriptCatalog.as_view(packages=["wagtail.admin", "cms"])),
    path("quan-tri/localize/jsi18n/", JavaScriptCatalog.as_view(packages=["wagtail_localize", "cms"])),
    path("quan-tri/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("api/v3/", write_api.urls),
    path("_allauth/", include("allauth.headless.urls")),
    path("", include("api.urls")),
    path("", include("frontend.urls")),
]
if settings.LOCAL:
    # In production the proxy serves uploads.
    urlpatterns.append(re_path(r"^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT}))
urlpatterns += i18n_patterns(
    path("tai-khoan/", include("frontend.account_urls")),
    path("tai-khoan/", include("allauth.urls")),
    path("_util/login/", one_door),
    path("", include("frontend.site_urls")),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)

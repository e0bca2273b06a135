"""The picture that a link to a page carries into a chat or a timeline."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Page

from cms.pages import CampaignPage, NewsPage
from frontend.covers import share_image
from network.doors import Permission, declare

PALETTES = {"tide": "night", "lamp": "lamp", "phuong": "blossom", "go": "dawn"}
"""The light that goes with a campaign's colour."""


@declare(Permission.PUBLIC)
@require_safe
@cache_control(public=True, max_age=24 * 3600)
def page_picture(request: HttpRequest, page_id: int) -> HttpResponse:
    """The title of a live page in the city's type, with its topic or code and its date."""
    found = Page.objects.live().filter(pk=page_id).first()
    if found is None:
        raise Http404
    page = found.specific
    kicker, date, palette = "Startup Hải Phòng", "", "night"
    if isinstance(page, NewsPage):
        kicker, date = page.topic or kicker, date_format(page.published_on, "SHORT_DATE_FORMAT")
    elif isinstance(page, CampaignPage):
        kicker, date = page.movement_code, date_format(page.starts_on, "SHORT_DATE_FORMAT")
        palette = PALETTES.get(page.accent, palette)
    png = share_image(title=page.title, kicker=kicker, date=date, seed=page.slug, palette=palette)
    return HttpResponse(png, content_type="image/png")

"""The artwork, at an address that never changes what it draws."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from frontend.covers import PALETTES, RATIOS, cover
from frontend.covers.scenes import SCENES
from network.doors import Permission, declare


@declare(Permission.PUBLIC)
@require_safe
@cache_control(public=True, max_age=30 * 24 * 3600, stale_while_revalidate=24 * 3600)
def draw(request: HttpRequest, seed: str) -> HttpResponse:
    """Answer with the cover of a seed; an unknown palette, ratio or scene is not found."""
    wanted = {name: request.GET.get(name, "") for name in ("palette", "scene")}
    ratio = request.GET.get("ratio", "16x10")
    known = wanted["palette"] in ("", *PALETTES) and wanted["scene"] in ("", *SCENES)
    if not known or ratio not in RATIOS:
        raise Http404
    return HttpResponse(cover(seed=seed, ratio=ratio, **wanted), content_type="image/svg+xml")

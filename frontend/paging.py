"""Long lists in pages, in the words of `components/pagination.html`."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest


def paged(request: HttpRequest, rows: QuerySet[Any] | Sequence[Any], *, per_page: int) -> dict[str, Any]:
    """Return `page_obj`, `page_range` and `query` (the other filters); a senseless number gives the nearest page."""
    page = Paginator(rows, per_page).get_page(request.GET.get("page"))
    others = request.GET.copy()
    others.pop("page", None)
    return {
        "page_obj": page,
        "page_range": page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
        "query": others.urlencode(),
    }

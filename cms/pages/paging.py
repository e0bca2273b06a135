"""Long lists in pages."""

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet


def one_of_many(rows: QuerySet, number: str | None, *, per_page: int) -> Page:
    """Return one page of `rows`; a number that makes no sense gives the first or the last page."""
    return Paginator(rows, per_page).get_page(number)

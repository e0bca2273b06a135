"""Searching without accents: "ca phe" finds "Cà phê", on every database."""

from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm

from network.vietnamese import fold, search_words


def folded(rows: QuerySet, search: str) -> QuerySet:
    """Return the rows that hold the words of `search`, accents optional."""
    words = search_words(search)
    if not words:
        return rows
    if _keeps_folded_text(rows.model):
        for word in words:
            rows = rows.filter(search_text__contains=word)
        return rows
    # Venues, series, speakers, sessions: some dozens of short rows, not worth a column of folded text each.
    found = [row.pk for row in rows if all(word in fold(str(row)) for word in words)]
    return rows.filter(pk__in=found)


def _keeps_folded_text(model: type[Model]) -> bool:
    return any(field.name == "search_text" for field in model._meta.get_fields())


class FoldedSearchMixin:
    """For list views."""

    is_searchable = True

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        """Narrow the list to what was asked for."""
        return folded(queryset, self.search_query) if self.is_searching else queryset


class FoldedFilterForm(BaseFilterForm):
    """For choosers."""

    q = forms.CharField(
        label=_("Search term"), required=False, widget=forms.TextInput(attrs={"placeholder": _("Search")})
    )

    def filter(self, objects: QuerySet) -> Any:
        """Narrow the choice to what was asked for."""
        self.search_query = self.cleaned_data.get("q", "")
        self.is_searching = bool(self.search_query)
        return folded(super().filter(objects), self.search_query)

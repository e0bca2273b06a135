"""What the lists of domain rows have in common."""

from typing import Any

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView, DeleteView, EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from cms.admin.search import FoldedSearchMixin
from network.doors import Permission, declare


@declare(Permission.EDITOR)
class RowIndex(FoldedSearchMixin, IndexView):
    """A list that finds without accents."""


@declare(Permission.EDITOR)
class RelatedIndex(RowIndex):
    """A list whose rows name other rows: those are read with them."""

    related: tuple[str, ...] = ()

    def get_base_queryset(self) -> QuerySet[Any]:
        """With what the rows are called by."""
        return super().get_base_queryset().select_related(*self.related)


@declare(Permission.EDITOR)
class AddRow(CreateView):
    """A form for a new row."""


@declare(Permission.EDITOR)
class EditRow(EditView):
    """A form for a row."""


@declare(Permission.EDITOR)
class DeleteRow(DeleteView):
    """The question before a row goes."""


class MomentColumn(Column):
    """A date and a time as they stand in a calendar: "5 minutes ago" says nothing about an event to come."""

    def get_value(self, instance: Any) -> str:
        """In Hai Phong's time."""
        moment = super().get_value(instance)
        return date_format(localtime(moment), "SHORT_DATETIME_FORMAT") if moment else ""


class RowViewSet(ModelViewSet):
    """Reference data without a rule of its own: a form is enough, Django's permissions decide."""

    index_view_class = RowIndex
    add_view_class = AddRow
    edit_view_class = EditRow
    delete_view_class = DeleteRow
    copy_view_enabled = False
    add_to_reference_index = False
    list_per_page = 50

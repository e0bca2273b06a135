"""Forms whose rows the directory's search tells of: what is saved in the admin is found at once.

Without them the directory's chore would find it within a minute or two.
"""

from typing import Any

from django.db import transaction

from cms.admin.lists import AddRow, DeleteRow, EditRow, RowViewSet
from network.directory import index
from network.doors import Permission, declare
from network.models import Organisation, Profile


def _tell(model: type, pk: int) -> None:
    if model is Organisation:
        index.refresh(organisations=[pk])
    elif model is Profile:
        index.refresh(profiles=[pk])
    else:
        index.rebuild()  # the name of a field of work stands in many entries


class ToldToSearch:
    """Tells the index in the transaction that writes the row and its relations."""

    def save_instance(self) -> Any:
        """Save, then let it be found."""
        row = super().save_instance()  # type: ignore[misc]  # mixed into Wagtail's views
        _tell(type(row), row.pk)
        return row


@declare(Permission.EDITOR)
class AddEntry(ToldToSearch, AddRow):
    """A form for a new entry."""


@declare(Permission.EDITOR)
class EditEntry(ToldToSearch, EditRow):
    """A form for an entry."""


@declare(Permission.EDITOR)
class DeleteEntry(DeleteRow):
    """The question before an entry goes, also from what is found."""

    def delete_action(self) -> None:
        """Delete, then let it be found no longer."""
        model, pk = type(self.object), self.object.pk
        with transaction.atomic():
            super().delete_action()
            _tell(model, pk)


class EntryViewSet(RowViewSet):
    """Rows that the directory's search tells of."""

    add_view_class = AddEntry
    edit_view_class = EditEntry
    delete_view_class = DeleteEntry

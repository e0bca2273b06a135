"""Choosing an event or a mentor from within a story."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView, ChosenView
from wagtail.admin.viewsets.chooser import ChooserViewSet

from cms.admin.lists import MomentColumn
from cms.admin.search import FoldedFilterForm
from events.models import Event
from network.doors import Permission, declare
from network.models import Organisation, Profile


class EventRows:
    """What stands in the list of events to choose from."""

    filter_form_class = FoldedFilterForm
    ordering = "-starts_at"

    @property
    def columns(self) -> list[Column]:
        """Title, code, date."""
        return [
            *super().columns,
            Column("code", label=_("Code"), accessor="code"),
            MomentColumn("starts_at", label=_("Starts"), accessor="starts_at"),
        ]


class MentorRows:
    """What stands in the list of mentors to choose from."""

    filter_form_class = FoldedFilterForm

    @property
    def columns(self) -> list[Column]:
        """Name, headline."""
        return [*super().columns, Column("headline", label=_("Headline"), accessor="headline")]


class OrganisationRows:
    """What stands in the list of organisations to choose from."""

    filter_form_class = FoldedFilterForm
    ordering = "sort_key"

    @property
    def columns(self) -> list[Column]:
        """Name, kind."""
        return [*super().columns, Column("kind", label=_("Kind"), accessor="get_kind_display")]


@declare(Permission.EDITOR)
class ChooseOrganisation(OrganisationRows, ChooseView):
    """The list, whole."""


@declare(Permission.EDITOR)
class ChooseOrganisationResults(OrganisationRows, ChooseResultsView):
    """The list, while somebody types."""


@declare(Permission.EDITOR)
class ChosenOrganisation(ChosenView):
    """The choice."""


@declare(Permission.EDITOR)
class ChooseEvent(EventRows, ChooseView):
    """The list, whole."""


@declare(Permission.EDITOR)
class ChooseEventResults(EventRows, ChooseResultsView):
    """The list, while somebody types."""


@declare(Permission.EDITOR)
class ChosenEvent(ChosenView):
    """The choice."""


@declare(Permission.EDITOR)
class ChooseMentor(MentorRows, ChooseView):
    """The list, whole."""


@declare(Permission.EDITOR)
class ChooseMentorResults(MentorRows, ChooseResultsView):
    """The list, while somebody types."""


@declare(Permission.EDITOR)
class ChosenMentor(ChosenView):
    """The choice."""


class EventChooserViewSet(ChooserViewSet):
    """Events."""

    model = Event
    icon = "date"
    choose_one_text = _("Choose an event")
    choose_another_text = _("Choose another event")
    edit_item_text = _("Look at this event")
    choose_view_class = ChooseEvent
    choose_results_view_class = ChooseEventResults
    chosen_view_class = ChosenEvent
    per_page = 12


class MentorChooserViewSet(ChooserViewSet):
    """Mentors of the directory."""

    model = Profile
    icon = "user"
    choose_one_text = _("Choose a mentor")
    choose_another_text = _("Choose another mentor")
    edit_item_text = _("Edit this mentor")
    choose_view_class = ChooseMentor
    choose_results_view_class = ChooseMentorResults
    chosen_view_class = ChosenMentor
    per_page = 12
    register_widget = False

    def get_object_list(self) -> Any:
        """Only those whom readers see."""
        return Profile.objects.filter(is_listed=True).select_related("person")


class OrganisationChooserViewSet(ChooserViewSet):
    """Organisations of the directory, listed or not: facts are written before an entry is shown."""

    model = Organisation
    icon = "site"
    choose_one_text = _("Choose an organisation")
    choose_another_text = _("Choose another organisation")
    edit_item_text = _("Edit this organisation")
    choose_view_class = ChooseOrganisation
    choose_results_view_class = ChooseOrganisationResults
    chosen_view_class = ChosenOrganisation
    per_page = 12


class EntryChooserViewSet(ChooserViewSet):
    """People's entries, listed or not: a part is written down before an entry is shown. What forms choose with."""

    model = Profile
    icon = "user"
    choose_one_text = _("Choose a person")
    choose_another_text = _("Choose another person")
    edit_item_text = _("Edit this entry")
    choose_view_class = ChooseMentor
    choose_results_view_class = ChooseMentorResults
    chosen_view_class = ChosenMentor
    per_page = 12

    def get_object_list(self) -> Any:
        """All of them, with their names."""
        return Profile.objects.select_related("person")


entry_chooser = EntryChooserViewSet("entry_chooser", url_prefix="chon-nguoi")
organisation_chooser = OrganisationChooserViewSet("organisation_chooser", url_prefix="chon-to-chuc")
event_chooser = EventChooserViewSet("event_chooser", url_prefix="chon-su-kien")
mentor_chooser = MentorChooserViewSet("mentor_chooser", url_prefix="chon-co-van")

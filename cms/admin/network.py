"""The network: organisations, mentors, sectors, people."""

from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button

from cms.admin import directory_files
from cms.admin.entries import EntryViewSet
from cms.admin.lists import RowIndex
from cms.admin.programme import side_by_side
from cms.admin.search import FoldedSearchMixin
from network import permissions
from network.doors import Permission, declare
from network.models import Organisation, Person, Profile, Sector


@declare(Permission.EDITOR)
class OrganisationIndex(RowIndex):
    """The list, from which files come in and go out."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Bring in."""
        brought = Button(
            _("Bring organisations in"), url=reverse("organisation:import"), icon_name="upload", priority=80
        )
        may = permissions.may_import_organisations(self.request.user)
        return [*super().header_more_buttons, *([brought] if may else [])]


class OrganisationViewSet(EntryViewSet):
    """Tổ chức."""

    index_view_class = OrganisationIndex
    model = Organisation
    url_prefix = "to-chuc"
    icon = "site"
    menu_label = _("Organisations")
    list_display = ["name", "kind", "ward", BooleanColumn("is_listed", label=_("Listed"))]
    list_filter = ["kind", "sectors", "is_listed"]
    panels = [
        side_by_side("name"),
        side_by_side("summary"),
        side_by_side("description"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("parent")]),
        FieldPanel("sectors"),
        FieldRowPanel([FieldPanel("street"), FieldPanel("ward"), FieldPanel("country")]),
        FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
        FieldRowPanel([FieldPanel("website"), FieldPanel("founded_year"), FieldPanel("tax_code")]),
        FieldRowPanel([FieldPanel("contact_email"), FieldPanel("contact_phone")]),
        FieldPanel("needs"),
        FieldRowPanel([FieldPanel("code"), FieldPanel("slug"), FieldPanel("is_listed")]),
        FieldRowPanel([FieldPanel("is_trusted"), FieldPanel("takes_messages"), FieldPanel("takes_suggestions")]),
    ]

    def get_urlpatterns(self) -> list[URLPattern]:
        """With files in and out."""
        return [*directory_files.addresses(), *super().get_urlpatterns()]


class MentorViewSet(EntryViewSet):
    """Cố vấn."""

    model = Profile
    url_prefix = "co-van"
    icon = "user"
    menu_label = _("Mentors")
    list_display = ["__str__", "headline", BooleanColumn("is_listed", label=_("Listed"))]
    list_filter = ["sectors", "is_listed"]
    panels = [
        side_by_side("headline"),
        side_by_side("bio"),
        side_by_side("helps_with"),
        side_by_side("experience"),
        FieldRowPanel([FieldPanel("languages"), FieldPanel("years_of_experience"), FieldPanel("availability")]),
        FieldPanel("sectors"),
        FieldPanel("skills"),
        FieldRowPanel([FieldPanel("ward"), FieldPanel("website")]),
        FieldRowPanel([FieldPanel("contact_email"), FieldPanel("contact_phone")]),
        FieldRowPanel([FieldPanel("slug"), FieldPanel("is_listed"), FieldPanel("is_trusted")]),
    ]

    def get_urlpatterns(self) -> list[URLPattern]:
        """Without adding: a mentor is a person first, and the person makes the profile."""
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "add"]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """So that no button leads there."""
        return {**super().get_common_view_kwargs(**kwargs), "add_url_name": None}


class SectorViewSet(EntryViewSet):
    """Lĩnh vực."""

    model = Sector
    url_prefix = "linh-vuc"
    icon = "tag"
    menu_label = _("Sectors")
    list_display = ["name", "code", "order"]
    panels = [side_by_side("name"), FieldRowPanel([FieldPanel("code"), FieldPanel("order")])]


@declare(Permission.ADMINISTRATOR)
class PeopleIndex(FoldedSearchMixin, IndexView):
    """Names and roles; e-mail and phone stay out of lists."""

    any_permission_required = ["view"]

    @cached_property
    def columns(self) -> list[Column]:
        """Name, language, since when."""
        return [
            Column("full_name", label=_("Name"), accessor="full_name", sort_key="sort_key"),
            Column("language", label=_("Language"), accessor="get_preferred_language_display"),
            BooleanColumn("is_staff", label=_("Works in the admin")),
            DateColumn("date_joined", label=_("Joined"), sort_key="date_joined"),
        ]


class PersonViewSet(ModelViewSet):
    """People, to look at only: everybody keeps their own account."""

    model = Person
    name = "person"
    url_prefix = "nguoi"
    icon = "group"
    menu_label = _("People")
    index_view_class = PeopleIndex
    copy_view_enabled = False
    add_to_reference_index = False
    form_fields = ["full_name"]
    list_per_page = 50

    def get_urlpatterns(self) -> list[URLPattern]:
        """The list alone."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
        ]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Without the names of the views that this viewset does not have."""
        names = ("history_url_name", "usage_url_name", "add_url_name", "edit_url_name", "delete_url_name")
        return {**super().get_common_view_kwargs(**kwargs), **dict.fromkeys(names)}

"""The two groups of the sidebar that are ours."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup

from cms.admin.contact import ReportViewSet
from cms.admin.entry_facts import (
    CentreFactsViewSet,
    ClubFactsViewSet,
    FundFactsViewSet,
    FundingRoundViewSet,
    IntellectualPropertyViewSet,
    SkillViewSet,
    StartupFactsViewSet,
)
from cms.admin.events import EventViewSet
from cms.admin.joining.applications import ApplicationViewSet
from cms.admin.joining.claims import ClaimViewSet
from cms.admin.joining.upkeep import UpkeepViewSet
from cms.admin.letters import LetterViewSet
from cms.admin.network import MentorViewSet, OrganisationViewSet, PersonViewSet, SectorViewSet
from cms.admin.programme import SeriesViewSet, SessionViewSet, SpeakerViewSet, TrackViewSet, VenueViewSet
from cms.admin.relationships import RelationshipViewSet, RoleViewSet


class EventsGroup(ViewSetGroup):
    """Sự kiện."""

    menu_label = _("Events")
    menu_icon = "date"
    menu_order = 110
    items = (EventViewSet, SeriesViewSet, SessionViewSet, TrackViewSet, SpeakerViewSet, VenueViewSet, LetterViewSet)


class NetworkGroup(ViewSetGroup):
    """Mạng lưới."""

    menu_label = _("Network")
    menu_icon = "site"
    menu_order = 120
    items = (
        OrganisationViewSet,
        MentorViewSet,
        ApplicationViewSet,
        ClaimViewSet,
        UpkeepViewSet,
        RelationshipViewSet,
        RoleViewSet,
        SectorViewSet,
        PersonViewSet,
        ReportViewSet,
    )


class EntryFactsGroup(ViewSetGroup):
    """Dữ liệu danh bạ: what only some kinds of organisations have."""

    menu_label = _("Directory facts")
    menu_icon = "list-ul"
    menu_order = 125
    items = (
        FundFactsViewSet,
        StartupFactsViewSet,
        CentreFactsViewSet,
        ClubFactsViewSet,
        FundingRoundViewSet,
        IntellectualPropertyViewSet,
        SkillViewSet,
    )

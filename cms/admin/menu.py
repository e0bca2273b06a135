"""The two groups of the sidebar that are ours."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup

from cms.admin.contact import ReportViewSet
from cms.admin.events import EventViewSet
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
    items = (OrganisationViewSet, MentorViewSet, SectorViewSet, PersonViewSet, ReportViewSet)

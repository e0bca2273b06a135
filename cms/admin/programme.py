"""The programme: series, venues, tracks, sessions, speakers."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from cms.admin.lists import MomentColumn, RowViewSet
from events.models import EventSeries, Session, Speaker, Track, Venue


def side_by_side(name: str) -> FieldRowPanel:
    """Vietnamese beside English."""
    return FieldRowPanel([FieldPanel(f"{name}_vi"), FieldPanel(f"{name}_en")])


class SeriesViewSet(RowViewSet):
    """Chuỗi sự kiện."""

    model = EventSeries
    url_prefix = "chuoi-su-kien"
    icon = "folder-open-inverse"
    menu_label = _("Series")
    list_display = ["title", "code", "slug"]
    panels = [
        side_by_side("title"),
        side_by_side("summary"),
        FieldRowPanel([FieldPanel("code"), FieldPanel("slug")]),
        FieldRowPanel([FieldPanel("palette"), FieldPanel("organiser")]),
    ]


class VenueViewSet(RowViewSet):
    """Địa điểm."""

    model = Venue
    url_prefix = "dia-diem"
    icon = "home"
    menu_label = _("Venues")
    list_display = ["name", "address"]
    panels = [
        side_by_side("name"),
        FieldPanel("street"),
        FieldRowPanel([FieldPanel("ward"), FieldPanel("city")]),
        FieldPanel("code"),
    ]


class TrackViewSet(RowViewSet):
    """Chuyên đề song song."""

    model = Track
    url_prefix = "chuyen-de"
    icon = "list-ul"
    menu_label = _("Tracks")
    list_display = ["name", "event", "order"]
    list_filter = ["event"]
    panels = [FieldPanel("event"), side_by_side("name"), FieldPanel("order")]


class SessionViewSet(RowViewSet):
    """Phiên."""

    model = Session
    url_prefix = "phien"
    icon = "time"
    menu_label = _("Sessions")
    list_display = ["title", "event", "track", MomentColumn("starts_at", label=_("Starts")), "room"]
    list_filter = ["event", "track"]
    panels = [
        FieldRowPanel([FieldPanel("event"), FieldPanel("track")]),
        side_by_side("title"),
        side_by_side("summary"),
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
        FieldPanel("room"),
        FieldPanel("speakers"),
    ]


class SpeakerViewSet(RowViewSet):
    """Diễn giả."""

    model = Speaker
    url_prefix = "dien-gia"
    icon = "openquote"
    menu_label = _("Speakers")
    list_display = ["name", "headline", "organisation"]
    panels = [FieldPanel("name"), side_by_side("headline"), FieldPanel("organisation")]

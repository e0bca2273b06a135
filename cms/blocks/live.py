"""Blocks that fill themselves: events, news, mentors and organisations by what they have in common.

The editor says which; who reads sees them as they are now. `cms.live` finds them.
"""

from typing import Any

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms import live
from events import queries as event_queries
from events.models import Event
from network import queries as network_queries
from network.models import Organisation

from .rows import EventChooserBlock

MOST = 12


def _any(choices: Any) -> list[tuple[str, Any]]:
    return [("", _("All kinds")), *choices]


class RowCodeBlock(blocks.ChoiceBlock):
    """A choice among the codes of rows. The rows are asked for when a form is drawn or checked, not when a story is
    read, where Wagtail would ask for each of its values."""

    def to_python(self, value: Any) -> Any:
        """The code as it was kept."""
        return value

    def get_searchable_content(self, value: Any) -> list[str]:
        """Nothing: what the block finds has pages of its own."""
        return []


class Found(blocks.StructValue):
    """A value that finds its rows once, however often the template asks."""

    @cached_property
    def rows(self) -> list[Any]:
        """What readers see now."""
        return live.found([self.block.wanted(self)], at=timezone.now(), locale=get_language() or "vi")[0]


class LiveBlock(blocks.StructBlock):
    """A heading, what to look for, and how many at most."""

    title = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)

    class Meta:
        value_class = Found

    def wanted(self, value: Any) -> live.Wanted:
        """Return what the editor asked for."""
        raise NotImplementedError


def _most(default: int) -> blocks.IntegerBlock:
    return blocks.IntegerBlock(label=_("How many at most"), min_value=1, max_value=MOST, default=default)


def _sector() -> RowCodeBlock:
    return RowCodeBlock(label=_("Field of work"), choices=sector_choices, required=False)


def sector_choices() -> list[tuple[str, Any]]:
    """The city's priority fields, asked when a form is drawn."""
    return [("", _("All fields")), *((sector.code, sector.name) for sector in network_queries.sectors())]


def series_choices() -> list[tuple[str, Any]]:
    """The series, asked when a form is drawn."""
    return [("", _("All series")), *((series.slug, series.title) for series in event_queries.series_list())]


class EventsBlock(LiveBlock):
    """The events to come of a kind or a series, with the places that are left."""

    kind = blocks.ChoiceBlock(label=_("Kind"), choices=_any(Event.Kind.choices), required=False)
    series = RowCodeBlock(label=_("Series"), choices=series_choices, required=False)
    most = _most(3)

    class Meta:
        label = _("Events to come")
        icon = "date"
        template = "cms/blocks/events.html"

    def wanted(self, value: Any) -> live.Wanted:
        """Events by kind and series."""
        return live.Wanted(what="events", kind=value["kind"], group=value["series"], most=value["most"])


class NewsBlock(LiveBlock):
    """The newest articles of a topic."""

    topic = blocks.CharBlock(label=_("Topic"), max_length=40, required=False, help_text=_("Empty: the newest of all"))
    most = _most(3)

    class Meta:
        label = _("News by topic")
        icon = "doc-full"
        template = "cms/blocks/news.html"

    def wanted(self, value: Any) -> live.Wanted:
        """Articles by topic."""
        return live.Wanted(what="news", group=value["topic"], most=value["most"])


class MentorsBlock(LiveBlock):
    """Mentors of a field of work."""

    sector = _sector()
    most = _most(4)

    class Meta:
        label = _("Mentors by field")
        icon = "group"
        template = "cms/blocks/mentors.html"

    def wanted(self, value: Any) -> live.Wanted:
        """Mentors by field."""
        return live.Wanted(what="mentors", group=value["sector"], most=value["most"])


class OrganisationsBlock(LiveBlock):
    """Organisations of a kind and a field of work."""

    kind = blocks.ChoiceBlock(label=_("Kind"), choices=_any(Organisation.Kind.choices), required=False)
    sector = _sector()
    most = _most(6)

    class Meta:
        label = _("Organisations")
        icon = "site"
        template = "cms/blocks/organisations.html"

    def wanted(self, value: Any) -> live.Wanted:
        """Organisations by kind and field."""
        return live.Wanted(what="organisations", kind=value["kind"], group=value["sector"], most=value["most"])


class CountdownValue(blocks.StructValue):
    """How long it is until then."""

    @property
    def days(self) -> int | None:
        """Whole days from today until it starts; none once it is over or without an event that readers may see."""
        event = self.get("event")
        if event is None or not event.is_public or event.ends_at <= timezone.now():
            return None
        return max(0, (timezone.localdate(event.starts_at) - timezone.localdate()).days)


class CountdownBlock(blocks.StructBlock):
    """Days until an event."""

    title = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    event = EventChooserBlock(label=_("Event"))

    class Meta:
        label = _("Countdown")
        icon = "time"
        template = "cms/blocks/countdown.html"
        value_class = CountdownValue

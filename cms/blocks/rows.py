"""Blocks that show rows of the domain as they are now, not as they were when the editor wrote."""

from typing import Any

from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from events.models import Event
from network.models import Profile


class RowChooserBlock(blocks.ChooserBlock):
    """Chooses a row; many of them in a story are one question to the database."""

    def rows(self) -> QuerySet[Any]:
        """The rows that readers may see, loaded for the template."""
        raise NotImplementedError

    def to_python(self, value: int | None) -> Any:
        """Return the row, or nothing where readers may not see it."""
        return None if value is None else self.rows().filter(pk=value).first()

    def bulk_to_python(self, values: list[int | None]) -> list[Any]:
        """Return the rows in the order of `values`."""
        found = self.rows().in_bulk([value for value in values if value])
        return [found.get(value) for value in values]


class EventChooserBlock(RowChooserBlock):
    """An event, found by its code or title."""

    target_model = Event

    @cached_property
    def widget(self) -> Any:
        """The chooser that finds "ca phe" in "Cà phê"."""
        from cms.admin.choosers import event_chooser  # inline: the chooser needs the app registry

        return event_chooser.widget_class()

    def rows(self) -> QuerySet[Event]:
        """Also drafts, so that a story may be written ahead; the template keeps them from readers."""
        return Event.objects.select_related("series", "venue", "seats")


class MentorChooserBlock(RowChooserBlock):
    """A mentor of the directory."""

    target_model = Profile

    @cached_property
    def widget(self) -> Any:
        """The chooser that finds "duc" in "Đức"."""
        from cms.admin.choosers import mentor_chooser  # inline: the chooser needs the app registry

        return mentor_chooser.widget_class()

    def rows(self) -> QuerySet[Profile]:
        """All of them; the template shows the listed ones."""
        return Profile.objects.select_related("person").prefetch_related("sectors")


class EventCardBlock(blocks.StructBlock):
    """An event with its places as they are at this moment."""

    event = EventChooserBlock(label=_("Event"))

    class Meta:
        label = _("Event card")
        icon = "date"
        template = "cms/blocks/event_card.html"


class PeopleBlock(blocks.StructBlock):
    """People of the directory."""

    title = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    people = blocks.ListBlock(MentorChooserBlock(label=_("Mentor")), label=_("People"), min_num=1, max_num=12)

    class Meta:
        label = _("People")
        icon = "group"
        template = "cms/blocks/people.html"

"""How the facts of an event stand in the page's form."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, Panel


def fact_panels() -> list[Panel]:
    """The panels of the tab “Event”: fields while it is a draft, then a summary with its acts."""
    return [
        FieldPanel("summary_vi"),
        _rows(
            _("Time and place"),
            [[_required("starts_at"), _required("ends_at")], [_required("attendance"), "venue"], ["online_url"]],
        ),
        _rows(_("What it is"), [[_required("kind"), "series"], ["edition", "code"], ["organiser"]]),
        _rows(
            _("Places and registration"),
            [["capacity", "shows_counter"], ["registration_opens_at", "registration_closes_at"]],
        ),
        _rows(_("In English"), [["title_en"], ["summary_en"]]),
        OpenEventPanel(heading=_("This event")),
    ]


def _required(name: str) -> FieldPanel:
    """Also a draft needs these: without them there is no event."""
    return FieldPanel(name, required_on_save=True)


def _rows(heading: Any, rows: list[list[Any]]) -> Panel:
    panels = [[cell if isinstance(cell, Panel) else FieldPanel(cell) for cell in row] for row in rows]
    return FactsPanel([FieldRowPanel(row) if len(row) > 1 else row[0] for row in panels], heading=heading)


class FactsPanel(MultiFieldPanel):
    """A group of facts; hidden once the form no longer takes them."""

    class BoundPanel(MultiFieldPanel.BoundPanel):
        """The group for one form."""

        def is_shown(self) -> bool:
            """An empty frame is not worth showing."""
            return self.form.takes_facts and super().is_shown()


class OpenEventPanel(Panel):
    """What stands once the event is open, with the acts that change it: each an own view, each one rule."""

    class BoundPanel(Panel.BoundPanel):
        """The summary for one event."""

        template_name = "cms/admin/panels/open_event.html"

        def is_shown(self) -> bool:
            """Only where the form takes no facts."""
            return not self.form.takes_facts

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """The event with its seats, as they are now and not as the draft of a story remembers them."""
            context = super().get_context_data(parent_context)
            return {**context, "event": self.instance.event}

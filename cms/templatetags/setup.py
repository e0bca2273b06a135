"""What the templates of the setting up say of types, invitations and questions that are loaded."""

from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.admin.setup.invitations import STATES
from cms.admin.setup.phones import STATES as PHONE_STATES
from events.models import Question
from events.setup_overview import current

register = template.Library()

TYPE_STATES = {
    "OPEN": gettext_lazy("On offer"),
    "FULL": gettext_lazy("Full"),
    "NOT_YET": gettext_lazy("Later"),
    "CLOSED": gettext_lazy("Over"),
    "WITHDRAWN": gettext_lazy("Withdrawn"),
}


@register.filter
def type_state(state: str) -> Any:
    """Return the words for the state of a ticket type."""
    return TYPE_STATES[state]


@register.filter
def invitation_state(state: str) -> Any:
    """Return the words for the state of an invitation."""
    return STATES[state]


@register.filter
def phone_state(state: str) -> Any:
    """Return the words for the state of a gate phone."""
    return PHONE_STATES[state]


@register.filter
def condition(question: Question) -> str:
    """Return when a question is shown: "if “Dinner?” is “Yes”". Its leading question has its versions loaded."""
    assert question.shown_if is not None
    version = current(question.shown_if)
    words: dict[Any, str] = {choice["value"]: choice["vi"] for choice in version.choices}
    said = [_answer(value, words) for value in question.shown_if_values]
    return _("if “%(question)s” is %(answers)s") % {
        "question": version.label_vi,
        "answers": ", ".join(f"“{word}”" for word in said),
    }


def _answer(value: Any, words: dict[Any, str]) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return words.get(value, str(value))

"""Words about people."""

from django import template
from django.utils.translation import get_language_info

from network.models import Profile

register = template.Library()


@register.filter
def spoken_languages(mentor: Profile) -> str:
    """Return the languages a mentor speaks, by name: "vi,en" gives "Vietnamese, English"."""
    return ", ".join(_name(code) for code in mentor.languages.replace(",", " ").split())


def _name(code: str) -> str:
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code

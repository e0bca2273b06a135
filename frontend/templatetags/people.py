"""Words about people."""

from django import template
from django.utils.translation import get_language_info

from frontend import entries
from network.models import Organisation, Profile

register = template.Library()


@register.filter
def entry_url(entry: Organisation | Profile) -> str:
    """Return the path of an entry's page; the roles of a person are loaded."""
    return entries.address(entry)


@register.filter
def spoken_languages(mentor: Profile) -> str:
    """Return the languages a mentor speaks, by name: "vi,en" gives "Vietnamese, English"."""
    return ", ".join(_name(code) for code in mentor.languages.replace(",", " ").split())


def _name(code: str) -> str:
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code

"""How Vietnamese headlines break: between phrases first, inside them only where a phrase is longer than its line."""

import re

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = template.Library()

PHRASE_ENDS = re.compile(r"(?<=[,:–]) ")


@register.filter
def phrases(headline: str) -> SafeString:
    """Return the headline with each of its phrases held together: "Hải Phòng –" / "Cà phê khởi nghiệp"."""
    parts = PHRASE_ENDS.split(headline)
    if len(parts) == 1:
        return format_html_join("", "{}", [(headline,)])
    return format_html_join(" ", '<span class="phrase">{}</span>', ((part,) for part in parts))

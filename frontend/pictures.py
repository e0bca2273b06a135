"""Codes drawn into a page: as SVG, sharp at any size and on paper."""

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_drawing(text: str) -> SafeString:
    """Return the QR code of a text of our own as inline SVG, without a quiet zone: the page gives it white ground."""
    code = segno.make(text, error="m", boost_error=False)
    drawing = code.svg_inline(border=0, dark="#0b2b3a", omitsize=True, svgclass=None, lineclass=None)
    return mark_safe(drawing)  # drawn here: of what stands in the text, only black and white get out

"""What the newsroom uploads, looked at before it is kept: refused at the field, in words."""

import struct
import warnings
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from network.pictures import CLEANED, without_metadata

BEGINNINGS: dict[str, tuple[bytes, ...]] = {
    "pdf": (b"%PDF-",),
    **dict.fromkeys(("docx", "xlsx", "pptx", "odt", "ods", "odp", "zip"), (b"PK\x03\x04",)),
    "ics": (b"BEGIN:VCALENDAR",),
    "webm": (b"\x1aE\xdf\xa3",),
    "vtt": (b"WEBVTT", b"\xef\xbb\xbfWEBVTT"),
}
"""How a document begins that is what its name says. Tables and texts begin as they like."""
TEXTS = {"csv", "txt"}
ACTS = (b"/JavaScript", b"/JS ", b"/JS(", b"/JS<", b"/Launch", b"/EmbeddedFile", b"/RichMedia")
"""What makes a PDF do something when it is opened."""
LONGEST_NAME = 120


UNREADABLE = (OSError, ValueError, SyntaxError, EOFError, struct.error, Image.DecompressionBombError, Warning)
"""What Pillow raises at files that were made to hurt, or only broke on their way."""


class PhotoField(WagtailImageField):
    """Wagtail's own asks a damaged file for its size, and falls over it."""

    def to_python(self, data: Any) -> Any:
        """Return the file as Wagtail does. Raises ValidationError."""
        try:
            return super().to_python(data)
        except UNREADABLE as error:
            raise ValidationError(_("The picture is damaged: it cannot be read to its end.")) from error


class PhotoForm(BaseImageForm):
    """A photo is written anew as it comes in; what cannot be is refused here."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        theirs = self.fields.get("file")
        if theirs is not None:
            self.fields["file"] = PhotoField(label=theirs.label, required=theirs.required, widget=theirs.widget)

    def clean_file(self) -> Any:
        """Return the file without anything but its pixels. Raises ValidationError where it has none."""
        file = self.cleaned_data["file"]
        if not isinstance(file, UploadedFile):
            return file
        _refuse_name(file)
        try:
            with warnings.catch_warnings(), Image.open(file) as picture:
                warnings.simplefilter("error", Image.DecompressionBombWarning)
                if picture.format not in CLEANED:
                    raise ValidationError(_("This is no picture that browsers show."))
                _refuse_many_pixels(picture)
                picture.load()
            without_metadata(file)
        except UNREADABLE as error:
            raise ValidationError(_("The picture is damaged: it cannot be read to its end.")) from error
        file.seek(0)
        return file


class FileForm(BaseDocumentForm):
    """A file to take along: of a known kind, and what its name says it is."""

    def clean_file(self) -> Any:
        """Return the file. Raises ValidationError."""
        file = self.cleaned_data["file"]
        if not isinstance(file, UploadedFile):
            return file
        _refuse_name(file)
        ending = PurePath(file.name or "").suffix.lower().removeprefix(".")
        content = file.read()
        file.seek(0)
        lie = _("The file is not what its name says: it does not begin like a .%(ending)s.") % {"ending": ending}
        if ending in BEGINNINGS and not content.startswith(BEGINNINGS[ending]):
            raise ValidationError(lie)
        if ending in TEXTS and b"\0" in content:
            raise ValidationError(lie)
        if ending == "pdf" and any(act in content for act in ACTS):
            raise ValidationError(_("This PDF holds a program or another file. Save it again as a plain PDF."))
        return file


def _refuse_many_pixels(picture: Image.Image) -> None:
    """All frames of a film together; how many there are is counted without unfolding them."""
    unfolded = picture.width * picture.height * getattr(picture, "n_frames", 1)
    if unfolded > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
        raise ValidationError(_("The picture unfolds into too many pixels. Make it smaller, or shorter if it moves."))


def _refuse_name(file: UploadedFile) -> None:
    """Characters that turn the direction of writing make “gpj.exe” look like “exe.jpg”."""
    name = file.name or ""
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise ValidationError(_("The file's name is too long or holds hidden characters. Rename it, please."))

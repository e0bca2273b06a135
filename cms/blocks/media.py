"""Several pictures, films, files to take along, and whose logos stand below."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock

from .links import LinkBlock
from .pictures import PhotoChooserBlock

FILM_HOSTS = {
    "youtube.com": "YouTube",
    "youtu.be": "YouTube",
    "vimeo.com": "Vimeo",
    "zalo.me": "Zalo",
    "thp.org.vn": "Truyền hình Hải Phòng",
}
"""Where a film may stand, and what readers know the place by. Nothing is loaded from there: the card leads there."""

FILMS = ("mp4", "webm")


class PictureBlock(blocks.StructBlock):
    """One picture of several."""

    image = PhotoChooserBlock(label=_("Photo"))
    caption = blocks.CharBlock(label=_("Caption"), max_length=160, required=False)


class GalleryBlock(blocks.StructBlock):
    """Two to twelve photos: a grid on a desk, a strip to swipe on a phone."""

    title = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    items = blocks.ListBlock(PictureBlock(), label=_("Photos"), min_num=2, max_num=12)

    class Meta:
        label = _("Gallery")
        icon = "image"
        template = "cms/blocks/gallery.html"


class FilmValue(blocks.StructValue):
    """A film is a file of ours or a card that leads to where it stands."""

    @property
    def host(self) -> str:
        """The name of the place that the film stands at; empty for a file of ours."""
        return film_host(self.get("url") or "")


class FilmBlock(blocks.StructBlock):
    """A film: a file of ours with its captions, or the address of one elsewhere."""

    title = blocks.CharBlock(label=_("Title"), max_length=160)
    file = DocumentChooserBlock(label=_("Film (MP4, WebM)"), required=False)
    captions = DocumentChooserBlock(label=_("Captions (VTT)"), required=False)
    url = blocks.URLBlock(label=_("or its address"), max_length=400, required=False, help_text=_("YouTube, Vimeo…"))
    image = PhotoChooserBlock(label=_("Photo before it starts"), required=False)
    transcript = blocks.TextBlock(label=_("What is said in it"), rows=3, required=False)

    class Meta:
        label = _("Film")
        icon = "media"
        template = "cms/blocks/film.html"
        value_class = FilmValue

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Either a film of ours or one at a place that we know."""
        cleaned = super().clean(value)
        file, captions, url = cleaned.get("file"), cleaned.get("captions"), cleaned.get("url") or ""
        wrong: dict[str, ValidationError] = {}
        if bool(file) == bool(url):
            wrong["file"] = ValidationError(_("Choose a film, or give the address of one: one of the two."))
        elif url and not film_host(url):
            wrong["url"] = ValidationError(
                _("Films may stand at: %(places)s.") % {"places": ", ".join(sorted(set(FILM_HOSTS.values())))}
            )
        elif file and file.file_extension.lower() not in FILMS:
            wrong["file"] = ValidationError(_("This is no film that browsers play. Choose an MP4 or a WebM."))
        if captions and captions.file_extension.lower() != "vtt":
            wrong["captions"] = ValidationError(_("Captions are a file with the ending .vtt."))
        if wrong:
            raise StructBlockValidationError(block_errors=wrong)
        return cleaned


def film_host(url: str) -> str:
    """Return the name of the place that an address is at, if films may stand there; else an empty text."""
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname:
        return ""
    return FILM_HOSTS.get(".".join(parts.hostname.removeprefix("www.").removeprefix("m.").split(".")), "")


class FileBlock(blocks.StructBlock):
    """One file."""

    file = DocumentChooserBlock(label=_("File"))
    text = blocks.CharBlock(label=_("What is in it"), max_length=160, required=False)


class DownloadsBlock(blocks.StructBlock):
    """Files to take along, with their kind and size."""

    title = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    items = blocks.ListBlock(FileBlock(), label=_("Files"), min_num=1, max_num=20)

    class Meta:
        label = _("Downloads")
        icon = "download"
        template = "cms/blocks/downloads.html"


class LogoBlock(blocks.StructBlock):
    """One logo: its picture says the name where it has no words."""

    name = blocks.CharBlock(label=_("Name"), max_length=120)
    image = PhotoChooserBlock(label=_("Logo"), required=False)
    link = LinkBlock(required=False)


class LogosBlock(blocks.StructBlock):
    """Who carries it: a wall of logos."""

    title = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    items = blocks.ListBlock(LogoBlock(), label=_("Logos"), min_num=1, max_num=40)

    class Meta:
        label = _("Wall of logos")
        icon = "grip"
        template = "cms/blocks/logos.html"

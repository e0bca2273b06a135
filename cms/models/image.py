"""Images with alternative texts in both languages and a credit."""

from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from network.pictures import without_metadata


class CityImage(AbstractImage):
    """The image model of the platform; metadata such as GPS is stripped when a file is uploaded."""

    alt_vi = models.CharField(_("alternative text (Vietnamese)"), max_length=200, blank=True)
    alt_en = models.CharField(_("alternative text (English)"), max_length=200, blank=True)
    credit = models.CharField(_("credit"), max_length=120, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "alt_vi", "alt_en", "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_image", "Can choose image")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Clean a file that is new, whichever door it came in by: no form, import or script can forget it."""
        if self.file and not self.file._committed:
            self.file = without_metadata(self.file.file)
            self._set_image_file_metadata()
            if PurePath(self.file.name).suffix.lower().removeprefix(".") not in settings.WAGTAILIMAGES_EXTENSIONS:
                raise ValidationError({"file": _("This is no picture that browsers show.")})
        super().save(*args, **kwargs)

    @property
    def default_alt_text(self) -> str:
        """The alternative text in the reader's language, else in the other; a title is a file name too often."""
        texts = (self.alt_en, self.alt_vi) if get_language() == "en" else (self.alt_vi, self.alt_en)
        return next((text for text in texts if text), "")


class CityRendition(AbstractRendition):
    """A resized image, made once and kept."""

    image = models.ForeignKey(CityImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="city_rendition_once")
        ]

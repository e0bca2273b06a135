"""A place where events are held."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Venue(models.Model):
    """Street, ward and city; Viet Nam has no districts since July 2025."""

    code = models.SlugField(_("code"), unique=True, max_length=60)
    name = models.CharField(_("name"), max_length=160)
    street = models.CharField(_("street"), max_length=160, blank=True)
    ward = models.CharField(_("ward, commune or special zone"), max_length=80, blank=True)
    city = models.CharField(_("city"), max_length=80, default="Hải Phòng")

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """The postal address in one line."""
        return ", ".join(part for part in (self.street, self.ward, self.city) if part)

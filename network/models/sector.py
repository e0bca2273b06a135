"""The city's nine priority fields."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sector(models.Model):
    """A priority field of the city's plan, named in both languages."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name

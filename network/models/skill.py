"""What somebody can help with, or looks for help with: one list for both, so that they meet."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Skill(models.Model):
    """A skill in both languages: pitching, pricing, patents."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=80)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("skill")
        verbose_name_plural = _("skills")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name

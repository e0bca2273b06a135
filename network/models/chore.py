"""What has to be looked after again and again, and when it is due next."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Chore(models.Model):
    """One row per chore: whoever moves its date on does it, so that two workers never do it at the same moment."""

    name = models.CharField(_("name"), max_length=120, primary_key=True)
    due_at = models.DateTimeField(_("due"))

    class Meta:
        verbose_name = _("chore")
        verbose_name_plural = _("chores")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

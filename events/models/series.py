"""A series: events that belong together, such as the Startup Café."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class EventSeries(models.Model):
    """Its code starts the codes of its events ("CAFE" gives "CAFE 047"); its palette colours their covers."""

    code = models.CharField(
        _("code"),
        unique=True,
        max_length=10,
        validators=[RegexValidator(r"^[A-Z]{2,10}$", _("Two to ten capital letters, such as CAFE."))],
    )
    slug = models.SlugField(_("address"), unique=True, max_length=80)
    title = models.CharField(_("title"), max_length=160)
    summary = models.CharField(_("summary"), max_length=400, blank=True)
    palette = models.CharField(_("palette of the covers"), max_length=20, default="dawn")
    organiser = models.ForeignKey(
        "network.Organisation", verbose_name=_("organiser"), null=True, blank=True, on_delete=models.PROTECT
    )

    class Meta:
        verbose_name = _("event series")
        verbose_name_plural = _("event series")
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title

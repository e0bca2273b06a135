"""The seats of an event: the one row that a registration locks."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Seats(models.Model):
    """Capacity and what is taken stand in one row, so that the database itself refuses to oversell."""

    event = models.OneToOneField("events.Event", primary_key=True, on_delete=models.CASCADE, related_name="seats")
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True, help_text=_("Empty: without limit"))
    taken = models.PositiveIntegerField(_("taken"), default=0)
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("seats")
        verbose_name_plural = _("seats")
        constraints = [
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(taken__lte=F("capacity")), name="seats_not_oversold"
            )
        ]

    def __str__(self) -> str:
        return f"{self.taken} / {self.capacity or '∞'}"

    @property
    def left(self) -> int | None:
        """How many places are left; None without a limit."""
        return None if self.capacity is None else self.capacity - self.taken

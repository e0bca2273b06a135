"""Who works at an event."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class EventStaff(models.Model):
    """A role at one event, or (event empty) at all of them."""

    class Role(models.TextChoices):
        """An organiser sees and does everything at the event; door staff only check in."""

        ORGANISER = "ORGANISER", _("Organiser")
        DOOR = "DOOR", _("Door volunteer")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="event_roles")
    event = models.ForeignKey(
        "events.Event", null=True, blank=True, on_delete=models.CASCADE, related_name="staff", help_text=_("Empty: all")
    )
    role = models.CharField(_("role"), max_length=10, choices=Role.choices)

    class Meta:
        verbose_name = _("event staff")
        verbose_name_plural = _("event staff")
        ordering = ["event", "role", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "event", "role"], name="event_staff_once"),
            # SQL takes two empty events for different, so "all events" needs a constraint of its own
            models.UniqueConstraint(
                fields=["person", "role"], condition=models.Q(event=None), name="event_staff_everywhere_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_role_display()}"

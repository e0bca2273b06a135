"""A ticket: what is shown at the door."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Ticket(models.Model):
    """Its id is the secret of the signed code (122 random bits); its number is for reading aloud."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    registration = models.ForeignKey("events.Registration", on_delete=models.PROTECT, related_name="tickets")
    event = models.ForeignKey("events.Event", on_delete=models.PROTECT, related_name="tickets")
    number = models.CharField(_("number"), max_length=30, unique=True)
    spoken_number = models.CharField(max_length=30, unique=True, editable=False, help_text=_("Letters and digits only"))
    version = models.PositiveSmallIntegerField(default=1, help_text=_("Rises when a new code replaces the old one"))
    holder_name = models.CharField(_("holder"), max_length=120)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="tickets",
        help_text=_("Empty: whoever made the registration shows it for them"),
    )
    transferred_at = models.DateTimeField(_("handed on"), null=True, blank=True)
    issued_at = models.DateTimeField(_("issued"))
    blocked_at = models.DateTimeField(
        _("blocked"), null=True, blank=True, help_text=_("An organiser wants nobody let in with it")
    )
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        verbose_name = _("ticket")
        verbose_name_plural = _("tickets")
        ordering = ["event", "number"]

    def __str__(self) -> str:
        return self.number

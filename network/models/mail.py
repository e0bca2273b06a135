"""The outbox: mail written in the same transaction as the act that causes it, sent by a worker."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class OutgoingMail(models.Model):
    """One message, rendered when it was queued, so that what is sent is what was true then."""

    message_id = models.CharField(_("Message-ID"), max_length=200, unique=True)
    recipient = models.EmailField(_("to"))
    subject = models.CharField(_("subject"), max_length=300)
    mime = models.BinaryField(_("message"))
    queued_at = models.DateTimeField(_("queued"))
    due_at = models.DateTimeField(_("due"))
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mail")
        ordering = ["-queued_at", "-pk"]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=Q(sent_at=None), name="outgoing_mail_unsent"),
            models.Index(fields=["recipient", "queued_at"], name="outgoing_mail_recipient"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.recipient}"

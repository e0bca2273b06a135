"""The outbox: mail written in the same transaction as the act that causes it, sent by a worker."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class OutgoingMail(models.Model):
    """One message: written when it is queued, or (kind and facts) by the worker just before it first goes out.

    Once written it stays as it is, Message-ID included, so that a second attempt is recognisably the same message.
    """

    message_id = models.CharField(_("Message-ID"), max_length=200, unique=True)
    recipient = models.EmailField(_("to"))
    subject = models.CharField(_("subject"), max_length=300)
    language = models.CharField(max_length=2, default="vi")
    kind = models.CharField(max_length=40, blank=True, help_text=_("Which letter, for those that are written when due"))
    facts = models.JSONField(default=dict, help_text=_("What the letter is about"))
    thread = models.CharField(max_length=60, blank=True, help_text=_("Letters of a thread leave in their order"))
    mime = models.BinaryField(_("message"), null=True, help_text=_("Empty until written; then it stays as it is"))
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
            models.Index(fields=["thread", "id"], condition=Q(sent_at=None), name="outgoing_mail_thread"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.recipient}"

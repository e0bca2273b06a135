"""The contact relay: people write to an entry of the directory, and neither side sees the other's address."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

PERSON = settings.AUTH_USER_MODEL


def _one_of(first: str, second: str) -> Q:
    """Exactly one of two keys is set."""
    return Q(**{first: None, f"{second}__isnull": False}) | Q(**{f"{first}__isnull": False, second: None})


class ContactThread(models.Model):
    """What a writer and one entry say to each other: that of a person, or an organisation's (read by its owners)."""

    writer = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="threads_begun")
    person = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.CASCADE, related_name="threads_got")
    organisation = models.ForeignKey(
        "network.Organisation", null=True, blank=True, on_delete=models.CASCADE, related_name="threads"
    )
    subject = models.CharField(_("subject"), max_length=120)
    started_at = models.DateTimeField(_("started"))
    last_at = models.DateTimeField(_("last message"))

    class Meta:
        verbose_name = _("thread")
        verbose_name_plural = _("threads")
        ordering = ["-last_at", "-pk"]
        indexes = [
            models.Index(fields=["writer", "last_at"], name="contact_thread_begun"),
            models.Index(fields=["person", "last_at"], name="contact_thread_person"),
            models.Index(fields=["organisation", "last_at"], name="contact_thread_organisation"),
        ]
        constraints = [
            models.CheckConstraint(condition=_one_of("person", "organisation"), name="contact_thread_has_one_entry"),
            models.CheckConstraint(
                condition=Q(person=None) | ~Q(person=F("writer")), name="contact_thread_with_another"
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class ContactPlace(models.Model):
    """Somebody's place in a thread: until when they have read it; their alias names it (`network.contact.aliases`)."""

    thread = models.ForeignKey(ContactThread, on_delete=models.CASCADE, related_name="places")
    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="contact_places")
    read_at = models.DateTimeField(_("read"), null=True, blank=True)

    class Meta:
        verbose_name = _("place in a thread")
        verbose_name_plural = _("places in threads")
        constraints = [models.UniqueConstraint(fields=["thread", "person"], name="contact_place_once")]

    def __str__(self) -> str:
        return f"{self.person} · {self.thread}"


class ContactMessage(models.Model):
    """One message. `by_writer`: from who began the thread; else for the entry. Erased with its sender: no body."""

    class Channel(models.TextChoices):
        """The door that it came by."""

        SITE = "SITE", _("Website")
        API = "API", _("App")
        MAIL = "MAIL", _("Mail")

    thread = models.ForeignKey(ContactThread, on_delete=models.CASCADE, related_name="messages")
    sender = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="contact_messages")
    by_writer = models.BooleanField()
    body = models.TextField(_("message"), max_length=4000, blank=True)
    channel = models.CharField(_("came by"), max_length=4, choices=Channel.choices)
    mail_print = models.CharField(max_length=64, blank=True, help_text=_("Of the mail it came by, to take it once"))
    sent_at = models.DateTimeField(_("sent"))

    class Meta:
        verbose_name = _("message in a thread")
        verbose_name_plural = _("messages in threads")
        ordering = ["sent_at", "pk"]
        indexes = [models.Index(fields=["sender", "sent_at"], name="contact_message_sender")]
        constraints = [
            models.UniqueConstraint(fields=["mail_print"], condition=~Q(mail_print=""), name="contact_mail_once")
        ]

    def __str__(self) -> str:
        return f"{self.sender} · {self.thread}"


class ContactBlock(models.Model):
    """A person, or those who own an organisation's entry, take no more messages from a person or an organisation."""

    by_person = models.ForeignKey(PERSON, null=True, on_delete=models.CASCADE, related_name="blocks_set")
    by_organisation = models.ForeignKey(
        "network.Organisation", null=True, on_delete=models.CASCADE, related_name="blocks_set"
    )
    of_person = models.ForeignKey(PERSON, null=True, on_delete=models.CASCADE, related_name="blocks_met")
    of_organisation = models.ForeignKey(
        "network.Organisation", null=True, on_delete=models.CASCADE, related_name="blocks_met"
    )
    made_at = models.DateTimeField(_("blocked"))

    class Meta:
        verbose_name = _("block")
        verbose_name_plural = _("blocks")
        constraints = [
            models.CheckConstraint(condition=_one_of("by_person", "by_organisation"), name="contact_block_by_one"),
            models.CheckConstraint(condition=_one_of("of_person", "of_organisation"), name="contact_block_of_one"),
            *(
                models.UniqueConstraint(
                    fields=[f"by_{by}", f"of_{of}"],
                    condition=Q(**{f"by_{by}__isnull": False, f"of_{of}__isnull": False}),
                    name=f"contact_block_of_{of}_by_{by}",
                )
                for by, of in (("person", "person"), ("person", "organisation"), ("organisation", "person"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.by_person or self.by_organisation} ✕ {self.of_person or self.of_organisation}"


class ContactReport(models.Model):
    """A message that its reader took to those who keep the directory: they see this message and no other."""

    class Reason(models.TextChoices):
        """What is wrong with it."""

        SPAM = "SPAM", _("Advertising or spam")
        FRAUD = "FRAUD", _("Fraud")
        ABUSE = "ABUSE", _("Insults or harassment")
        OTHER = "OTHER", _("Something else")

    class Outcome(models.TextChoices):
        """What a keeper made of it."""

        DISMISSED = "DISMISSED", _("Nothing wrong")
        WARNED = "WARNED", _("Sender warned")
        STOPPED = "STOPPED", _("Sender stopped from writing")

    message = models.ForeignKey(ContactMessage, on_delete=models.CASCADE, related_name="reports")
    reporter = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="contact_reports")
    reason = models.CharField(_("reason"), max_length=5, choices=Reason.choices)
    note = models.CharField(_("in the reader’s words"), max_length=400, blank=True)
    reported_at = models.DateTimeField(_("reported"))
    outcome = models.CharField(_("outcome"), max_length=9, choices=Outcome.choices, blank=True)
    settled_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    class Meta:
        verbose_name = _("reported message")
        verbose_name_plural = _("reported messages")
        ordering = ["-reported_at", "-pk"]
        permissions = [("settle_contactreport", "Can settle reported messages")]
        constraints = [
            models.UniqueConstraint(fields=["message", "reporter"], name="contact_report_once"),
            models.CheckConstraint(
                condition=Q(outcome="", settled_at=None) | (~Q(outcome="") & Q(settled_at__isnull=False)),
                name="contact_report_settled_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} · {self.message_id}"


class ContactStop(models.Model):
    """Somebody whom the keepers stopped from writing through the relay; they still read, and answer nobody."""

    person = models.OneToOneField(PERSON, on_delete=models.CASCADE, related_name="contact_stop")
    stopped_by = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    stopped_at = models.DateTimeField(_("stopped"))

    class Meta:
        verbose_name = _("stopped writer")
        verbose_name_plural = _("stopped writers")

    def __str__(self) -> str:
        return str(self.person)

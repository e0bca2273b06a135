"""The newsletter: who gets it, each time it goes out, and to whom it went."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from network.models.consent import Consent
from network.models.person import Language


class Subscription(models.Model):
    """A reader of the newsletter: what they want to read, and (without an account) that they agreed.

    Whether somebody with an account gets it is what their consent says (`network.consents`); for a bare address it is
    this row: `confirmed_at` and no `ended_at`. `rounds` counts how often it ended, so that an old letter's link to
    confirm is good for nothing afterwards.
    """

    class Role(models.TextChoices):
        """What readers say that they are."""

        MENTOR = "MENTOR", _("Mentor")
        STARTUP = "STARTUP", _("Startup")
        STUDENT = "STUDENT", _("Student")
        INVESTOR = "INVESTOR", _("Investor")
        CITIZEN = "CITIZEN", _("Citizen")

    class Ended(models.TextChoices):
        """Why nothing is sent any more."""

        LEFT = "LEFT", _("Unsubscribed")
        BOUNCED = "BOUNCED", _("Address cannot be reached")
        COMPLAINED = "COMPLAINED", _("Reported as spam")

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="subscription"
    )
    email = models.EmailField(_("e-mail"), blank=True, help_text=_("Of whoever has no account"))
    language = models.CharField(_("language"), max_length=2, choices=Language.choices, default=Language.VIETNAMESE)
    sectors = models.JSONField(_("fields of work"), default=list, blank=True)
    kinds = models.JSONField(_("kinds of events"), default=list, blank=True)
    roles = models.JSONField(_("roles"), default=list, blank=True)
    channel = models.CharField(
        _("given by"), max_length=6, choices=Consent.Channel.choices, default=Consent.Channel.SITE
    )
    text_version = models.PositiveSmallIntegerField(_("version of the text"), default=1)
    asked_at = models.DateTimeField(_("asked for"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.CharField(_("why it ended"), max_length=10, choices=Ended.choices, blank=True)
    soft_bounces = models.PositiveSmallIntegerField(_("letters that came back for a while"), default=0)
    rounds = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(Lower("email"), condition=~Q(email=""), name="subscription_email_once"),
            models.CheckConstraint(
                condition=Q(person=None) & ~Q(email="") | Q(person__isnull=False) & Q(email=""),
                name="subscription_person_or_email",
            ),
        ]

    def __str__(self) -> str:
        return self.address

    @property
    def address(self) -> str:
        """Where letters go."""
        return self.person.email if self.person else self.email


class Mailing(models.Model):
    """One issue on its way: to whom, from when, how fast, what it says.

    `contents` holds by language what was found when it began (`{"vi": {"subject": …, "preheader": …, "parts": […]}}`):
    everybody reads the same, and so does the archive.
    """

    class State(models.TextChoices):
        """How far it is."""

        SCHEDULED = "SCHEDULED", _("Scheduled")
        SENDING = "SENDING", _("Going out")
        PAUSED = "PAUSED", _("Paused")
        STOPPED = "STOPPED", _("Stopped")
        SENT = "SENT", _("Has gone out")

    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.SCHEDULED)
    segment = models.JSONField(_("to whom"), default=dict)
    per_minute = models.PositiveSmallIntegerField(_("letters a minute"), default=120)
    due_at = models.DateTimeField(_("due"))
    scheduled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    scheduled_at = models.DateTimeField(_("scheduled"))
    begun_at = models.DateTimeField(_("begun"), null=True, blank=True)
    turned_at = models.DateTimeField(_("last turn"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    contents = models.JSONField(default=dict, editable=False)

    class Meta:
        verbose_name = _("mailing")
        verbose_name_plural = _("mailings")
        ordering = ["-due_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.due_at:%Y-%m-%d} {self.state}"


class MailingRecipient(models.Model):
    """One reader of one issue; there are never two rows of the same."""

    class State(models.TextChoices):
        """How far it is with them."""

        WAITING = "WAITING", _("Waiting")
        POSTED = "POSTED", _("In the outbox")
        DROPPED = "DROPPED", _("Not sent")

    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="recipients")
    subscription = models.ForeignKey(Subscription, on_delete=models.PROTECT, related_name="received")
    language = models.CharField(max_length=2, default="vi")
    roles = models.JSONField(default=list)
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    mail = models.OneToOneField(
        "network.OutgoingMail", null=True, on_delete=models.SET_NULL, related_name="newsletter_recipient"
    )
    bounced_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True, help_text=_("Unsubscribed from this very letter"))

    class Meta:
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")
        constraints = [models.UniqueConstraint(fields=["mailing", "subscription"], name="mailing_once_a_reader")]
        indexes = [models.Index(fields=["mailing", "state", "id"], name="mailing_recipient_state")]

    def __str__(self) -> str:
        return f"{self.mailing_id} → {self.subscription_id}"

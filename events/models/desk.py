"""What the attendee desk keeps: who did what, who looked, what was written to whom, what was certified."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class HistoryEntry(models.Model):
    """One thing that happened to a registration. Written by the rules in the transaction of the act itself."""

    registration = models.ForeignKey("events.Registration", on_delete=models.CASCADE, related_name="history")
    act = models.CharField(_("what"), max_length=30)
    at = models.DateTimeField(_("when"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    facts = models.JSONField(default=dict, help_text=_("Codes and numbers, never a person's own words"))

    class Meta:
        verbose_name = _("history entry")
        verbose_name_plural = _("history")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.act


class AttendeeAccess(models.Model):
    """Somebody looked at, or took away, the list of an event's attendees."""

    class Act(models.TextChoices):
        """What was done with the list."""

        VIEW = "VIEW", _("Looked at the list")
        DETAIL = "DETAIL", _("Looked at a registration")
        EXPORT = "EXPORT", _("Exported the list")
        BADGES = "BADGES", _("Printed badges")
        MESSAGE = "MESSAGE", _("Wrote to attendees")

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="accesses")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    act = models.CharField(_("what"), max_length=8, choices=Act.choices)
    people = models.PositiveIntegerField(_("people"), default=0)
    by = models.CharField(_("by"), max_length=6, default="ADMIN")
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("access to attendees")
        verbose_name_plural = _("accesses to attendees")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["event", "at"], name="attendee_access_event")]

    def __str__(self) -> str:
        return f"{self.get_act_display()} ({self.people})"


class Message(models.Model):
    """A message to a filtered group of an event's attendees, in both languages."""

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="messages")
    sender = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    subject = models.CharField(_("subject"), max_length=160)
    body = models.TextField(_("text"), max_length=5000)
    audience = models.JSONField(default=dict, help_text=_("The filter that chose whom it went to"))
    recipients = models.PositiveIntegerField(_("recipients"), default=0)
    sent_at = models.DateTimeField(_("sent"))

    class Meta:
        verbose_name = _("message to attendees")
        verbose_name_plural = _("messages to attendees")
        ordering = ["-sent_at"]

    def __str__(self) -> str:
        return self.subject


class LetterWording(models.Model):
    """The comms team's own subject and opening of a letter; without one, the letter's own words stand."""

    kind = models.CharField(_("letter"), max_length=40, unique=True)
    subject = models.CharField(_("subject"), max_length=160, blank=True)
    opening = models.TextField(_("text"), max_length=2000, blank=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("wording of a letter")
        verbose_name_plural = _("wordings of letters")
        ordering = ["kind"]

    def __str__(self) -> str:
        return self.kind


class Certificate(models.Model):
    """A certificate of attendance. Whoever has its code (128 random bits) can ask whether it is genuine."""

    ticket = models.ForeignKey("events.Ticket", on_delete=models.PROTECT, related_name="certificates")
    event = models.ForeignKey("events.Event", on_delete=models.PROTECT, related_name="certificates")
    code = models.CharField(_("code"), max_length=32, unique=True)
    holder_name = models.CharField(_("holder"), max_length=120)
    issued_at = models.DateTimeField(_("issued"))
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    revoked_reason = models.CharField(_("why"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["ticket"], condition=Q(revoked_at=None), name="certificate_standing_once")
        ]

    def __str__(self) -> str:
        return f"{self.holder_name} · {self.event.code}"

"""What can be registered for at an event: ticket types, the pools of places that they share, invitations."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Quota(models.Model):
    """A pool of places within an event, shared by one or several ticket types (pretix's quota).

    `Seats` is the pool of the event as a whole; a place is taken from it and from every quota of its type at once.
    """

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="quotas")
    name = models.CharField(_("name"), max_length=80)
    capacity = models.PositiveIntegerField(_("places"))
    taken = models.PositiveIntegerField(_("taken"), default=0)

    class Meta:
        verbose_name = _("pool of places")
        verbose_name_plural = _("pools of places")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "name"], name="quota_name_once"),
            models.CheckConstraint(condition=Q(taken__lte=F("capacity")), name="quota_not_oversold"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.taken} / {self.capacity}"

    @property
    def left(self) -> int:
        """How many places are left."""
        return self.capacity - self.taken


class TicketType(models.Model):
    """One kind of ticket of an event. Fees are marked, never charged: paid on the spot or by bank transfer."""

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="ticket_types")
    name = models.CharField(_("name"), max_length=80)
    description = models.CharField(_("description"), max_length=300, blank=True)
    fee = models.PositiveIntegerField(_("fee"), default=0, help_text=_("In đồng, for one person; 0 is free"))
    quotas = models.ManyToManyField(Quota, verbose_name=_("pools of places"), blank=True, related_name="ticket_types")
    opens_at = models.DateTimeField(_("available from"), null=True, blank=True)
    closes_at = models.DateTimeField(_("available until"), null=True, blank=True)
    is_hidden = models.BooleanField(_("by invitation only"), default=False)
    needs_approval = models.BooleanField(_("an organiser approves"), default=False)
    most_per_person = models.PositiveSmallIntegerField(
        _("places per registration"), default=1, help_text=_("More than 1: a group, with a ticket each")
    )
    is_active = models.BooleanField(_("offered"), default=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("ticket type")
        verbose_name_plural = _("ticket types")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(most_per_person__gte=1), name="ticket_type_at_least_one_place"),
            models.CheckConstraint(
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(closes_at__gt=F("opens_at")),
                name="ticket_type_closes_after_opening",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_on_offer(self, at: datetime) -> bool:
        """Whether its own window is open at `at` (the event's window is another question)."""
        begun = self.opens_at is None or self.opens_at <= at
        return self.is_active and begun and (self.closes_at is None or at < self.closes_at)


class Invitation(models.Model):
    """A code of 128 random bits that lets its bearers in: to a hidden type, past approval, or ahead in the queue."""

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="invitations")
    ticket_type = models.ForeignKey(
        TicketType, verbose_name=_("ticket type"), null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    code = models.CharField(_("code"), max_length=32, unique=True)
    note = models.CharField(_("for whom"), max_length=120, blank=True)
    skips_approval = models.BooleanField(_("needs no approval"), default=True)
    priority = models.SmallIntegerField(_("place in the queue"), default=0, help_text=_("Lower comes first"))
    most_uses = models.PositiveIntegerField(_("may be used"), default=1)
    uses = models.PositiveIntegerField(_("used"), default=0)
    expires_at = models.DateTimeField(_("valid until"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(uses__lte=F("most_uses")), name="invitation_not_used_too_often")
        ]

    def __str__(self) -> str:
        return self.note or self.code[:6]

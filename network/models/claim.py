"""Who says that an entry is theirs, and the codes that staff hand out for it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

ENTRIES = ("organisation", "profile")


def one_entry(name: str) -> models.CheckConstraint:
    """Return the constraint that a row is about an organisation's entry or a person's, never both."""
    either = Q(organisation=None, profile__isnull=False) | Q(organisation__isnull=False, profile=None)
    return models.CheckConstraint(condition=either, name=name)


class Claim(models.Model):
    """Somebody says that an entry is theirs; `network.joining.claims` moves it on.

    Of the code in a letter only a print is kept. Once an entry has an owner by a claim, another one waits for staff.
    """

    class Status(models.TextChoices):
        """Until it is decided, and how."""

        PENDING = "PENDING", _("Waits for the code from the letter")
        WAITING = "WAITING", _("Waits for a decision")
        GRANTED = "GRANTED", _("Granted")
        REFUSED = "REFUSED", _("Claim refused")
        WITHDRAWN = "WITHDRAWN", _("Withdrawn by who made it")
        ENDED = "ENDED", _("Ended")

    class Way(models.TextChoices):
        """What proves it."""

        ADDRESS = "ADDRESS", _("A confirmed address at its domain")
        LETTER = "LETTER", _("A code sent to its domain")
        CODE = "CODE", _("A code handed out by staff")
        STAFF = "STAFF", _("Staff decide")

    OPEN = (Status.PENDING, Status.WAITING)

    organisation = models.ForeignKey(
        "network.Organisation", null=True, blank=True, on_delete=models.CASCADE, related_name="claims"
    )
    profile = models.ForeignKey(
        "network.Profile", null=True, blank=True, on_delete=models.CASCADE, related_name="claims"
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="claims")
    status = models.CharField(_("status"), max_length=9, choices=Status.choices)
    way = models.CharField(_("proven by"), max_length=7, choices=Way.choices)
    email = models.EmailField(_("address at the domain"), blank=True)
    note = models.TextField(_("what they say"), max_length=1000, blank=True)
    words = models.CharField(_("what staff say"), max_length=500, blank=True)
    code_print = models.CharField(max_length=64, blank=True, editable=False)
    code_until = models.DateTimeField(null=True, blank=True, editable=False)
    tries = models.PositiveSmallIntegerField(default=0, editable=False)
    made_at = models.DateTimeField(_("claimed"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["-made_at", "-pk"]
        constraints = [
            one_entry("claim_of_one_entry"),
            *(
                models.UniqueConstraint(
                    fields=[entry], condition=Q(status="GRANTED"), name=f"claim_granted_once_{entry}"
                )
                for entry in ENTRIES
            ),
            *(
                models.UniqueConstraint(
                    fields=["person", entry],
                    condition=Q(status__in=("PENDING", "WAITING")),
                    name=f"claim_open_once_{entry}",
                )
                for entry in ENTRIES
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} → {self.organisation or self.profile}"


class ClaimCode(models.Model):
    """A code that staff hand out for one entry: it is good once, until it expires; only its print is kept."""

    organisation = models.ForeignKey(
        "network.Organisation", null=True, blank=True, on_delete=models.CASCADE, related_name="claim_codes"
    )
    profile = models.ForeignKey(
        "network.Profile", null=True, blank=True, on_delete=models.CASCADE, related_name="claim_codes"
    )
    code_print = models.CharField(max_length=64, unique=True, editable=False)
    note = models.CharField(_("for whom"), max_length=120, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(_("made"))
    expires_at = models.DateTimeField(_("good until"))
    used_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    used_at = models.DateTimeField(_("used"), null=True, blank=True)

    class Meta:
        verbose_name = _("code for a claim")
        verbose_name_plural = _("codes for claims")
        ordering = ["-made_at", "-pk"]
        constraints = [one_entry("claim_code_of_one_entry")]

    def __str__(self) -> str:
        return f"{self.organisation or self.profile}"

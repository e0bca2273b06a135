"""What somebody wants an entry of the directory to say, and what became of it: the entry's history."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Change(models.Model):
    """A change of an entry: what it said, what it is to say, and who decided.

    `values` maps a field of the entry to {"old": …, "new": …}, each with the values of the field's columns as JSON; a
    picture is the name of its file (`network.entries.pictures`). `visibility` maps a field to {"old", "new"} likewise.
    `decisions` maps a field to {"decision", "note"} once it is decided. `version` counts the amendments: who decides
    says which one they read.
    """

    class State(models.TextChoices):
        """PENDING and RETURNED are open: the author may amend or withdraw. APPLIED went live at once."""

        PENDING = "PENDING", _("Waits for review")
        RETURNED = "RETURNED", _("Asked back")
        APPROVED = "APPROVED", _("Approved")
        PARTLY = "PARTLY", _("Approved in part")
        REJECTED = "REJECTED", _("Not approved")
        WITHDRAWN = "WITHDRAWN", _("Was taken back")
        APPLIED = "APPLIED", _("Went live at once")

    class Decision(models.TextChoices):
        """Of one field."""

        APPROVED = "APPROVED", _("Approve")
        REJECTED = "REJECTED", _("Do not approve")

    OPEN = (State.PENDING, State.RETURNED)
    LIVE = (State.APPROVED, State.PARTLY, State.APPLIED)

    profile = models.ForeignKey(
        "network.Profile", verbose_name=_("person"), null=True, on_delete=models.CASCADE, related_name="changes"
    )
    organisation = models.ForeignKey(
        "network.Organisation",
        verbose_name=_("organisation"),
        null=True,
        on_delete=models.CASCADE,
        related_name="changes",
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("author"), on_delete=models.PROTECT, related_name="entry_changes"
    )
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.PENDING)
    values = models.JSONField(default=dict)
    visibility = models.JSONField(default=dict)
    decisions = models.JSONField(default=dict)
    version = models.PositiveSmallIntegerField(default=1)
    made_at = models.DateTimeField(_("made"))
    amended_at = models.DateTimeField(_("last amended"))
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reviewer"),
        null=True,
        on_delete=models.PROTECT,
        related_name="entry_reviews",
    )
    decided_at = models.DateTimeField(_("decided"), null=True)
    words = models.TextField(_("what was said"), blank=True, max_length=1000)
    undoes = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="undone_by")

    class Meta:
        verbose_name = _("change of an entry")
        verbose_name_plural = _("changes of entries")
        ordering = ["-made_at", "-pk"]
        default_permissions = ()
        permissions = [("review_entry", _("May review changes of entries in the directory"))]
        indexes = [models.Index(fields=["state", "amended_at"], name="change_queue")]
        constraints = [
            models.CheckConstraint(
                condition=Q(profile=None, organisation__isnull=False) | Q(profile__isnull=False, organisation=None),
                name="change_has_one_entry",
            ),
            *(
                models.UniqueConstraint(
                    fields=[entry, "author"],
                    condition=Q(state__in=["PENDING", "RETURNED"]) & Q(**{f"{entry}__isnull": False}),
                    name=f"{entry}_change_open_once",
                )
                for entry in ("profile", "organisation")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry} · {self.get_state_display()}"

    @property
    def entry(self) -> Any:
        """The profile or the organisation that it is about."""
        return self.profile if self.profile_id is not None else self.organisation

    @property
    def is_open(self) -> bool:
        """Whether it still waits for somebody."""
        return self.state in self.OPEN

    def taken(self) -> list[str]:
        """Return the fields that went live by it."""
        if self.state not in self.LIVE:
            return []
        rejected = {name for name, said in self.decisions.items() if said["decision"] != self.Decision.APPROVED}
        return [name for name in self.values if name not in rejected]

"""Who belongs to an organisation, and what they may do with its entry."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Membership(models.Model):
    """A person's place in an organisation."""

    class Role(models.TextChoices):
        """What a member may do with the organisation's entry: owners and editors change it, owners invite."""

        OWNER = "OWNER", _("Owner")
        EDITOR = "EDITOR", _("Editor")
        MEMBER = "MEMBER", _("Member")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey("network.Organisation", on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=8, choices=Role.choices, default=Role.MEMBER)
    title = models.CharField(_("position"), max_length=120, blank=True)
    is_public = models.BooleanField(_("shown in the directory"), default=False)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["organisation", "pk"]
        constraints = [models.UniqueConstraint(fields=["person", "organisation"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.person} · {self.organisation}"

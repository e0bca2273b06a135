"""Invitations of colleagues to an organisation's entry."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from network.models.membership import Membership


class ColleagueInvitation(models.Model):
    """An owner asks somebody to join the organisation; the link in the letter is good once, and only its print kept."""

    class Answer(models.TextChoices):
        """What became of it; empty while it is open."""

        ACCEPTED = "ACCEPTED", _("Accepted")
        DECLINED = "DECLINED", _("Declined")
        REVOKED = "REVOKED", _("Taken back by the owner")

    organisation = models.ForeignKey(
        "network.Organisation", on_delete=models.CASCADE, related_name="colleague_invitations"
    )
    email = models.EmailField(_("e-mail"))
    role = models.CharField(_("role"), max_length=8, choices=Membership.Role.choices)
    token_print = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    invited_at = models.DateTimeField(_("invited"))
    expires_at = models.DateTimeField(_("good until"))
    answer = models.CharField(_("answer"), max_length=8, choices=Answer.choices, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation of a colleague")
        verbose_name_plural = _("invitations of colleagues")
        ordering = ["-invited_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email"], condition=Q(answer=""), name="colleague_invited_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} · {self.organisation}"

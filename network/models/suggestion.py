"""What somebody does not want to have suggested again."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SuggestionDismissal(models.Model):
    """“Not for me”: one person's, about one entry, whomever it was suggested for."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="dismissals")
    profile = models.ForeignKey(
        "network.Profile", null=True, blank=True, on_delete=models.CASCADE, related_name="dismissals"
    )
    organisation = models.ForeignKey(
        "network.Organisation", null=True, blank=True, on_delete=models.CASCADE, related_name="dismissals"
    )
    dismissed_at = models.DateTimeField(_("dismissed"))

    class Meta:
        verbose_name = _("dismissed suggestion")
        verbose_name_plural = _("dismissed suggestions")
        constraints = [
            models.CheckConstraint(
                condition=Q(profile=None, organisation__isnull=False) | Q(profile__isnull=False, organisation=None),
                name="dismissal_of_one_entry",
            ),
            *(
                models.UniqueConstraint(
                    fields=["person", entry],
                    condition=Q(**{f"{entry}__isnull": False}),
                    name=f"dismissal_of_{entry}_once",
                )
                for entry in ("profile", "organisation")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} ✕ {self.profile or self.organisation}"

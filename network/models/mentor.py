"""A mentor's own words about themselves."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from network.vietnamese import fold


class MentorProfile(models.Model):
    """What a mentor offers; the person edits it through `network.profiles`."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mentor_profile")
    slug = models.SlugField(_("address in the directory"), unique=True, max_length=100)
    headline = models.CharField(_("headline"), max_length=140)
    bio = models.TextField(_("about"), blank=True, max_length=4000)
    helps_with = models.CharField(_("helps with"), max_length=400, blank=True)
    languages = models.CharField(_("languages"), max_length=80, default="vi")
    years_of_experience = models.PositiveSmallIntegerField(_("years of experience"), null=True, blank=True)
    sectors = models.ManyToManyField("network.Sector", verbose_name=_("sectors"), blank=True, related_name="mentors")
    is_listed = models.BooleanField(_("listed in the directory"), default=False)
    search_text = models.TextField(editable=False)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    class Meta:
        verbose_name = _("mentor")
        verbose_name_plural = _("mentors")
        ordering = ["person__sort_key", "pk"]

    def __str__(self) -> str:
        return self.person.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the folded search text true to the name and both languages' words."""
        fields = [f"{name}_{language}" for name in ("headline", "helps_with") for language in ("vi", "en")]
        self.search_text = fold(" ".join([self.person.full_name, *(getattr(self, name, "") or "" for name in fields)]))
        super().save(*args, **kwargs)

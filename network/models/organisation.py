"""Organisations of the network, of every kind in the glossary, and who belongs to them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from network.vietnamese import fold


class Organisation(models.Model):
    """A centre, club, fund, startup, agency or partner, listed in the network directory."""

    class Kind(models.TextChoices):
        """The kinds of the glossary; the plan's model is one core centre, one core zone, satellites."""

        CORE_CENTRE = "CORE_CENTRE", _("Core centre")
        CORE_ZONE = "CORE_ZONE", _("Core zone")
        SATELLITE_CENTRE = "SATELLITE_CENTRE", _("Satellite centre")
        UNIVERSITY_CLUB = "UNIVERSITY_CLUB", _("University club")
        INCUBATOR = "INCUBATOR", _("Incubator")
        INNOVATION_SPACE = "INNOVATION_SPACE", _("Community innovation space")
        COWORKING_SPACE = "COWORKING_SPACE", _("Co-working space")
        VENTURE_FUND = "VENTURE_FUND", _("Venture fund")
        PUBLIC_FUND = "PUBLIC_FUND", _("Public S&T fund")
        ANGEL_INVESTOR = "ANGEL_INVESTOR", _("Angel investors")
        RESEARCH_ORGANISATION = "RESEARCH_ORGANISATION", _("Research organisation")
        ENTERPRISE = "ENTERPRISE", _("Enterprise")
        STARTUP = "STARTUP", _("Startup")
        PUBLIC_AGENCY = "PUBLIC_AGENCY", _("Public agency")
        ASSOCIATION = "ASSOCIATION", _("Association")
        PARTNER = "PARTNER", _("International partner")

    code = models.SlugField(_("code"), unique=True, max_length=80)
    slug = models.SlugField(_("address in the directory"), unique=True, max_length=100)
    kind = models.CharField(_("kind"), max_length=24, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=200)
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    description = models.TextField(_("description"), blank=True)
    sectors = models.ManyToManyField(
        "network.Sector", verbose_name=_("sectors"), blank=True, related_name="organisations"
    )
    parent = models.ForeignKey(
        "self", verbose_name=_("belongs to"), null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    street = models.CharField(_("street"), max_length=200, blank=True)
    ward = models.CharField(_("ward, commune or special zone"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=2, default="VN")
    website = models.URLField(_("website"), blank=True)
    founded_year = models.PositiveSmallIntegerField(_("founded"), null=True, blank=True)
    is_listed = models.BooleanField(_("listed in the directory"), default=True)
    search_text = models.TextField(editable=False)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["kind", "name"], name="organisation_kind_name")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the folded search text true to both languages' name and summary."""
        words = [getattr(self, f"{field}_{language}", "") for field in ("name", "summary") for language in ("vi", "en")]
        self.search_text = fold(" ".join(word or "" for word in words))
        super().save(*args, **kwargs)


class Membership(models.Model):
    """A person's role in an organisation over time."""

    class Role(models.TextChoices):
        """What a member may do with the organisation's entry."""

        OWNER = "OWNER", _("Owner")
        EDITOR = "EDITOR", _("Editor")
        MEMBER = "MEMBER", _("Member")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
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

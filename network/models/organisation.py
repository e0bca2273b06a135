"""Organisations of the network, of every kind in the glossary."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from network.vietnamese import fold, sort_key


class Organisation(models.Model):
    """A centre, club, fund, startup, agency or partner, listed in the network directory.

    What only its kind has stands in `network.models.facts`. `visibility` maps a field of `network.entry_fields` to who
    may see it where that is not the field's default. Doors read an entry through `network.visibility` alone.
    """

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
    links = models.JSONField(_("links"), default=list, blank=True)
    contact_email = models.EmailField(_("e-mail to be shown"), blank=True)
    contact_phone = PhoneNumberField(_("phone to be shown"), blank=True)
    logo = models.FileField(_("logo"), upload_to="organisations/", blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    tax_code = models.CharField(_("tax code"), max_length=14, blank=True)
    founded_year = models.PositiveSmallIntegerField(_("founded"), null=True, blank=True)
    needs = models.ManyToManyField(
        "network.Skill", verbose_name=_("looks for help with"), blank=True, related_name="wanted_by"
    )
    is_listed = models.BooleanField(_("listed in the directory"), default=True)
    is_trusted = models.BooleanField(_("changes go live at once"), default=False)
    takes_messages = models.BooleanField(_("takes messages"), default=False)
    takes_suggestions = models.BooleanField(_("is suggested to others"), default=True)
    visibility = models.JSONField(default=dict, blank=True, editable=False)
    confirmed_at = models.DateTimeField(_("last confirmed"), null=True, blank=True)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")
    search_text = models.TextField(editable=False)
    sort_key = models.CharField(max_length=800, editable=False, db_index=True, default="")
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["kind", "name"], name="organisation_kind_name")]
        constraints = [
            models.UniqueConstraint(fields=["tax_code"], condition=~Q(tax_code=""), name="organisation_tax_code_once"),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="organisation_position_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the folded search text and the Vietnamese sort key true to the names and summaries."""
        words = [getattr(self, f"{field}_{language}", "") for field in ("name", "summary") for language in ("vi", "en")]
        self.search_text = fold(" ".join(word or "" for word in words))
        self.sort_key = sort_key(getattr(self, "name_vi", "") or self.name)[:800]
        super().save(*args, **kwargs)

"""A person's entry in the directory, and the parts that they play there over time."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from network.vietnamese import fold


class Profile(models.Model):
    """What a person says of themselves in the directory, whatever part they play; `network.entries` edits it.

    `visibility` maps a field of `network.entry_fields` to who may see it where that is not the field's default. Doors
    read an entry through `network.visibility` alone.
    """

    class Availability(models.TextChoices):
        """Whether a mentor takes on more."""

        OPEN = "OPEN", _("Takes new requests")
        LIMITED = "LIMITED", _("Has little time")
        PAUSED = "PAUSED", _("Pauses for now")

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="profile")
    slug = models.SlugField(_("address in the directory"), unique=True, max_length=100)
    headline = models.CharField(_("headline"), max_length=140)
    bio = models.TextField(_("about"), blank=True, max_length=4000)
    helps_with = models.CharField(_("helps with"), max_length=400, blank=True)
    experience = models.TextField(_("experience"), blank=True, max_length=4000)
    languages = models.CharField(_("languages"), max_length=80, default="vi")
    years_of_experience = models.PositiveSmallIntegerField(_("years of experience"), null=True, blank=True)
    availability = models.CharField(
        _("availability"), max_length=8, choices=Availability.choices, default=Availability.OPEN
    )
    sectors = models.ManyToManyField("network.Sector", verbose_name=_("sectors"), blank=True, related_name="profiles")
    skills = models.ManyToManyField("network.Skill", verbose_name=_("skills"), blank=True, related_name="profiles")
    ward = models.CharField(_("ward, commune or special zone"), max_length=80, blank=True)
    website = models.URLField(_("website"), blank=True)
    links = models.JSONField(_("links"), default=list, blank=True)
    contact_email = models.EmailField(_("e-mail to be shown"), blank=True)
    contact_phone = PhoneNumberField(_("phone to be shown"), blank=True)
    photo = models.FileField(_("photo"), upload_to="people/", blank=True)
    time_zone = models.CharField(_("time zone"), max_length=40, default="Asia/Ho_Chi_Minh")
    is_listed = models.BooleanField(_("listed in the directory"), default=False)
    is_trusted = models.BooleanField(_("changes go live at once"), default=False)
    takes_messages = models.BooleanField(_("takes messages"), default=False)
    takes_suggestions = models.BooleanField(_("is suggested to others"), default=True)
    visibility = models.JSONField(default=dict, blank=True, editable=False)
    confirmed_at = models.DateTimeField(_("last confirmed"), null=True, blank=True)
    search_text = models.TextField(editable=False)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    class Meta:
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")
        ordering = ["person__sort_key", "pk"]

    def __str__(self) -> str:
        return self.person.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the folded search text true to the name and both languages' words."""
        fields = [f"{name}_{language}" for name in ("headline", "helps_with") for language in ("vi", "en")]
        self.search_text = fold(" ".join([self.person.full_name, *(getattr(self, name, "") or "" for name in fields)]))
        super().save(*args, **kwargs)


class Role(models.Model):
    """A part that a person plays in the network, from when and until when; one person, several roles over time."""

    class Kind(models.TextChoices):
        """The parts."""

        MENTOR = "MENTOR", _("Mentor")
        EXPERT = "EXPERT", _("Expert")
        FOUNDER = "FOUNDER", _("Founder")
        SPEAKER = "SPEAKER", _("Speaker")
        INVESTOR = "INVESTOR", _("Investor")

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="roles")
    kind = models.CharField(_("role"), max_length=8, choices=Kind.choices)
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("role in the network")
        verbose_name_plural = _("roles in the network")
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["profile", "kind"], condition=Q(until=None), name="role_standing_once"),
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")), name="role_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

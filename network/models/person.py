"""A person: one row for everybody who logs in, registers, speaks, mentors or keeps a door."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from network.vietnamese import fold, given_name, name_sort_key


class Language(models.TextChoices):
    """The languages of the platform, Vietnamese first."""

    VIETNAMESE = "vi", _("Vietnamese")
    ENGLISH = "en", _("English")


class PersonManager(BaseUserManager["Person"]):
    """Makes people; e-mail addresses are compared in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """Create a person with a hashed password (none: cannot log in by password)."""
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """Create an administrator with every permission."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> Person:
        """Return the person with this e-mail address, whatever its case."""
        return self.get(email__iexact=username)


class Person(AbstractBaseUser, PermissionsMixin):
    """Logs in by e-mail. One `full_name`, family name first, as Vietnamese names are written."""

    email = models.EmailField(_("e-mail"), max_length=254)
    full_name = models.CharField(_("full name"), max_length=120)
    preferred_language = models.CharField(
        _("language"), max_length=2, choices=Language.choices, default=Language.VIETNAMESE
    )
    phone = PhoneNumberField(_("phone"), blank=True)
    is_staff = models.BooleanField(_("works in the admin"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("joined"), auto_now_add=True)
    search_text = models.CharField(max_length=400, editable=False, db_index=True)
    sort_key = models.CharField(max_length=400, editable=False, db_index=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]
    objects = PersonManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["sort_key", "pk"]
        constraints = [models.UniqueConstraint(Lower("email"), name="person_email_unique")]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the two derived columns true: folded text for search, a Vietnamese key for sorting."""
        self.search_text = fold(self.full_name)[:400]
        self.sort_key = name_sort_key(self.full_name)[:400]
        super().save(*args, **kwargs)

    @property
    def given_name(self) -> str:
        """The name to greet by."""
        return given_name(self.full_name)

    # Wagtail and allauth ask for these two by their Django names.
    def get_full_name(self) -> str:
        """Return the whole name, family name first."""
        return self.full_name

    def get_short_name(self) -> str:
        """Return the name to greet by."""
        return self.given_name


def display_name(person: Person) -> str:
    """Return how allauth shows a person."""
    return person.full_name or person.email

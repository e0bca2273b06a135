"""What the search of the directory needs, and the lists that people keep of what they found."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class DirectoryEntry(models.Model):
    """An entry as everybody may find it: its public words by weight, its facets and its place by name, as JSON.

    `network.directory.index` writes it and nobody else. An entry that is no longer shown keeps its row, emptied, so
    that each process hears of it: rows with a higher `version` than it knows are news to it.
    """

    class Kind(models.TextChoices):
        """Which table the entry is a row of."""

        ORGANISATION = "ORGANISATION", _("Organisation")
        PROFILE = "PROFILE", _("Person")

    kind = models.CharField(max_length=12, choices=Kind.choices)
    entry_id = models.BigIntegerField()
    sort_key = models.CharField(max_length=800, blank=True, default="")
    facts = models.TextField(blank=True, default="")
    version = models.BigIntegerField(db_index=True)
    read_at = models.DateTimeField()

    class Meta:
        verbose_name = _("entry of the search")
        verbose_name_plural = _("entries of the search")
        constraints = [models.UniqueConstraint(fields=["kind", "entry_id"], name="directory_entry_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.entry_id}"


class DirectoryStamp(models.Model):
    """One row: which history the search's entries are of, and how far it has come."""

    epoch = models.UUIDField()
    version = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("stamp of the search")
        verbose_name_plural = _("stamps of the search")

    def __str__(self) -> str:
        return f"{self.version}"


class SavedList(models.Model):
    """A named list of entries that somebody keeps; whoever has its secret address may read it while it is shared."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_lists")
    name = models.CharField(_("name"), max_length=80)
    secret = models.CharField(max_length=43, null=True, blank=True, unique=True, editable=False)
    created_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("saved list")
        verbose_name_plural = _("saved lists")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="saved_list_name_once")]

    def __str__(self) -> str:
        return self.name


class SavedEntry(models.Model):
    """An organisation or a person on a saved list."""

    saved_list = models.ForeignKey(SavedList, on_delete=models.CASCADE, related_name="entries")
    organisation = models.ForeignKey(
        "network.Organisation", null=True, blank=True, on_delete=models.CASCADE, related_name="saved"
    )
    profile = models.ForeignKey(
        "network.Profile", null=True, blank=True, on_delete=models.CASCADE, related_name="saved"
    )
    added_at = models.DateTimeField(_("added"))

    class Meta:
        verbose_name = _("saved entry")
        verbose_name_plural = _("saved entries")
        ordering = ["-added_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation=None, profile__isnull=False) | Q(organisation__isnull=False, profile=None),
                name="saved_entry_of_one",
            ),
            *(
                models.UniqueConstraint(
                    fields=["saved_list", kind],
                    condition=Q(**{f"{kind}__isnull": False}),
                    name=f"saved_{kind}_once",
                )
                for kind in ("organisation", "profile")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation or self.profile}"

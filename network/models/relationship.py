"""Who has to do with whom: typed, dated, told from the source to the target."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Relationship(models.Model):
    """An organisation or a person (the source) runs, founded, backs… an organisation (the target).

    That an organisation belongs to another is its `parent`, and is told with these (`network.relationships`).
    """

    class Kind(models.TextChoices):
        """Read from the source to the target."""

        RUNS = "RUNS", _("runs")
        FOUNDED = "FOUNDED", pgettext_lazy("relationship", "founded")
        INVESTED_IN = "INVESTED_IN", _("invested in")
        MENTORS = "MENTORS", _("mentors")
        INCUBATES = "INCUBATES", _("incubates")
        PARTNERS_WITH = "PARTNERS_WITH", _("partners with")
        SUPPORTED = "SUPPORTED", _("supplied support to")

    kind = models.CharField(_("kind"), max_length=13, choices=Kind.choices)
    organisation = models.ForeignKey(
        "network.Organisation",
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="relationships",
    )
    profile = models.ForeignKey(
        "network.Profile",
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="relationships",
    )
    target = models.ForeignKey(
        "network.Organisation", verbose_name=_("with"), on_delete=models.CASCADE, related_name="related"
    )
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    source_url = models.URLField(_("source"), blank=True)
    is_public = models.BooleanField(_("shown in the directory"), default=True)

    class Meta:
        verbose_name = _("relationship")
        verbose_name_plural = _("relationships")
        ordering = ["kind", "since", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation=None, profile__isnull=False) | Q(organisation__isnull=False, profile=None),
                name="relationship_has_one_source",
            ),
            models.CheckConstraint(
                condition=Q(organisation=None) | ~Q(organisation=F("target")), name="relationship_with_another"
            ),
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")),
                name="relationship_ends_after_start",
            ),
            *(
                models.UniqueConstraint(
                    fields=["kind", source, "target"],
                    condition=Q(until=None) & Q(**{f"{source}__isnull": False}),
                    name=f"{source}_related_once",
                )
                for source in ("organisation", "profile")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation or self.profile} {self.get_kind_display()} {self.target}"

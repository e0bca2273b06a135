"""What only some kinds have: a fund's tickets, a startup's stage, a centre's rooms, a club's school."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """How far a startup is; a fund says which stages it invests in."""

    IDEA = "IDEA", _("Idea")
    PROTOTYPE = "PROTOTYPE", _("Prototype")
    PRE_SEED = "PRE_SEED", _("Pre-seed")
    SEED = "SEED", _("Seed")
    SERIES_A = "SERIES_A", _("Series A")
    SERIES_B = "SERIES_B", _("Series B and later")
    GROWTH = "GROWTH", _("Growth")


class Currency(models.TextChoices):
    """What amounts are counted in; whole units, no cents."""

    VND = "VND", _("Vietnamese đồng")
    USD = "USD", _("US dollars")


class FundFacts(models.Model):
    """What a venture fund, a public fund or an angel gives. Amounts are whole units of `currency`."""

    organisation = models.OneToOneField("network.Organisation", on_delete=models.CASCADE, related_name="fund_facts")
    ticket_min = models.PositiveBigIntegerField(_("smallest ticket"), null=True, blank=True)
    ticket_max = models.PositiveBigIntegerField(_("largest ticket"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, choices=Currency.choices, default=Currency.VND)
    stages = models.JSONField(_("stages"), default=list, blank=True)
    offices = models.CharField(_("offices"), max_length=300, blank=True)
    has_local_office = models.BooleanField(_("has an office in Hai Phong"), default=False)
    fund_size = models.PositiveBigIntegerField(_("size of the fund"), null=True, blank=True)

    class Meta:
        verbose_name = _("facts of a fund")
        verbose_name_plural = _("facts of funds")
        constraints = [
            models.CheckConstraint(
                condition=Q(ticket_min=None) | Q(ticket_max=None) | Q(ticket_max__gte=F("ticket_min")),
                name="fund_ticket_range",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}"


class StartupFacts(models.Model):
    """Where a startup stands; the year it was founded is the organisation's."""

    organisation = models.OneToOneField("network.Organisation", on_delete=models.CASCADE, related_name="startup_facts")
    stage = models.CharField(_("stage"), max_length=9, choices=Stage.choices, blank=True)
    team_size = models.PositiveIntegerField(_("people in the team"), null=True, blank=True)
    products = models.TextField(_("products"), max_length=2000, blank=True)
    raises_now = models.BooleanField(_("looks for investment now"), default=False)

    class Meta:
        verbose_name = _("facts of a startup")
        verbose_name_plural = _("facts of startups")

    def __str__(self) -> str:
        return f"{self.organisation}"


class CentreFacts(models.Model):
    """What a centre, incubator, co-working or innovation space, or research organisation offers."""

    organisation = models.OneToOneField("network.Organisation", on_delete=models.CASCADE, related_name="centre_facts")
    services = models.TextField(_("services"), max_length=2000, blank=True)
    equipment = models.TextField(_("equipment"), max_length=2000, blank=True)
    capacity = models.PositiveIntegerField(_("work places"), null=True, blank=True)
    area_m2 = models.PositiveIntegerField(_("area in m²"), null=True, blank=True)

    class Meta:
        verbose_name = _("facts of a centre")
        verbose_name_plural = _("facts of centres")

    def __str__(self) -> str:
        return f"{self.organisation}"


class ClubFacts(models.Model):
    """Whose club it is, and how many belong to it."""

    organisation = models.OneToOneField("network.Organisation", on_delete=models.CASCADE, related_name="club_facts")
    university = models.CharField(_("university"), max_length=200, blank=True)
    members = models.PositiveIntegerField(_("members"), null=True, blank=True)

    class Meta:
        verbose_name = _("facts of a club")
        verbose_name_plural = _("facts of clubs")

    def __str__(self) -> str:
        return f"{self.organisation}"


class FundingRound(models.Model):
    """Money that a startup raised, and where that can be read. `amount` is whole units of `currency`."""

    startup = models.ForeignKey("network.Organisation", on_delete=models.CASCADE, related_name="funding_rounds")
    stage = models.CharField(_("stage"), max_length=9, choices=Stage.choices)
    amount = models.PositiveBigIntegerField(_("amount"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, choices=Currency.choices, default=Currency.VND)
    announced_on = models.DateField(_("announced"))
    investors = models.CharField(_("investors"), max_length=300, blank=True)
    source_url = models.URLField(_("source"))

    class Meta:
        verbose_name = _("funding round")
        verbose_name_plural = _("funding rounds")
        ordering = ["-announced_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.startup} · {self.get_stage_display()}"


class IntellectualProperty(models.Model):
    """A right that an organisation holds or has applied for."""

    class Kind(models.TextChoices):
        """The kinds of the Law on Intellectual Property."""

        PATENT = "PATENT", _("Patent")
        UTILITY = "UTILITY", _("Utility solution")
        DESIGN = "DESIGN", _("Industrial design")
        TRADEMARK = "TRADEMARK", _("Trademark")
        COPYRIGHT = "COPYRIGHT", _("Copyright")

    organisation = models.ForeignKey(
        "network.Organisation", on_delete=models.CASCADE, related_name="intellectual_property"
    )
    kind = models.CharField(_("kind"), max_length=9, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=200)
    number = models.CharField(_("number"), max_length=40, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    is_granted = models.BooleanField(_("granted"), default=False)

    class Meta:
        verbose_name = _("intellectual property")
        verbose_name_plural = _("intellectual property")
        ordering = ["-year", "pk"]

    def __str__(self) -> str:
        return self.title

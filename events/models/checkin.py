"""The doors: check-in lists, gates, the phones at the gates, and the count."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class CheckInList(models.Model):
    """What a gate checks against: the event as a whole, one of its sessions, or a zone of the venue.

    The main list is the event's own: its entries are what "arrived" and "inside" count.
    """

    class Scope(models.TextChoices):
        """What the list lets people into."""

        EVENT = "EVENT", _("The event")
        SESSION = "SESSION", _("A session")
        ZONE = "ZONE", _("A zone of the venue")

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="checkin_lists")
    name = models.CharField(_("name"), max_length=80)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    scope = models.CharField(_("lets into"), max_length=8, choices=Scope.choices, default=Scope.EVENT)
    is_main = models.BooleanField(_("the event’s own list"), default=False)
    session = models.ForeignKey(
        "events.Session", verbose_name=_("session"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    ticket_types = models.ManyToManyField(
        "events.TicketType", verbose_name=_("ticket types"), blank=True, help_text=_("None chosen: all")
    )
    gates = models.ManyToManyField("events.Gate", verbose_name=_("gates"), blank=True, help_text=_("None chosen: all"))
    allows_reentry = models.BooleanField(_("lets in again who went out"), default=True)
    allows_multiple = models.BooleanField(_("lets in any number of times"), default=False)
    includes_pending = models.BooleanField(_("lets in who waits for approval or has not paid"), default=False)
    auto_exit_at = models.DateTimeField(_("everybody has left by"), null=True, blank=True)
    opens_at = models.DateTimeField(_("from"), null=True, blank=True)
    closes_at = models.DateTimeField(_("until"), null=True, blank=True)
    once_a_day = models.BooleanField(_("lets in once a day"), default=False)
    needs = models.ForeignKey(
        "self", verbose_name=_("only who entered"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    leaves = models.ManyToManyField(
        "self", verbose_name=_("who enters has left"), blank=True, symmetrical=False, related_name="+"
    )

    class Meta:
        verbose_name = _("check-in list")
        verbose_name_plural = _("check-in lists")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event"], condition=Q(is_main=True), name="checkin_list_main_once"),
            models.CheckConstraint(
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(closes_at__gt=F("opens_at")),
                name="checkin_list_closes_after_opening",
            ),
            models.CheckConstraint(condition=~Q(needs=F("id")), name="checkin_list_does_not_need_itself"),
        ]

    def __str__(self) -> str:
        return self.name


class Gate(models.Model):
    """A door of the venue: "A", "B"."""

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="gates")
    name = models.CharField(_("name"), max_length=40)

    class Meta:
        verbose_name = _("gate")
        verbose_name_plural = _("gates")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["event", "name"], name="gate_name_once")]

    def __str__(self) -> str:
        return self.name


class GateDevice(models.Model):
    """A phone at the gates: enrolled by a code that an organiser shows, known by a token, limited to its lists.

    Of the enrolment code and of the token only hashes are kept. The names at the gates live on it: it is revoked when
    lost, and wipes itself at the event's end.
    """

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="gate_devices")
    name = models.CharField(_("name"), max_length=60)
    lists = models.ManyToManyField(
        CheckInList, verbose_name=_("check-in lists"), blank=True, help_text=_("None chosen: all"), related_name="+"
    )
    gate = models.ForeignKey(
        Gate, verbose_name=_("gate"), null=True, blank=True, on_delete=models.SET_NULL, related_name="devices"
    )
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    invited_at = models.DateTimeField(_("invited"))
    enrolment_hash = models.CharField(max_length=64, unique=True, null=True, editable=False)
    enrolment_until = models.DateTimeField(_("code valid until"))
    token_hash = models.CharField(max_length=64, unique=True, null=True, editable=False)
    enrolled_at = models.DateTimeField(_("enrolled"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    last_seen_at = models.DateTimeField(_("last contact"), null=True, blank=True)
    app_version = models.CharField(_("app version"), max_length=40, blank=True)
    waiting = models.PositiveIntegerField(_("scans waiting"), default=0)

    class Meta:
        verbose_name = _("gate phone")
        verbose_name_plural = _("gate phones")
        ordering = ["event", "name", "pk"]

    def __str__(self) -> str:
        return self.name


class CheckInTally(models.Model):
    """The row that every admission writes: it hands out the sequence in commit order, and counts.

    `changes` rises with everything that may turn a ticket away that was good before: a ticket that dies or gets a new
    code, an event or list that is changed. Whoever lets somebody in says which number they read before deciding; if
    it is another by then, they decide anew (see `events.checkin`).
    """

    event = models.OneToOneField("events.Event", primary_key=True, on_delete=models.CASCADE, related_name="tally")
    last_sequence = models.PositiveIntegerField(default=0)
    admitted = models.PositiveIntegerField(_("arrived"), default=0, help_text=_("Tickets let in by the main list"))
    inside = models.PositiveIntegerField(_("inside"), default=0, help_text=_("Of these, who has not gone out"))
    changes = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("check-in tally")
        verbose_name_plural = _("check-in tallies")

    def __str__(self) -> str:
        return str(self.admitted)

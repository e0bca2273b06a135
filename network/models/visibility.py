"""Who may see a field of an entry in the directory."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Visibility(models.TextChoices):
    """From everybody down to those who keep the directory; an entry's owner always sees all of it."""

    PUBLIC = "PUBLIC", _("Everybody")
    MEMBERS = "MEMBERS", _("Members of the network")
    STAFF = "STAFF", _("Only those who keep the directory")

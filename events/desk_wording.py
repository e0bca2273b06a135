"""What refusals mean at the attendee desk, where the reader is an organiser and not the person concerned."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from events.models import Registration
from network.refusals import Refusal
from network.wording import word

WORDING: Mapping[str, Any] = {
    "EVENT_FULL": gettext_lazy("There is no room for it: raise the number of places, or put it on the waiting list."),
    "ALREADY_REGISTERED": gettext_lazy("This person is registered already, under number %(number)s."),
    "REGISTRATION_NOT_FOUND": gettext_lazy("There is no such registration at this event."),
    "REGISTRATION_NOT_ACTIVE": gettext_lazy("It has ended already."),
    "REGISTRATION_NOT_IN_STATE": gettext_lazy("It is not in a state for that: %(status)s."),
    "TOO_LATE_TO_CANCEL": gettext_lazy("The event is over or cancelled, or somebody of them is in already."),
    "CONSENT_REQUIRED": gettext_lazy("Nobody is registered without their consent. Ask the person, then tick it."),
    "NO_FEE": gettext_lazy("No fee is due."),
}


def said(refusal: Refusal) -> str:
    """Return what to tell an organiser, in the active language; what needs no words of its own is worded as ever."""
    wording = WORDING.get(refusal.code)
    return str(wording) % _facts(refusal) if wording else word(refusal)


def _facts(refusal: Refusal) -> dict[str, Any]:
    number, status = None, refusal.facts.get("status", "")
    if "registration_id" in refusal.facts:
        number = (
            Registration.objects.filter(pk=refusal.facts["registration_id"]).values_list("number", flat=True).first()
        )
    known = Registration.Status(status).label if status in Registration.Status.values else status
    return {"number": number, "status": known}

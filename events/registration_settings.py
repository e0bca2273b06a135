"""How an event takes registrations: its waiting list, how long an offer stands, until when answers change, and the bank
account that fees are transferred to."""

from dataclasses import asdict, dataclass, fields
from datetime import datetime

from django.db import transaction

from events import banks, permissions
from events.labels import label
from events.models import Event
from events.notices import EventChanged, announce
from events.planning import locked_event
from network.models import Person
from network.refusals import Invalid, NotPermitted
from network.vietnamese import fold

LONGEST_OFFER = 30 * 24
SHORTEST_ACCOUNT, LONGEST_ACCOUNT = 6, 19
"""VietQR takes at most 19 digits."""


@dataclass(frozen=True, kw_only=True)
class RegistrationSettings:
    """What an organiser sets. The bank account is whole or empty; `answers_until` None is when the event starts."""

    has_waiting_list: bool = True
    offer_hours: int = 24
    answers_until: datetime | None = None
    bank_code: str = ""
    bank_account: str = ""
    bank_holder: str = ""


def change(*, event_id: int, settings: RegistrationSettings, actor: Person) -> Event:
    """Change how an event takes registrations; return it. Offers that stand end when they were said to; who waits
    keeps waiting, also where nobody new may join.

    Raises NotPermitted, EventNotFound, and Invalid at the field: `offer_hours` (out_of_range), `bank_code` (required,
    unknown), `bank_account` (required, malformed), `bank_holder` (required, too_long).
    """
    if not permissions.may_plan_events(actor):
        raise NotPermitted()
    if not 1 <= settings.offer_hours <= LONGEST_OFFER:
        raise Invalid(field="offer_hours", reason="out_of_range", least=1, most=LONGEST_OFFER)
    values = asdict(settings) | _account(settings)
    with transaction.atomic():
        event = locked_event(event_id)
        for name, value in values.items():
            setattr(event, name, value)
        event.save(update_fields=[*values, "updated_at"])
        announce(EventChanged(event_id=event.pk))
    return event


def settings_of(event: Event) -> RegistrationSettings:
    """Return how an event takes registrations now."""
    return RegistrationSettings(**{each.name: getattr(event, each.name) for each in fields(RegistrationSettings)})


def _account(settings: RegistrationSettings) -> dict[str, str]:
    code = settings.bank_code.strip()
    number = "".join(character for character in settings.bank_account if character not in " .-")
    holder = label(settings.bank_holder, field="bank_holder", limit=60, required=False)
    if not (code or number or holder):
        return {"bank_code": "", "bank_account": "", "bank_holder": ""}
    if code not in banks.NAMES:
        raise Invalid(field="bank_code", reason="unknown" if code else "required")
    if not number:
        raise Invalid(field="bank_account", reason="required")
    is_number = number.isascii() and number.isdigit() and SHORTEST_ACCOUNT <= len(number) <= LONGEST_ACCOUNT
    if not is_number:
        raise Invalid(field="bank_account", reason="malformed", example="0011012345678")
    if not any(character.isalpha() and character.isascii() for character in fold(holder)):
        raise Invalid(field="bank_holder", reason="required")
    return {"bank_code": code, "bank_account": number, "bank_holder": holder}

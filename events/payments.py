"""Fees: marked, never charged. Paid on the spot or by bank transfer, and marked as received by people.

The transfer's QR is VietQR (NAPAS specification of 2021 on top of EMVCo's merchant-presented QR): any bank's app in
Viet Nam fills in account, amount and message from it.
"""

from datetime import datetime

from django.db import transaction

from events import doors, history, mails, permissions, seats
from events.models import Event, Registration
from events.refusals import NoFee, RegistrationNotFound
from network.models import Person
from network.vietnamese import fold

_NAPAS = "A000000727"
_TO_ACCOUNT = "QRIBFTTA"
Payment = Registration.Payment


def receive(*, registration_id: int, actor: Person, at: datetime) -> Registration:
    """Mark the fee of a confirmed registration as received; return it.

    Raises RegistrationNotFound (also to whoever may not take fees there) and NoFee.
    """
    with transaction.atomic():
        registration = _held(registration_id, actor)
        if registration.payment != Payment.DUE or registration.status != Registration.Status.CONFIRMED:
            raise NoFee()
        received = registration.due
        registration.received, registration.paid_at = registration.fee, at
        charge(registration, fee=registration.fee)
        registration.save(update_fields=["received", "payment", "paid_at"])
        history.note(registration, "paid", actor=actor, at=at, fee=received)
        mails.paid(registration=registration, at=at)
    return registration


def take_back(*, registration_id: int, actor: Person, at: datetime) -> Registration:
    """Take marks back that were made by mistake; return the registration. Raises as `receive`; only for the desk."""
    with transaction.atomic():
        registration = _held(registration_id, actor)
        if not registration.received or not permissions.may_run_desk(actor, registration.event_id):
            raise NoFee()
        taken_back, registration.received, registration.paid_at = registration.received, 0, None
        charge(registration, fee=registration.fee)
        registration.save(update_fields=["received", "payment", "paid_at"])
        doors.changed(event_id=registration.event_id)
        history.note(registration, "payment_taken_back", actor=actor, at=at, fee=taken_back)
    return registration


def charge(registration: Registration, *, fee: int) -> None:
    """Set the fee of all its places, and whether it is paid: what was received stays received, the rest is due.

    Called inside another rule's transaction, which saves `fee` and `payment`.
    """
    registration.fee = fee
    if not fee:
        registration.payment = Payment.NONE
    else:
        registration.payment = Payment.DUE if registration.due else Payment.RECEIVED


def _held(registration_id: int, actor: Person) -> Registration:
    event_id = Registration.objects.filter(pk=registration_id).values_list("event", flat=True).first()
    if event_id is None or not permissions.may_take_fees(actor, event_id):
        raise RegistrationNotFound()
    seats.hold(event_id=event_id)
    return Registration.objects.select_related("person", "event__venue", "ticket_type").get(pk=registration_id)


def takes_transfers(event: Event) -> bool:
    """Whether the event names a bank account to transfer fees to."""
    return bool(event.bank_code and event.bank_account)


def message(registration: Registration) -> str:
    """Return what a transfer must say, so that it is found on the bank's list: "CAFE047 12"."""
    return f"{registration.event.code.replace(' ', '')} {registration.number}"


def vietqr(registration: Registration) -> str:
    """Return the VietQR payload of what a registration owes. Its event has a bank account (`takes_transfers`)."""
    return transfer(event=registration.event, amount=registration.due, message=message(registration))


def transfer(*, event: Event, amount: int, message: str) -> str:
    """Return the VietQR payload of a transfer of `amount` đồng to an event's account, saying `message` (ASCII)."""
    account = _field("00", event.bank_code) + _field("01", event.bank_account)
    receiver = _field("00", _NAPAS) + _field("01", account) + _field("02", _TO_ACCOUNT)
    parts = [
        _field("00", "01"),  # version of the payload
        _field("01", "12"),  # for one payment
        _field("38", receiver),
        _field("53", "704"),  # ISO 4217: đồng
        _field("54", str(amount)),
        _field("58", "VN"),
    ]
    holder = "".join(character for character in fold(event.bank_holder).upper() if character.isascii())[:25].strip()
    if holder:
        parts.append(_field("59", holder))
    parts.append(_field("62", _field("08", message)))
    payload = "".join(parts) + "6304"
    return payload + f"{checksum(payload.encode('ascii')):04X}"


def _field(number: str, value: str) -> str:
    return f"{number}{len(value):02d}{value}"


def checksum(data: bytes) -> int:
    """Return the CRC-16 of EMVCo's QR: polynomial 0x1021, start 0xFFFF (CRC-16/CCITT-FALSE)."""
    register = 0xFFFF
    for byte in data:
        register ^= byte << 8
        for _ in range(8):
            register = (register << 1) ^ 0x1021 if register & 0x8000 else register << 1
            register &= 0xFFFF
    return register

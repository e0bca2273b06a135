"""People who come by somebody else's word: registered by an organiser, brought along, handed a ticket."""

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from network import names
from network.models import Person
from network.refusals import Invalid

LONGEST_EMAIL = 254


def email_cleaned(text: str, *, field: str = "email") -> str:
    """Return an e-mail address in lower case, without spaces around it. Raises Invalid at `field`: malformed."""
    email = text.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise Invalid(field=field, reason="malformed", example="ten@example.org") from error
    if len(email) > LONGEST_EMAIL:
        raise Invalid(field=field, reason="too_long", limit=LONGEST_EMAIL)
    return email


def phone_cleaned(text: str, *, field: str = "phone") -> str:
    """Return a phone number in E.164, "" for none; without a country it is Vietnamese. Raises Invalid: malformed.

    A spreadsheet drops the zero in front: nine digits are a number that lost it.
    """
    text = text.strip()
    if not text:
        return ""
    text = f"0{text}" if text.isdigit() and len(text) == 9 else text
    try:
        number = phonenumbers.parse(text, "VN")
    except phonenumbers.NumberParseException as error:
        raise Invalid(field=field, reason="malformed", example="0912 345 678") from error
    if not phonenumbers.is_valid_number(number):
        raise Invalid(field=field, reason="malformed", example="0912 345 678")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def known_or_new(*, email: str, full_name: str, language: str = "vi") -> Person:
    """Return the person of this address, made now if there is none; a known person stays as they are.

    Whoever is new has no password and gets in by a code sent to the address. Raises Invalid at `email` (malformed)
    and `full_name` (required, too_long, not_a_name).
    """
    address, name = email_cleaned(email), names.cleaned(full_name)
    known = Person.objects.filter(email__iexact=address).first()
    if known is not None:
        return known
    try:
        with transaction.atomic():
            return Person.objects.create_user(address, full_name=name, preferred_language=language)
    except IntegrityError:
        return Person.objects.get(email__iexact=address)  # somebody made the same person at once

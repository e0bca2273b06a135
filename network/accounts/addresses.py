"""E-mail addresses: what it takes for one to count as its person's."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import authentication_step_completed, password_reset
from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from network.models import Person


@transaction.atomic
def prove(*, person: Person, email: str, keep_password: bool = False, keep_account: int | None = None) -> bool:
    """Keep the address as verified: the person has shown that they read its mailbox. Return whether it counts now.

    An organiser may have registered them, so that there is no row yet. Or somebody else signed up with the address
    before and never confirmed it: what that stranger brought to get in by (a password, an account elsewhere) is
    forgotten, but for the password and the account that the proof itself came with.
    """
    known = EmailAddress.objects.filter(user=person)
    address = known.filter(email=email.lower()).first()
    if address is not None and not known.filter(verified=True).exists():
        _forget_strangers(person, keep_password=keep_password, keep_account=keep_account)
    address = address or EmailAddress(user=person, email=email.lower())
    if not address.verified:
        if not address.set_verified(commit=False):
            return False
        address.set_as_primary(conditional=True)
        address.save()
    return True


def _forget_strangers(person: Person, *, keep_password: bool, keep_account: int | None) -> None:
    if not keep_password and person.has_usable_password():
        person.set_unusable_password()
        person.save(update_fields=["password"])
    SocialAccount.objects.filter(user=person).exclude(pk=keep_account).delete()


def withdraw_claim(person: Person, email: str) -> bool:
    """Take an address from a person who added it to their account and never confirmed it; return whether it was one.

    Whoever reads its mailbox is not to land in that account: the two need not be the same human being.
    """
    rows = EmailAddress.objects.filter(user=person)
    if not rows.filter(verified=True).exists():
        return False
    return bool(rows.filter(email=email.lower(), verified=False).delete()[0])


def belongs(person: Person, email: str) -> bool:
    """Whether this is an address of the person's."""
    return person.email == email.lower() or EmailAddress.objects.filter(user=person, email=email.lower()).exists()


def is_proven(person: Person) -> bool:
    """Whether the person has shown that they read the mailbox that we write to."""
    return is_proven_as(person, person.email)


def is_proven_as(person: Person, email: str) -> bool:
    """Whether this is an address at which the person has shown that they read it."""
    return bool(EmailAddress.objects.filter(user=person, email__iexact=email, verified=True).exists())


def only_address(person: Person) -> str:
    """Return the one address at which the person can have got a letter; empty if there are several."""
    addresses = {person.email, *EmailAddress.objects.filter(user=person).values_list("email", flat=True)}
    return addresses.pop() if len(addresses) == 1 else ""


def listen() -> None:
    """Hear from allauth when a mailbox was proven: by a code from a letter, by a link that set a new password."""
    authentication_step_completed.connect(_on_code, dispatch_uid="network.accounts.code")
    password_reset.connect(_on_reset, dispatch_uid="network.accounts.reset")


def _on_code(*, user: Person, method: str, email: str | None = None, **_signal: Any) -> None:
    if method == "code" and email and not withdraw_claim(user, email):
        prove(person=user, email=email)


def _on_reset(*, user: Person, **_signal: Any) -> None:
    # The link dies when an address is added or removed, so the one of now is the one it was sent to.
    if email := only_address(user):
        prove(person=user, email=email, keep_password=True)

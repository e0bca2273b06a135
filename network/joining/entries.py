"""An entry of the directory, an organisation's or a person's: found, held, and whether it has an owner."""

from typing import Any

from allauth.account.models import EmailAddress

from network.models import Membership, Organisation, Person, Profile
from network.refusals import NotFound

Entry = Organisation | Profile


def hold(*, organisation_id: int | None = None, profile_id: int | None = None) -> Entry:
    """Lock and return an entry that was not merged into another. Raises NotFound."""
    entry: Entry | None
    if organisation_id is not None:
        rows = Organisation.objects.select_for_update(no_key=True).filter(merged_into=None)
        entry = rows.filter(pk=organisation_id).first()
    else:
        entry = Profile.objects.select_for_update(no_key=True, of=("self",)).filter(pk=profile_id or 0).first()
    if entry is None:
        raise NotFound()
    return entry


def hold_again(entry: Entry) -> Entry:
    """Lock and return the entry as it is now. Raises NotFound."""
    return hold(**names(entry, suffix="_id", value=entry.pk))


def named(*, slug: str, is_person: bool = False) -> Entry | None:
    """Return the listed entry at an address of the directory, whoever may see what of it."""
    if is_person:
        return Profile.objects.select_related("person").filter(slug=slug, is_listed=True).first()
    return Organisation.objects.filter(slug=slug, is_listed=True, merged_into=None).first()


def names(entry: Entry, *, suffix: str = "", value: Any = None) -> dict[str, Any]:
    """Return the entry as the one key that rows about entries have: {"organisation": entry}."""
    key = "profile" if isinstance(entry, Profile) else "organisation"
    return {f"{key}{suffix}": entry if value is None else value}


def owners(entry: Entry) -> list[Person]:
    """Return who keeps the entry true: an organisation's owners, or the person whom an entry is about."""
    if isinstance(entry, Profile):
        return [entry.person] if was_here(entry.person) else []
    places = Membership.objects.filter(organisation=entry, role=Membership.Role.OWNER, person__is_active=True)
    return [place.person for place in places.select_related("person").order_by("pk")]


def has_owner(entry: Entry) -> bool:
    """Whether somebody keeps the entry true already."""
    return bool(owners(entry))


def was_here(person: Person) -> bool:
    """Whether a person was ever in their account; staff make accounts for people whose entry they write.

    They logged in, chose a password, or proved that they read its mailbox.
    """
    if not person.is_active:
        return False
    is_known = person.last_login is not None or person.has_usable_password()
    return is_known or EmailAddress.objects.filter(user=person, verified=True).exists()

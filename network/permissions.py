"""Named questions about the network, asked by every door."""

from django.contrib.auth.models import AnonymousUser

from network.models import Person, Profile


def may_edit_profile(person: Person | AnonymousUser, profile: Profile) -> bool:
    """A mentor edits their own profile; staff with the permission edit any."""
    if not person.is_authenticated:
        return False
    return profile.person_id == person.pk or person.has_perm("network.change_profile")

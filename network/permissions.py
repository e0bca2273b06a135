"""Named questions about the network, asked by every door."""

from django.contrib.auth.models import AnonymousUser

from network.models import MentorProfile, Person


def may_edit_mentor_profile(person: Person | AnonymousUser, profile: MentorProfile) -> bool:
    """A mentor edits their own profile; staff with the permission edit any."""
    if not person.is_authenticated:
        return False
    return profile.person_id == person.pk or person.has_perm("network.change_mentorprofile")

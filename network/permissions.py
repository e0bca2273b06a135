"""Named questions about the network, asked by every door."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from network.models import MentorProfile, Person
from network.statements import compiled


def may_edit_mentor_profile(person: Person | AnonymousUser, profile: MentorProfile) -> bool:
    """A mentor edits their own profile; staff with the permission edit any."""
    if not person.is_authenticated:
        return False
    return profile.person_id == person.pk or person.has_perm("network.change_mentorprofile")


def is_mentor(person: Person | AnonymousUser) -> bool:
    """Whether the person has a mentor's entry to edit, listed or not."""
    return person.is_authenticated and bool(_entry(person_id=person.pk))


@compiled
def _entry(person_id: Any) -> QuerySet[MentorProfile, int]:
    return MentorProfile.objects.filter(person_id=person_id).order_by().values_list("pk", flat=True)

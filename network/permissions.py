"""Named questions about the network, asked by every door."""

from django.contrib.auth.models import AnonymousUser

from network.models import Membership, Organisation, Person, Profile


def may_edit_profile(person: Person | AnonymousUser, profile: Profile) -> bool:
    """A mentor edits their own profile; staff with the permission edit any."""
    if not person.is_authenticated:
        return False
    return profile.person_id == person.pk or person.has_perm("network.change_profile")


def may_edit_organisation(person: Person | AnonymousUser, organisation: Organisation) -> bool:
    """Its owners and editors edit an organisation's entry; staff with the permission edit any."""
    editing = [Membership.Role.OWNER, Membership.Role.EDITOR]
    return person.is_authenticated and (
        Membership.objects.filter(person=person, organisation=organisation, role__in=editing).exists()
        or person.has_perm("network.change_organisation")
    )


def may_settle_reports(person: Person | AnonymousUser) -> bool:
    """Keepers who look at reported messages."""
    return person.is_authenticated and person.is_active and person.has_perm("network.settle_contactreport")

"""Named questions about the network, asked by every door."""

from django.contrib.auth.models import AnonymousUser

from network.models import Job, Membership, Organisation, Person, Profile

Viewer = Person | AnonymousUser


def may_edit_profile(person: Viewer, profile: Profile) -> bool:
    """A person edits their own profile; staff with the permission edit any."""
    if not person.is_authenticated:
        return False
    return profile.person_id == person.pk or person.has_perm("network.change_profile")


def may_edit_organisation(person: Person | AnonymousUser, organisation: Organisation) -> bool:
    """An organisation's owners and editors edit its entry; staff with the permission edit any."""
    if not person.is_authenticated:
        return False
    editing = [Membership.Role.OWNER, Membership.Role.EDITOR]
    places = Membership.objects.filter(person=person, organisation=organisation, role__in=editing)
    return places.exists() or person.has_perm("network.change_organisation")


def may_keep_relationships(person: Person | AnonymousUser) -> bool:
    """Those who keep the directory tell who has to do with whom."""
    return person.is_authenticated and person.has_perm("network.change_relationship")


def may_import_organisations(person: Person | AnonymousUser) -> bool:
    """Bring many organisations in and take them out: who may add and change any of them."""
    return person.is_authenticated and person.has_perms(["network.add_organisation", "network.change_organisation"])


def may_have_directory_job(person: Person | AnonymousUser, job: Job) -> bool:
    """Look at long work about the directory and have what came of it, at the time of asking."""
    return may_import_organisations(person)


def may_settle_reports(person: Person | AnonymousUser) -> bool:
    """Keepers who look at reported messages."""
    return person.is_authenticated and person.is_active and person.has_perm("network.settle_contactreport")


def may_hand_roles(person: Person | AnonymousUser, organisation: Organisation) -> bool:
    """An organisation's owners invite colleagues and change their roles; staff with the permission, too."""
    if not person.is_authenticated:
        return False
    places = Membership.objects.filter(person=person, organisation=organisation, role=Membership.Role.OWNER)
    return places.exists() or person.has_perm("network.change_organisation")


def keeps_directory(person: Person | AnonymousUser) -> bool:
    """Whether somebody decides claims and applications, hands out codes and merges entries."""
    return person.is_authenticated and person.is_active and person.has_perm("network.change_organisation")


def may_edit_entry(person: Viewer, entry: Profile | Organisation) -> bool:
    """Whoever edits this entry of the directory."""
    return may_edit_profile(person, entry) if isinstance(entry, Profile) else may_edit_organisation(person, entry)


def may_review_entries(person: Viewer) -> bool:
    """Those who decide about changes of entries."""
    return person.is_authenticated and person.has_perm("network.review_entry")


def keeps_entry(person: Viewer, entry: Profile | Organisation) -> bool:
    """Those who keep the directory: what they write needs no review."""
    changes = "network.change_profile" if isinstance(entry, Profile) else "network.change_organisation"
    return person.is_authenticated and (person.has_perm(changes) or may_review_entries(person))

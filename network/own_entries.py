"""What the directory holds about a person: their entry, the parts that they play, and where they belong."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from network.directory import index
from network.entries import pictures
from network.entry_fields import PROFILE_FIELDS
from network.models import DirectoryEntry, Membership, Person, Profile, Relationship, Role
from network.own_data import Correction, Erasure, OwnFile, Row, section


def _mentor(person: Person) -> Iterator[Row]:
    for profile in Profile.objects.filter(person=person).prefetch_related("sectors", "skills"):
        words = [name for name, field in PROFILE_FIELDS.items() if len(field.columns) == 2]
        yield {
            **{
                f"{name}_{language}": getattr(profile, f"{name}_{language}")
                for name in words
                for language in ("vi", "en")
            },
            "languages": profile.languages,
            "years_of_experience": profile.years_of_experience,
            "availability": profile.get_availability_display(),
            "sectors": ", ".join(sector.name for sector in profile.sectors.all()),
            "skills": ", ".join(skill.name for skill in profile.skills.all()),
            "ward": profile.ward,
            "website": profile.website,
            "links": ", ".join(profile.links),
            "contact_email": profile.contact_email,
            "contact_phone": str(profile.contact_phone or ""),
            "photo": OwnFile(name=str(profile.photo), file=profile.photo) if profile.photo else "",
            "time_zone": profile.time_zone,
            "visibility": ", ".join(f"{name}: {seen}" for name, seen in sorted(profile.visibility.items())),
            "takes_messages": profile.takes_messages,
            "takes_suggestions": profile.takes_suggestions,
            "confirmed_at": profile.confirmed_at,
            "is_listed": profile.is_listed,
            "address": profile.slug,
        }


def _erase_profile(erasure: Erasure) -> None:
    """The photo goes from the disk too, with those that waited and those that were."""
    pictures.forget_held(erasure.person)
    for profile in Profile.objects.filter(person=erasure.person):
        pictures.forget_entry(profile)
        if profile.photo:
            profile.photo.delete(save=False)
        pk = profile.pk
        profile.delete()
        index.refresh(profiles=[pk])


def _correct_mentor(correction: Correction) -> None:
    """The name is part of what the directory searches."""
    for profile in Profile.objects.filter(person=correction.person):
        profile.save()
        index.refresh(profiles=[profile.pk])


def _memberships(person: Person) -> Iterator[Row]:
    for membership in Membership.objects.filter(person=person).select_related("organisation"):
        yield {
            "organisation": membership.organisation.name,
            "role": membership.get_role_display(),
            "position": membership.title,
            "is_public": membership.is_public,
        }


def _left(person: Person) -> None:
    Membership.objects.filter(person=person).delete()


def _roles(person: Person) -> Iterator[Row]:
    for role in Role.objects.filter(profile__person=person):
        yield {"role": role.get_kind_display(), "since": role.since, "until": role.until}


def _relationships(person: Person) -> Iterator[Row]:
    for row in Relationship.objects.filter(profile__person=person).select_related("target"):
        yield {
            "kind": row.get_kind_display(),
            "organisation": row.target.name,
            "since": row.since,
            "until": row.until,
            "note": row.note,
            "source": row.source_url,
            "is_public": row.is_public,
        }


section(
    "mentor",
    rank=1,
    title=_("Mentor's entry"),
    columns={
        "headline_vi": _("Headline (Vietnamese)"),
        "headline_en": _("Headline (English)"),
        "bio_vi": _("About (Vietnamese)"),
        "bio_en": _("About (English)"),
        "helps_with_vi": _("Helps with (Vietnamese)"),
        "helps_with_en": _("Helps with (English)"),
        "experience_vi": _("Experience (Vietnamese)"),
        "experience_en": _("Experience (English)"),
        "languages": _("Languages"),
        "years_of_experience": _("Years of experience"),
        "availability": _("Availability"),
        "sectors": _("Fields of work"),
        "skills": _("Skills"),
        "ward": _("Ward"),
        "website": _("Website"),
        "links": _("Links"),
        "contact_email": _("E-mail in the directory"),
        "contact_phone": _("Phone in the directory"),
        "photo": _("Photo"),
        "time_zone": _("Time zone"),
        "visibility": _("Who sees it"),
        "takes_messages": _("Takes messages"),
        "takes_suggestions": _("Is suggested to others"),
        "confirmed_at": _("Last confirmed"),
        "is_listed": _("Listed in the directory"),
        "address": _("Address in the directory"),
    },
    models=(Profile, Profile.sectors.through, Profile.skills.through, DirectoryEntry),
    collect=_mentor,
    erase=_erase_profile,
    correct=_correct_mentor,
)
section(
    "memberships",
    rank=1,
    title=_("Organisations"),
    columns={
        "organisation": _("Organisation"),
        "role": _("Role"),
        "position": _("Position"),
        "is_public": _("Shown in the directory"),
    },
    models=(Membership,),
    collect=_memberships,
    erase=lambda erasure: _left(erasure.person),
)
section(
    "network_roles",
    rank=1,
    title=_("Your part in the network"),
    columns={"role": _("Role"), "since": _("Since"), "until": _("Until")},
    models=(Role,),
    collect=_roles,
    erase=lambda erasure: None,  # gone with the profile
)
section(
    "relationships",
    rank=1,
    title=_("Your relationships in the directory"),
    columns={
        "kind": _("Kind"),
        "organisation": _("Organisation"),
        "since": _("Since"),
        "until": _("Until"),
        "note": _("Note"),
        "source": _("Source"),
        "is_public": _("Shown in the directory"),
    },
    models=(Relationship,),
    collect=_relationships,
    erase=lambda erasure: None,  # gone with the profile
)

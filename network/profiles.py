"""People keep true what is said of them: their account, and a mentor's entry in the directory."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from network import names, own_data, people, permissions
from network.directory import index
from network.models import Person, Profile, Sector
from network.models.person import Language
from network.refusals import Invalid, NotFound, NotPermitted


@dataclass(frozen=True, kw_only=True)
class MentorWords:
    """The new words; None leaves a field as it is."""

    headline_vi: str | None = None
    headline_en: str | None = None
    bio_vi: str | None = None
    bio_en: str | None = None
    helps_with_vi: str | None = None
    helps_with_en: str | None = None
    is_listed: bool | None = None
    sector_codes: list[str] | None = None


def edit_profile(*, profile_id: int, actor: Person, words: MentorWords) -> Profile:
    """Change a mentor's profile and return it.

    Raises NotFound, NotPermitted, and Invalid (at the field) for an empty Vietnamese headline, a text longer than its
    column, or an unknown sector.
    """
    with transaction.atomic():
        profile = Profile.objects.select_for_update().filter(pk=profile_id).first()
        if profile is None:
            raise NotFound(kind="mentor")
        if not permissions.may_edit_profile(actor, profile):
            raise NotPermitted()
        changed = {name: value for name, value in asdict(words).items() if value is not None}
        codes = changed.pop("sector_codes", None)
        for name, value in changed.items():
            setattr(profile, name, _checked(profile, name, value))
        profile.save()
        if codes is not None:
            profile.sectors.set(_sectors(codes))
        index.refresh(profiles=[profile.pk])
    return profile


def _checked(profile: Profile, name: str, value: str | bool) -> str | bool:
    if isinstance(value, bool):
        return value
    text = value.strip()
    if name == "headline_vi" and not text:
        raise Invalid(field=name, reason="required")
    limit = getattr(profile._meta.get_field(name), "max_length", None)
    if limit and len(text) > limit:
        raise Invalid(field=name, reason="too_long", limit=limit)
    return text


def _sectors(codes: list[str]) -> list[Sector]:
    sectors = list(Sector.objects.filter(code__in=codes))
    if len(sectors) != len(set(codes)):
        raise Invalid(field="sector_codes", reason="unknown")
    return sectors


def correct(*, person: Person, full_name: str, phone: str, language: str, at: datetime) -> Person:
    """Correct one's own name, phone (empty: none) and language; tickets to come follow the name. Return the person.

    Raises Invalid at `full_name` (required, too_long, not_a_name), `phone` (malformed), `language` (unknown).
    """
    name, number = names.cleaned(full_name), people.phone_cleaned(phone)
    if language not in Language.values:
        raise Invalid(field="language", reason="unknown")
    with transaction.atomic():
        person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
        former = person.full_name
        person.full_name, person.phone, person.preferred_language = name, number, language
        person.save(update_fields=["full_name", "phone", "preferred_language", "search_text", "sort_key"])
        own_data.follow(own_data.Correction(person=person, former_name=former, at=at))
    return person

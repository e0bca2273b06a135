"""The entries that accepted applications make."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from network import consents
from network.consents import Purpose
from network.directory import index
from network.joining.application_fields import MADE_AS
from network.models import (
    Application,
    ClubFacts,
    FundFacts,
    Membership,
    Organisation,
    Person,
    Profile,
    Role,
    Sector,
    StartupFacts,
)  # fmt: skip
from network.refusals import Invalid
from network.vietnamese import slug

Facts = Mapping[str, Any]


def mentor(person: Person, facts: Facts, *, at: datetime) -> Profile:
    """Return the person's entry as a mentor: made, or the one that they have with the role added.

    It is shown if they have agreed to be in the directory, and waits for that otherwise.
    """
    profile = Profile.objects.filter(person=person).first()
    if profile is None:
        words = {f"{name}_vi": facts[name] for name in ("headline", "helps_with", "bio")}
        plain = {name: facts[name] for name in ("website", "years_of_experience")}
        profile = Profile(person=person, slug=_free(Profile, person.full_name), **words, **plain)
    profile.is_listed = Purpose.DIRECTORY in consents.standing(person)
    profile.confirmed_at = at
    profile.save()
    profile.sectors.add(*Sector.objects.filter(code__in=facts["sectors"]))
    Role.objects.get_or_create(profile=profile, kind=Role.Kind.MENTOR, until=None, defaults={"since": localdate(at)})
    index.refresh(profiles=[profile.pk])
    return profile


def organisation(person: Person, kind: str, facts: Facts, *, at: datetime) -> Organisation:
    """Return the organisation's entry, listed, with the person as its owner. Raises Invalid at `tax_code`: in_use."""
    tax_code = facts.get("tax_code") or ""
    if tax_code and Organisation.objects.filter(tax_code=tax_code).exists():
        raise Invalid(field="tax_code", reason="in_use")
    address = _free(Organisation, facts["name"])
    row = Organisation.objects.create(
        code=address[:80],
        slug=address,
        kind=MADE_AS.get(kind) or facts["organisation_kind"],
        website=facts["website"],
        contact_email=facts["contact_email"],
        ward=facts.get("ward") or "",
        tax_code=tax_code,
        confirmed_at=at,
        is_listed=True,
        **{"name_vi": facts["name"], "summary_vi": facts["summary"]},
    )
    row.sectors.set(Sector.objects.filter(code__in=facts["sectors"]))
    _write_facts(row, kind, facts)
    owner = Membership.Role.OWNER
    Membership.objects.create(person=person, organisation=row, role=owner, title=facts["title"])
    index.refresh(organisations=[row.pk])
    return row


def _write_facts(row: Organisation, kind: str, facts: Facts) -> None:
    if kind == Application.Kind.CLUB:
        university = {"university_vi": facts["university"]}
        ClubFacts.objects.create(organisation=row, members=facts["members"], **university)
    elif kind == Application.Kind.STARTUP:
        StartupFacts.objects.create(organisation=row, stage=facts["stage"], team_size=facts["team_size"])
    elif kind == Application.Kind.FUND:
        FundFacts.objects.create(organisation=row, stages=facts["stages"])


def _free(model: Any, name: str) -> str:
    """Return an address in the directory that nobody has: the name's, with a number if need be."""
    base = slug(name, max_length=70) or "muc"
    taken = set(model._default_manager.filter(slug__startswith=base).values_list("slug", flat=True))
    if model is Organisation:
        taken |= set(Organisation.objects.filter(code__startswith=base).values_list("code", flat=True))
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return base if base not in taken else next(one for one in numbered if one not in taken)

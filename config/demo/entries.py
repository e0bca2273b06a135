"""People's entries in the directory: those of mentors and of those who speak, with the parts that they play."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from config.demo.people import FOREIGN, email_of
from config.demo.sources import read
from network import consents
from network.models import Consent, Organisation, Person, Profile, Role, Sector, Skill
from network.vietnamese import slug

INVESTS = {Organisation.Kind.VENTURE_FUND, Organisation.Kind.ANGEL_INVESTOR}


def load(*, at: datetime, anew: bool) -> None:
    """Write the entries that are missing. `anew`: those that are there are of a demo without such facts: fill them."""
    listed = {profile.person.email: profile for profile in Profile.objects.select_related("person")}
    for row in read("mentors"):
        found = listed.get(email_of(row["code"]))
        if found is None or anew:
            profile = found or _made(row, at=at)
            _fill(profile, row["code"], sectors=row["sectors"], parts=_mentor_parts(row["code"]), at=at)
    organisations = {row.code: row for row in Organisation.objects.prefetch_related("sectors")}
    for row in read("speakers"):
        if email_of(row["code"]) not in listed:
            home = organisations[row["org"]]
            sectors = [sector.code for sector in home.sectors.all()]
            parts = _speaker_parts(row["code"], home)
            _fill(_made(row, at=at), row["code"], sectors=sectors, parts=parts, at=at)


def _made(row: dict[str, Any], *, at: datetime) -> Profile:
    """The words of mentors.yaml or speakers.yaml, and the consent to show them."""
    person = Person.objects.get(email=email_of(row["code"]))
    said = read("parts").get(row["code"], {})
    profile = Profile.objects.create(
        person=person,
        slug=slug(row["name"]),
        headline_vi=row["headline_vi"],
        headline_en=row["headline_en"],
        bio_vi=row.get("bio_vi", said.get("bio_vi", "")),
        bio_en=row.get("bio_en", said.get("bio_en", "")),
        helps_with_vi=row.get("helps_vi", ""),
        helps_with_en=row.get("helps_en", ""),
        languages=",".join(row.get("languages", ["en" if row["code"] in FOREIGN else "vi"])),
        years_of_experience=row.get("years"),
        is_listed=said.get("is_listed", True),
    )
    if profile.is_listed:
        agreed = [Consent.Purpose.DIRECTORY]
        language = person.preferred_language or "vi"
        consents.give(person=person, purposes=agreed, language=language, channel=Consent.Channel.SITE, at=at)
    return profile


def _fill(profile: Profile, code: str, *, sectors: list[str], parts: Iterable[list[Any]], at: datetime) -> None:
    """What parts.yaml says, and the parts that somebody plays."""
    said = read("parts").get(code, {})
    profile.experience_vi, profile.experience_en = said.get("experience_vi", ""), said.get("experience_en", "")
    profile.availability = said.get("availability", Profile.Availability.OPEN)
    profile.ward, profile.links = said.get("ward", ""), said.get("links", [])
    profile.visibility = said.get("visibility", {})
    if said.get("email"):
        profile.contact_email = profile.person.email
        profile.visibility = {**profile.visibility, "contact_email": "PUBLIC"}
    if "confirmed" in said:
        profile.confirmed_at = at - timedelta(weeks=said["confirmed"])
    profile.save()
    profile.sectors.set(Sector.objects.filter(code__in=sectors))
    profile.skills.set(Skill.objects.filter(code__in=said.get("skills", [])))
    profile.roles.all().delete()
    for kind, *dates in parts:
        since, until = [*dates, None, None][:2]
        profile.roles.create(kind=kind, since=since, until=until)


def _mentor_parts(code: str) -> list[list[Any]]:
    roles: list[list[Any]] = read("parts").get(code, {}).get("roles", [])
    return roles if any(role[0] == Role.Kind.MENTOR for role in roles) else [[Role.Kind.MENTOR], *roles]


def _speaker_parts(code: str, home: Organisation) -> list[list[Any]]:
    """They speak; who founded a company or belongs to a fund plays that part too."""
    roles: list[list[Any]] = list(read("parts").get(code, {}).get("roles", []))
    lasting = {role[0] for role in roles if len(role) < 3}
    if home.kind == Organisation.Kind.STARTUP:
        roles.append([Role.Kind.FOUNDER, date(home.founded_year or 2020, 1, 1)])
    if home.kind in INVESTS and Role.Kind.INVESTOR not in lasting:
        roles.append([Role.Kind.INVESTOR, date(home.founded_year or 2020, 1, 1)])
    return [*roles, [Role.Kind.SPEAKER]]

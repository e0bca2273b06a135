"""What the entries of organisations say: where they lie, what only their kind has, and who has to do with whom.

An entry is filled when it is made, or when the demo was loaded before there were such facts; then it is its owner's.
"""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from config.demo import logins
from config.demo.people import email_of
from config.demo.sources import read
from network.models import CentreFacts, ClubFacts, FundFacts, Organisation, Profile, Relationship, Skill, StartupFacts

NEARBY = 0.006
FACTS = {"fund": FundFacts, "startup": StartupFacts, "centre": CentreFacts, "club": ClubFacts}


def load_skills() -> bool:
    """Write the skills; return whether there were none: this demo has no facts in its entries yet."""
    known = set(Skill.objects.values_list("code", flat=True))
    rows = [row for row in read("skills") if row["code"] not in known]
    for row in rows:
        order = read("skills").index(row)
        Skill.objects.create(code=row["code"], name_vi=row["vi"], name_en=row["en"], order=order)
    return len(rows) == len(read("skills"))


def fill(organisations: list[Organisation], *, at: datetime) -> None:
    """Write what the content knows of these organisations."""
    skills = {row.code: row for row in Skill.objects.all()}
    for organisation in organisations:
        said = read("entries").get(organisation.code, {})
        _stand(organisation, said, at=at)
        organisation.needs.set([skills[code] for code in said.get("needs", [])])
        for name, model in FACTS.items():
            if name in said:
                model.objects.update_or_create(organisation=organisation, defaults=said[name])
        _raise(organisation, said.get("rounds", []))
        for right in said.get("ip", []):
            organisation.intellectual_property.get_or_create(title=right["title"], defaults=right)


def _stand(organisation: Organisation, said: dict[str, Any], *, at: datetime) -> None:
    """The columns of the entry itself."""
    organisation.latitude, organisation.longitude = position(organisation)
    organisation.description_vi = said.get("description_vi", "")
    organisation.description_en = said.get("description_en", "")
    organisation.website = said.get("website", "")
    organisation.links = said.get("links", [])
    organisation.visibility = said.get("visibility", {})
    if said.get("email"):
        organisation.contact_email = f"{organisation.code}@{logins.DOMAIN}"
        organisation.visibility = {**organisation.visibility, "contact_email": "PUBLIC"}
    if "confirmed" in said:
        organisation.confirmed_at = at - timedelta(weeks=said["confirmed"])
    organisation.save()


def position(organisation: Organisation) -> tuple[float | None, float | None]:
    """A spot near the middle of its ward, always the same; none for those who are elsewhere."""
    middle = read("wards").get(organisation.ward)
    if middle is None or organisation.country != "VN":
        return None, None
    chance = Random(organisation.code)
    return tuple(round(degrees + chance.uniform(-NEARBY, NEARBY), 5) for degrees in middle)  # type: ignore[return-value]


def _raise(organisation: Organisation, rounds: list[dict[str, Any]]) -> None:
    for row in rounds:
        organisation.funding_rounds.get_or_create(
            announced_on=row["announced"],
            defaults={
                "stage": row["stage"],
                "amount": row["amount"],
                "currency": row["currency"],
                "investors": row["investors"],
                "source_url": row["source"],
            },
        )


def load_ties() -> None:
    """Write the relationships that are missing, whether they still last or not."""
    organisations = dict(Organisation.objects.values_list("code", "pk"))
    people = dict(Profile.objects.values_list("person__email", "pk"))
    told = [*read("ties"), *_founders()]
    for row in told:
        source = {"organisation_id": organisations.get(row["from"])}
        if row["from"] not in organisations:
            source = {"profile_id": people.get(email_of(row["from"]))}
        Relationship.objects.get_or_create(
            kind=row["kind"],
            target_id=organisations[row["to"]],
            **source,
            defaults={
                "since": row.get("since"),
                "until": row.get("until"),
                "note": row.get("note_vi", ""),
                "source_url": row.get("source", ""),
            },
        )


def _founders() -> list[dict[str, Any]]:
    """Each founder with their company, since the year it was founded."""
    founded = {row["code"]: row["founded"] for row in read("organisations")["invented"] if row["kind"] == "STARTUP"}
    return [
        {"kind": "FOUNDED", "from": row["code"], "to": row["org"], "since": f"{founded[row['org']]}-01-01"}
        for row in read("speakers")
        if row["org"] in founded
    ]

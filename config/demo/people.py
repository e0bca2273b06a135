"""People: mentors, those who speak, and a crowd with names as people here have them."""

from collections.abc import Iterator
from random import Random

from allauth.account.models import EmailAddress

from config.demo import logins
from config.demo.sources import read
from network.models import Membership, Organisation, Person
from network.vietnamese import slug

CROWD = 160
FOREIGN = {"kim-seo-yeon", "tan-wei-ling", "park-ji-hoon"}


def email_of(code: str) -> str:
    """The address of somebody in the content; the first mentor is a demo login."""
    return logins.MENTOR.email if code == read("mentors")[0]["code"] else f"{code}@{logins.DOMAIN}"


def load() -> None:
    """Write everybody who is missing, with their memberships; `entries` writes what the directory says of them."""
    known = set(Person.objects.filter(email__endswith=f"@{logins.DOMAIN}").values_list("email", flat=True))
    _load_mentors(known)
    _load_speakers(known)
    _load_crowd(known)


def by_code() -> dict[str, Person]:
    """Mentors and speakers by their code in the content."""
    codes = {email_of(row["code"]): row["code"] for row in [*read("mentors"), *read("speakers")]}
    return {codes[person.email]: person for person in Person.objects.filter(email__in=codes)}


def guests() -> list[Person]:
    """Everybody of the demo who may come to an event without working there, in a fixed order."""
    staff = [login.email for login in logins.ALL]
    return list(Person.objects.filter(email__endswith=f"@{logins.DOMAIN}").exclude(email__in=staff).order_by("email"))


def _make(email: str, name: str, *, language: str = "vi") -> Person:
    made = Person.objects.create_user(email, full_name=name, preferred_language=language)
    EmailAddress.objects.create(user=made, email=email, verified=True, primary=True)
    return made


def _load_mentors(known: set[str]) -> None:
    for row in read("mentors"):
        email = email_of(row["code"])
        if email not in known:
            _make(email, row["name"], language="en" if row["code"] in FOREIGN else "vi")


def _load_speakers(known: set[str]) -> None:
    organisations = {row.code: row for row in Organisation.objects.all()}
    for row in read("speakers"):
        if email_of(row["code"]) in known:
            continue
        person = _make(email_of(row["code"]), row["name"], language="en" if row["code"] in FOREIGN else "vi")
        founder = organisations[row["org"]].kind == Organisation.Kind.STARTUP
        Membership.objects.create(
            person=person,
            organisation=organisations[row["org"]],
            role=Membership.Role.OWNER if founder else Membership.Role.EDITOR,
            title="Nhà sáng lập" if founder else "Đại diện",
            is_public=True,
        )


def _load_crowd(known: set[str]) -> None:
    joinable = list(Organisation.objects.filter(kind__in=["UNIVERSITY_CLUB", "STARTUP", "ENTERPRISE"]).order_by("code"))
    chance = Random("crowd")
    for email, name in crowd():
        home = chance.choice([*joinable, None])
        if email not in known:
            person = _make(email, name)
            if home is not None:
                Membership.objects.create(person=person, organisation=home)


def crowd() -> Iterator[tuple[str, str]]:
    """Addresses and names of the crowd, always the same, no name twice."""
    names, chance, told = read("names"), Random("names"), set[str]()
    while len(told) < CROWD:
        kind = names[chance.choice(["women", "men"])]
        name = " ".join([chance.choice(names["family"]), chance.choice(kind["middle"]), chance.choice(kind["given"])])
        address = slug(name).replace("-", ".")
        if address not in told:
            told.add(address)
            yield f"{address}@{logins.DOMAIN}", name

"""Entries that wait for their owners, and people who say that they are theirs."""

import re
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Permission

from network import outbox
from network.models import Membership, Organisation, OutgoingMail, Person, Profile
from tests.factories import OrganisationFactory, PersonFactory, ProfileFactory


def keeper(**fields: Any) -> Person:
    """Somebody who keeps the directory."""
    person = PersonFactory.create(is_staff=True, **fields)
    wanted = ("change_organisation", "change_profile", "view_profile")
    person.user_permissions.add(*Permission.objects.filter(codename__in=wanted, content_type__app_label="network"))
    return Person.objects.get(pk=person.pk)


def unowned(**fields: Any) -> Organisation:
    """An organisation that staff wrote down, with a domain of its own."""
    return OrganisationFactory.create(**({"website": "https://www.cangxanh.vn/gioi-thieu"} | fields))


def made_by_staff(**fields: Any) -> Profile:
    """A person's entry whose person was never here."""
    person = Person.objects.create_user(f"cho{Person.objects.count()}@example.org", full_name="Đỗ Thị Chờ")
    return ProfileFactory.create(person=person, **fields)


def with_address(email: str, *, verified: bool = True, **fields: Any) -> Person:
    """Somebody whose account has this address, confirmed unless told otherwise."""
    person = PersonFactory.create(email=email, **fields)
    EmailAddress.objects.create(user=person, email=email, verified=verified, primary=True)
    return person


def owner_of(organisation: Organisation, role: str = "OWNER", **fields: Any) -> Person:
    """Somebody with a place in the organisation."""
    person = PersonFactory.create(**fields)
    Membership.objects.create(person=person, organisation=organisation, role=role)
    return person


def letters(to: str) -> list[str]:
    """The kinds of the letters to an address, in order."""
    return list(OutgoingMail.objects.filter(recipient=to).order_by("pk").values_list("kind", flat=True))


def newest(to: str) -> str:
    """The text of the newest letter to an address."""
    mail = OutgoingMail.objects.filter(recipient=to).latest("pk")
    return str(outbox.opened(mail).get_body(("plain",)).get_content())  # type: ignore[union-attr]  # every letter has one


def code_in(text: str) -> str:
    """The code of eight figures in a letter."""
    found = re.search(r"\b\d{8}\b", text)
    assert found is not None, text
    return found[0]


def link_in(text: str, containing: str) -> str:
    """The path of the link in a letter that holds these words."""
    found = next(link for link in re.findall(r"https?://\S+", text) if containing in link)
    return re.sub(r"^https?://[^/]+", "", found)

"""What joining holds about somebody, planted for the figure of the erasure."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from network.models import Application, Claim, ClaimCode, ColleagueInvitation
from tests.factories import NOW, OrganisationFactory, PersonFactory

if TYPE_CHECKING:
    from tests.network.planted import Planted


def plant(planted: Planted) -> None:
    """They claim, are invited, apply; and others name them in what is theirs."""
    person, organisation = planted.person, OrganisationFactory.create()
    planted.own["claims_by"] = "cay@to-chuc.example"
    Claim.objects.create(
        organisation=organisation,
        person=person,
        status="REFUSED",
        way="LETTER",
        email=planted.own["claims_by"],
        note=planted.value("claim_note"),
        words=planted.value("claim_words"),
        code_print=uuid4().hex,
        made_at=NOW,
    )
    Claim.objects.create(
        organisation=organisation,
        person=PersonFactory.create(),
        status="WAITING",
        way="STAFF",
        note=f"Hỏi {planted.own['email']} là biết",
        made_at=NOW,
    )
    used = {"used_by": person, "used_at": NOW, "made_at": NOW, "expires_at": NOW + timedelta(days=30)}
    ClaimCode.objects.create(organisation=organisation, code_print=uuid4().hex, note=planted.value("code_note"), **used)
    ColleagueInvitation.objects.create(
        organisation=organisation,
        email=planted.own["email"].upper(),
        role="EDITOR",
        token_print=uuid4().hex,
        invited_at=NOW,
        expires_at=NOW + timedelta(days=14),
    )
    Application.objects.create(
        person=person,
        kind="MENTOR",
        facts={"headline": planted.value("applied")},
        words=planted.value("answered"),
        submitted_at=NOW,
        changed_at=NOW,
    )

"""The operations of joining, and what they are asked with: part of the world of `tests.api.operations`."""

from network.global_ids import global_id
from network.joining import applications, claim_codes, colleagues
from network.models import Membership, Person
from tests.factories import NOW, OrganisationFactory, SectorFactory
from tests.network.joining_scenes import keeper, link_in, newest

ERRORS = "errors { code field message }"
CLAIM = "claim { id status way email madeAt words organisation { slug name } profile { slug } }"
APPLICATION = (
    "application { id kind status title words submittedAt changedAt organisation { slug name } profile { slug } }"
)


def world(owner: Person | None) -> dict[str, str]:
    """An entry that nobody keeps with a code for it; one that `owner` keeps, with an invitation; an application."""
    assert owner is not None
    alone, kept = OrganisationFactory.create(website="https://mot-minh.vn"), OrganisationFactory.create()
    Membership.objects.create(person=owner, organisation=kept, role="OWNER")
    _row, code = claim_codes.hand_out(entry=alone, note="", actor=keeper(), at=NOW)
    colleagues.invite(organisation_id=kept.pk, email="moi@moi.example", role="EDITOR", actor=owner, at=NOW)
    sector = SectorFactory.create()
    facts = {"headline": "Mười năm", "helps_with": "Bán hàng", "sectors": [sector.code]}
    applied = applications.submit(kind="MENTOR", given=facts, actor=owner, at=NOW)
    return {
        "claimable": alone.slug,
        "owned": kept.slug,
        "claimCode": code,
        "invitation": link_in(newest("moi@moi.example"), "/loi-moi/").split("/")[-2],
        "sector": sector.code,
        "application": global_id(applied),
    }


def _act(name: str, given: str, answer: str, **variables: str) -> str:
    declared = ", ".join(f"${variable}: {kind}" for variable, kind in variables.items())
    return f"mutation ({declared}) {{ {name}(input: {{{given}}}) {{ {answer} {ERRORS} }} }}"


QUERIES = {
    "myApplications": f"{{ myApplications {APPLICATION.removeprefix('application ')} }}",
    "similarOrganisations": '{ similarOrganisations(name: "Tổ chức 1", taxCode: "0201234567", website: "mot-minh.vn") '
    "{ because organisation { slug name kind ward } } }",
}
MUTATIONS = {
    "claimEntry": _act("claimEntry", 'slug: $claimable, note: "Tôi là giám đốc"', CLAIM, claimable="String!"),
    "confirmClaim": _act(
        "confirmClaim", "slug: $claimable, code: $claimCode", CLAIM, claimable="String!", claimCode="String!"
    ),
    "inviteColleague": _act(
        "inviteColleague",
        'slug: $owned, email: "khac@moi.example", role: EDITOR',
        "invitation { id email role expiresAt }",
        owned="String!",
    ),
    "acceptInvitation": _act(
        "acceptInvitation", "token: $invitation", "membership { role organisationSlug }", invitation="String!"
    ),
    "declineInvitation": _act("declineInvitation", "token: $invitation", "isDeclined", invitation="String!"),
    "confirmEntry": _act("confirmEntry", "slug: $owned", "isConfirmed", owned="String!"),
    "proposeOrganisation": _act(
        "proposeOrganisation",
        'kind: INCUBATOR, name: "Vườn ươm Bến Cảng", summary: "Ươm dự án cảng.", title: "Giám đốc", sectors: [$sector]',
        APPLICATION,
        sector="String!",
    ),
    "applyToJoin": _act(
        "applyToJoin",
        'kind: STARTUP, name: "Sóng Lớn", summary: "Dự báo sóng.", title: "CEO", stage: "SEED", sectors: [$sector]',
        APPLICATION,
        sector="String!",
    ),
    "withdrawApplication": _act("withdrawApplication", "applicationId: $application", APPLICATION, application="ID!"),
}

"""Joining: claims, colleagues, applications, and the yearly "still correct"."""

from typing import Any

import graphene
from django.utils.translation import get_language

from network import limits, models
from network.doors import Permission
from network.global_ids import number_of
from network.joining import applications, claims, colleagues, entries, freshness
from network.joining.entries import Entry
from network.refusals import NotFound

from ..acts import Act
from ..batch import together
from ..permission import permitted
from .joining_types import (
    Application,
    ApplicationKind,
    Claim,
    ColleagueInvitation,
    LookAlike,
    MembershipRole,
    OwnMembership,
)  # fmt: skip
from .types import OrganisationKind

CHANNEL = models.Consent.Channel.API


def _entry(slug: str, is_person: bool | None) -> Entry:
    entry = entries.named(slug=slug, is_person=bool(is_person))
    if entry is None:
        raise NotFound()
    return entry


def _slug() -> graphene.String:
    return graphene.String(required=True, description="The entry's, of its address in the directory.")


def _is_person() -> graphene.Boolean:
    return graphene.Boolean(description="Whether it is a person's entry; else it is an organisation's.")


class ClaimEntry(Act, permission=Permission.SIGNED_IN, budget="claim"):
    """Claim an entry that nobody keeps. Without `email` and `note`, by the account's confirmed addresses; with `email`,
    a code is sent there; with `note`, the centre decides. If somebody keeps the entry already, the claim waits."""

    class Input:
        """Which entry, and by which way."""

        slug = _slug()
        is_person = _is_person()
        email = graphene.String(description="An address at the entry's domain, to which a code is sent.")
        note = graphene.String(description="Why one may speak for the entry: the centre decides.")

    claim = graphene.Field(Claim, description="As it is now.")

    @staticmethod
    def do(
        caller: Any, *, slug: str, is_person: bool | None = None, email: str | None = None, note: str | None = None
    ) -> dict[str, Any]:
        given = {"entry": _entry(slug, is_person), "actor": caller.viewer, "at": caller.at}
        if email is not None:
            limits.spend(act="claim_letter", account=caller.viewer.pk, address=caller.address)
            return {"claim": claims.send_code(email=email, language=get_language() or "vi", **given)}
        return {"claim": claims.ask(note=note, **given) if note is not None else claims.claim(**given)}


class ConfirmClaim(Act, permission=Permission.SIGNED_IN, budget="claim"):
    """Claim by a code: from the letter that `claimEntry` sent, or handed out by the centre."""

    class Input:
        """Which entry, and the code."""

        slug = _slug()
        is_person = _is_person()
        code = graphene.String(required=True, description="As it was typed.")

    claim = graphene.Field(Claim, description="As it is now.")

    @staticmethod
    def do(caller: Any, *, slug: str, code: str, is_person: bool | None = None) -> dict[str, Any]:
        entry = _entry(slug, is_person)
        return {"claim": claims.confirm(entry=entry, code=code, actor=caller.viewer, at=caller.at)}


class InviteColleague(Act, permission=Permission.SIGNED_IN, budget="invite_colleague"):
    """Invite somebody to an organisation that the viewer owns; a letter carries the link."""

    class Input:
        """Whom, and as what."""

        slug = _slug()
        email = graphene.String(required=True, description="Where the invitation is sent.")
        role = MembershipRole(required=True, description="What they may do once they accept.")

    invitation = graphene.Field(ColleagueInvitation, description="Good for fourteen days.")

    @staticmethod
    def do(caller: Any, *, slug: str, email: str, role: Any) -> dict[str, Any]:
        row = models.Organisation.objects.filter(slug=slug, merged_into=None).first()
        if row is None:
            raise NotFound()
        given = {"email": email, "role": role.value, "actor": caller.viewer, "at": caller.at}
        return {"invitation": colleagues.invite(organisation_id=row.pk, language=get_language() or "vi", **given)}


class AcceptInvitation(Act, permission=Permission.SIGNED_IN, budget="answer_invitation"):
    """Accept the invitation of a letter."""

    class Input:
        """The last part of the letter's link."""

        token = graphene.String(required=True, description="Of the link.")

    membership = graphene.Field(OwnMembership, description="The viewer's place now.")

    @staticmethod
    def do(caller: Any, *, token: str) -> dict[str, Any]:
        return {"membership": colleagues.accept(token=token, actor=caller.viewer, at=caller.at)}


class DeclineInvitation(Act, permission=Permission.SIGNED_IN, budget="answer_invitation"):
    """Decline the invitation of a letter; on the site nobody need log in for that."""

    class Input:
        """The last part of the letter's link."""

        token = graphene.String(required=True, description="Of the link.")

    is_declined = graphene.Boolean(description="True once it is done.")

    @staticmethod
    def do(caller: Any, *, token: str) -> dict[str, Any]:
        colleagues.decline(token=token, actor=caller.viewer, at=caller.at)
        return {"is_declined": True}


class ConfirmEntry(Act, permission=Permission.SIGNED_IN, budget="confirm_entry"):
    """Say that an entry that the viewer keeps is still correct. One that silence took off the directory comes back."""

    class Input:
        """Which entry."""

        slug = _slug()
        is_person = _is_person()

    is_confirmed = graphene.Boolean(description="True once it is done: the next question comes in a year.")

    @staticmethod
    def do(caller: Any, *, slug: str, is_person: bool | None = None) -> dict[str, Any]:
        entry: Entry | None
        if is_person:
            entry = models.Profile.objects.filter(slug=slug).first()
        else:
            entry = models.Organisation.objects.filter(slug=slug).first()
        if entry is None:
            raise NotFound()
        freshness.confirm(entry=entry, actor=caller.viewer, at=caller.at)
        return {"is_confirmed": True}


def _words(description: str) -> graphene.String:
    return graphene.String(description=description)


def _codes(description: str) -> graphene.List:
    return graphene.List(graphene.NonNull(graphene.String), description=description)


class ProposeOrganisation(Act, permission=Permission.SIGNED_IN, budget="apply"):
    """Propose an organisation that the directory does not have; once the centre accepts, the viewer owns its entry.
    Ask `similarOrganisations` first: one that is there already is claimed instead."""

    class Input:
        """What the entry begins with."""

        kind = OrganisationKind(required=True, description="What it is.")
        name = graphene.String(required=True, description="In Vietnamese, as it is registered.")
        summary = graphene.String(required=True, description="In one sentence.")
        sectors = _codes("Codes of fields; at least one.")
        title = graphene.String(required=True, description="The viewer's position there.")
        website = _words("A web address.")
        contact_email = _words("Of the organisation.")
        tax_code = _words("Ten figures, or thirteen for a branch.")
        ward = _words("Ward, commune or special zone.")
        message = _words("For those who read applications alone.")
        is_another = graphene.Boolean(description="It is none of those that look like it.")
        agrees_to_directory = graphene.Boolean(description="Consent to be shown, having read its text.")

    application = graphene.Field(Application, description="As it was sent.")

    @staticmethod
    def do(caller: Any, *, kind: Any, **given: Any) -> dict[str, Any]:
        return _submitted(caller, models.Application.Kind.ORGANISATION, {**given, "organisation_kind": kind.value})


class ApplyToJoin(Act, permission=Permission.SIGNED_IN, budget="apply"):
    """Apply as a mentor, or with a club, startup or fund. What is asked differs by the kind; what is missing is told at
    its field."""

    class Input:
        """As what, and what is asked of that kind."""

        kind = ApplicationKind(required=True, description="ORGANISATION is `proposeOrganisation`.")
        name = _words("Of the organisation.")
        summary = _words("Of the organisation, in one sentence.")
        title = _words("The viewer's position there.")
        sectors = _codes("Codes of fields; at least one.")
        website = _words("A web address.")
        contact_email = _words("Of the organisation.")
        tax_code = _words("Ten figures, or thirteen for a branch.")
        ward = _words("Ward, commune or special zone.")
        university = _words("A club's.")
        members = graphene.Int(description="A club's.")
        stage = _words("A startup's.")
        team_size = graphene.Int(description="A startup's.")
        stages = _codes("A fund's: the stages that it invests in.")
        headline = _words("A mentor's.")
        helps_with = _words("A mentor's, separated by commas.")
        bio = _words("A mentor's.")
        years_of_experience = graphene.Int(description="A mentor's.")
        message = _words("For those who read applications alone.")
        is_another = graphene.Boolean(description="It is none of those that look like it.")
        agrees_to_directory = graphene.Boolean(description="Consent to be shown, having read its text.")

    application = graphene.Field(Application, description="As it was sent.")

    @staticmethod
    def do(caller: Any, *, kind: Any, **given: Any) -> dict[str, Any]:
        return _submitted(caller, kind.value, given)


def _submitted(caller: Any, kind: str, given: dict[str, Any]) -> dict[str, Any]:
    is_another, agrees = given.pop("is_another", False), given.pop("agrees_to_directory", False)
    row = applications.submit(
        kind=kind,
        given=given,
        actor=caller.viewer,
        at=caller.at,
        is_another=bool(is_another),
        agrees=bool(agrees),
        language=get_language() or "vi",
        channel=CHANNEL,
    )
    return {"application": row}


class WithdrawApplication(Act, permission=Permission.SIGNED_IN, budget="apply"):
    """Take one's own application back while it is open."""

    class Input:
        """Which one."""

        application_id = graphene.ID(required=True, description="Its global id.")

    application = graphene.Field(Application, description="As it is now.")

    @staticmethod
    def do(caller: Any, *, application_id: str) -> dict[str, Any]:
        number = number_of(application_id, "Application")
        return {"application": applications.withdraw(application_id=number, actor=caller.viewer, at=caller.at)}


class JoiningQuery(graphene.ObjectType):
    """Where the viewer's applications stand, and what a proposal looks like."""

    my_applications = graphene.List(
        graphene.NonNull(Application), required=True, description="The viewer's, newest first."
    )
    similar_organisations = graphene.List(
        graphene.NonNull(LookAlike),
        required=True,
        description="Listed organisations that look like one of this name, tax code or domain; at most eight.",
        name=graphene.String(required=True),
        tax_code=graphene.String(),
        website=graphene.String(),
        contact_email=graphene.String(),
    )

    @permitted(Permission.SIGNED_IN)
    def resolve_my_applications(self: Any, info: Any) -> Any:
        return together(applications.own(info.context.viewer))

    @permitted(Permission.SIGNED_IN)
    def resolve_similar_organisations(self: Any, info: Any, **given: str | None) -> Any:
        known = {name: (value or "").replace("\0", "")[:300] for name, value in given.items()}
        return applications.look_alike(kind=models.Application.Kind.ORGANISATION, given=known)


class JoiningMutation(graphene.ObjectType):
    """Acts of joining."""

    claim_entry = ClaimEntry.Field(required=True)
    confirm_claim = ConfirmClaim.Field(required=True)
    invite_colleague = InviteColleague.Field(required=True)
    accept_invitation = AcceptInvitation.Field(required=True)
    decline_invitation = DeclineInvitation.Field(required=True)
    confirm_entry = ConfirmEntry.Field(required=True)
    propose_organisation = ProposeOrganisation.Field(required=True)
    apply_to_join = ApplyToJoin.Field(required=True)
    withdraw_application = WithdrawApplication.Field(required=True)

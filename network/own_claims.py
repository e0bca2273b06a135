"""What joining holds about a person: claims, invitations, applications."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from network import mentions
from network.models import Application, Claim, ClaimCode, ColleagueInvitation, FreshnessReminder, Person
from network.own_data import Erasure, Row, section
from network.own_sections import emails_of


def _claims(person: Person) -> Iterator[Row]:
    for claim in Claim.objects.filter(person=person).select_related("organisation", "profile__person"):
        yield {
            "entry": str(claim.organisation or claim.profile),
            "status": claim.get_status_display(),
            "proven_by": claim.get_way_display(),
            "email": claim.email,
            "note": claim.note,
            "words": claim.words,
            "made_at": claim.made_at,
            "decided_at": claim.decided_at,
        }


def _erase_claims(erasure: Erasure) -> None:
    """The claims go; whom a code was meant for, and an address in somebody else's claim, is struck out."""
    Claim.objects.filter(person=erasure.person).delete()
    for model, fields in ((Claim, ("email", "note", "words")), (ClaimCode, ("note",))):
        mentions.strike(mentions.naming(model._default_manager.all(), erasure.marks, *fields), erasure.marks, *fields)
    used = ClaimCode.objects.filter(used_by=erasure.person)
    used.update(note="")


def _codes(person: Person) -> Iterator[Row]:
    for code in ClaimCode.objects.filter(used_by=person).select_related("organisation", "profile__person"):
        yield {"entry": str(code.organisation or code.profile), "note": code.note, "used_at": code.used_at}


def _of(person: Person) -> Q:
    wanted = Q(answered_by=person)
    for email in emails_of(person):
        wanted |= Q(email__iexact=email)
    return wanted


def _invitations(person: Person) -> Iterator[Row]:
    for row in ColleagueInvitation.objects.filter(_of(person)).select_related("organisation"):
        yield {
            "organisation": row.organisation.name,
            "email": row.email,
            "role": row.get_role_display(),
            "invited_at": row.invited_at,
            "answer": row.get_answer_display(),
        }


def _erase_invitations(erasure: Erasure) -> None:
    wanted = Q(answered_by=erasure.person)
    for email in erasure.emails:
        wanted |= Q(email__iexact=email)
    ColleagueInvitation.objects.filter(wanted).delete()


def _applications(person: Person) -> Iterator[Row]:
    for row in Application.objects.filter(person=person):
        yield {
            "kind": row.get_kind_display(),
            "status": row.get_status_display(),
            "facts": row.facts,
            "words": row.words,
            "submitted_at": row.submitted_at,
        }


def _erase_applications(erasure: Erasure) -> None:
    Application.objects.filter(person=erasure.person).delete()
    fields = ("facts", "words")
    mentions.strike(mentions.naming(Application.objects.all(), erasure.marks, *fields), erasure.marks, *fields)


section(
    "claims",
    rank=1,
    title=_("Entries that you claimed"),
    columns={
        "entry": _("Entry"),
        "status": _("Status"),
        "proven_by": _("Proven by"),
        "email": _("E-mail"),
        "note": _("What you said"),
        "words": _("What staff said"),
        "made_at": _("Claimed"),
        "decided_at": _("Decided"),
    },
    models=(Claim,),
    collect=_claims,
    erase=_erase_claims,
)
section(
    "claim_codes",
    rank=1,
    title=_("Codes by which you claimed"),
    columns={"entry": _("Entry"), "note": _("For whom"), "used_at": _("Used")},
    models=(ClaimCode, FreshnessReminder),
    collect=_codes,
    erase=lambda erasure: None,  # with the claims; reminders are about the entry, and go with a person's
)
section(
    "colleague_invitations",
    rank=1,
    title=_("Invitations to organisations"),
    columns={
        "organisation": _("Organisation"),
        "email": _("E-mail"),
        "role": _("Role"),
        "invited_at": _("Invited"),
        "answer": _("Answer"),
    },
    models=(ColleagueInvitation,),
    collect=_invitations,
    erase=_erase_invitations,
)
section(
    "applications",
    rank=1,
    title=_("Your applications to join"),
    columns={
        "kind": _("As"),
        "status": _("Status"),
        "facts": _("What you wrote"),
        "words": _("What staff said"),
        "submitted_at": _("Sent"),
    },
    models=(Application,),
    collect=_applications,
    erase=_erase_applications,
)

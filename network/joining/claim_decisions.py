"""Staff decide what waits: claims that nothing proves, and those of an entry that has an owner."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from network import permissions
from network.joining import claims, entries, letters
from network.joining.refusals import AlreadyYours, ClaimNotOpen
from network.models import Claim, Membership, Organisation, Person, Profile
from network.refusals import Invalid, NotFound, NotPermitted

LONGEST_WORDS = 500


def waiting() -> QuerySet[Claim]:
    """Return the claims that wait for staff, the oldest first, with entry and person."""
    rows = Claim.objects.filter(status=Claim.Status.WAITING)
    return rows.select_related("organisation", "profile__person", "person").order_by("made_at", "pk")


def grant(*, claim_id: int, replaces: bool, actor: Person, at: datetime) -> Claim:
    """Make the claimant an owner, beside those there are, or (`replaces`) instead: those stay as members.

    A person's entry goes to the claimant. Raises NotPermitted, NotFound, ClaimNotOpen, AlreadyYours (the claimant has
    an entry of their own by now).
    """
    with transaction.atomic():
        row = _held(claim_id, actor)
        entry = entries.hold_again(claims.entry_of(row))
        if isinstance(entry, Profile) and Profile.objects.filter(person=row.person).exists():
            raise AlreadyYours()
        Claim.objects.filter(status=Claim.Status.GRANTED, **entries.names(entry)).update(status=Claim.Status.ENDED)
        if replaces and isinstance(entry, Organisation):
            owners = Membership.objects.filter(organisation=entry, role=Membership.Role.OWNER)
            owners.exclude(person=row.person).update(role=Membership.Role.MEMBER)
        row.decided_by = actor
        claims.grant(row, at=at)
    return row


def refuse(*, claim_id: int, words: str, actor: Person, at: datetime) -> Claim:
    """Refuse a claim and say why. Raises NotPermitted, NotFound, ClaimNotOpen, Invalid at `words`."""
    said = words.strip()
    if not said:
        raise Invalid(field="words", reason="required")
    if len(said) > LONGEST_WORDS:
        raise Invalid(field="words", reason="too_long", limit=LONGEST_WORDS)
    with transaction.atomic():
        row = _held(claim_id, actor)
        row.status, row.words, row.decided_by, row.decided_at = Claim.Status.REFUSED, said, actor, at
        row.save()
        letters.post("claim_refused", person=row.person, entry=claims.entry_of(row), at=at, words=said)
    return row


def _held(claim_id: int, actor: Person) -> Claim:
    if not permissions.keeps_directory(actor):
        raise NotPermitted()
    rows = Claim.objects.select_for_update(of=("self",)).select_related("organisation", "profile__person", "person")
    row = rows.filter(pk=claim_id).first()
    if row is None:
        raise NotFound()
    if row.status != Claim.Status.WAITING:
        raise ClaimNotOpen()
    return row

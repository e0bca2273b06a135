"""Colleagues: owners invite people to an organisation's entry, who accept or decline by a link that is good once."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from network import people, permissions
from network.joining import entries, letters, tokens
from network.joining.refusals import AlreadyColleague, AlreadyInvited, InvitationGone, TooManyColleagues
from network.models import ColleagueInvitation, Membership, Organisation, Person
from network.refusals import Invalid, NotFound, NotPermitted

LASTS = timedelta(days=14)
MOST = 100
"""People and open invitations of one organisation."""
Answer = ColleagueInvitation.Answer


def invite(
    *, organisation_id: int, email: str, role: str, actor: Person, at: datetime, language: str = "vi"
) -> ColleagueInvitation:
    """Invite somebody by a letter in `language`.

    Raises NotFound, NotPermitted (owners invite), Invalid at `email` and `role`, AlreadyColleague, AlreadyInvited,
    TooManyColleagues.
    """
    address = people.email_cleaned(email)
    if role not in Membership.Role.values:
        raise Invalid(field="role", reason="unknown")
    with transaction.atomic():
        organisation = _held(organisation_id, actor)
        _refuse_known(organisation, address, at)
        token = tokens.link_token()
        row = ColleagueInvitation(
            organisation=organisation,
            email=address,
            role=role,
            token_print=_print(token),
            invited_by=actor,
            invited_at=at,
            expires_at=at + LASTS,
        )
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError as error:
            raise AlreadyInvited() from error
        letters.invitation(row=row, token=token, language=language, at=at)
    return row


def invited(*, token: str, at: datetime) -> ColleagueInvitation | None:
    """Return the open invitation that a link is for, with organisation and inviter."""
    rows = ColleagueInvitation.objects.filter(token_print=_print(token), answer="", expires_at__gt=at)
    return rows.select_related("organisation", "invited_by").filter(organisation__merged_into=None).first()


def accept(*, token: str, actor: Person, at: datetime) -> Membership:
    """Join with the role of the invitation; who has a stronger one keeps it. Whoever has the link may be meant.

    Raises InvitationGone.
    """
    with transaction.atomic():
        row = _answering(token, at)
        place = Membership.objects.filter(person=actor, organisation=row.organisation).first()
        place = place or Membership(person=actor, organisation=row.organisation, role=Membership.Role.MEMBER)
        place.role = stronger(place.role, row.role)
        place.save()
        _answer(row, Answer.ACCEPTED, actor, at)
        if row.invited_by is not None and row.invited_by.is_active:
            entry = row.organisation
            letters.post("colleague_joined", person=row.invited_by, entry=entry, at=at, place=place.pk)
    return place


def decline(*, token: str, actor: Person | None, at: datetime) -> None:
    """Decline; nobody need log in for that. Raises InvitationGone."""
    with transaction.atomic():
        _answer(_answering(token, at), Answer.DECLINED, actor, at)


def take_back(*, invitation_id: int, actor: Person, at: datetime) -> None:
    """Make an invitation void. Raises NotFound, NotPermitted, InvitationGone."""
    with transaction.atomic():
        row = ColleagueInvitation.objects.filter(pk=invitation_id).first()
        if row is None:
            raise NotFound()
        _held(row.organisation_id, actor)
        row.refresh_from_db()
        if row.answer:
            raise InvitationGone()
        _answer(row, Answer.REVOKED, actor, at)


def open_invitations(organisation: Organisation, *, at: datetime) -> QuerySet[ColleagueInvitation]:
    """Return the invitations that can still be answered, the newest first."""
    return organisation.colleague_invitations.filter(answer="", expires_at__gt=at).select_related("invited_by")


def stronger(one: str, other: str) -> str:
    """Return the role that may more."""
    order: list[str] = [Membership.Role.MEMBER, Membership.Role.EDITOR, Membership.Role.OWNER]
    return max(one, other, key=lambda role: order.index(role))


def _held(organisation_id: int, actor: Person) -> Organisation:
    """Hold an organisation whose roles the actor may hand out."""
    organisation = entries.hold(organisation_id=organisation_id)
    assert isinstance(organisation, Organisation)
    if not permissions.may_hand_roles(actor, organisation):
        raise NotPermitted()
    return organisation


def _refuse_known(organisation: Organisation, address: str, at: datetime) -> None:
    places = Membership.objects.filter(organisation=organisation)
    if places.filter(person__email__iexact=address).exists():
        raise AlreadyColleague()
    # One that has expired stands in nobody's way.
    standing = organisation.colleague_invitations.filter(answer="")
    standing.filter(expires_at__lte=at).update(answer=Answer.REVOKED, answered_at=at)
    if places.count() + standing.count() >= MOST:
        raise TooManyColleagues(most=MOST)


def _answering(token: str, at: datetime) -> ColleagueInvitation:
    rows = ColleagueInvitation.objects.select_for_update(of=("self",)).select_related("organisation", "invited_by")
    row = rows.filter(token_print=_print(token)).first()
    if row is None or row.answer or at >= row.expires_at or row.organisation.merged_into_id is not None:
        raise InvitationGone()
    return row


def _answer(row: ColleagueInvitation, answer: str, actor: Person | None, at: datetime) -> None:
    row.answer, row.answered_by, row.answered_at = answer, actor, at
    row.save(update_fields=["answer", "answered_by", "answered_at"])


def _print(token: str) -> str:
    return tokens.print_of(token, purpose="colleague")

"""Places in an organisation: roles handed out by owners, people leave and are removed; an owner always stays."""

from django.db import transaction
from django.db.models import Case, QuerySet, Value, When

from network import permissions
from network.joining import entries
from network.joining.refusals import LastOwner
from network.models import Claim, Membership, Organisation, Person
from network.refusals import Invalid, NotFound, NotPermitted

Role = Membership.Role


def people_of(organisation: Organisation) -> QuerySet[Membership]:
    """Return an organisation's people, owners first, with their accounts."""
    rank = Case(When(role=Role.OWNER, then=Value(0)), When(role=Role.EDITOR, then=Value(1)), default=Value(2))
    rows = Membership.objects.filter(organisation=organisation, person__is_active=True).select_related("person")
    return rows.order_by(rank, "person__sort_key", "pk")


def change_role(*, place_id: int, role: str, actor: Person) -> Membership:
    """Give somebody another role. Raises NotFound, NotPermitted (owners do), Invalid at `role`, LastOwner."""
    if role not in Role.values:
        raise Invalid(field="role", reason="unknown")
    with transaction.atomic():
        place = _held(place_id)
        if not permissions.may_hand_roles(actor, place.organisation):
            raise NotPermitted()
        if role != Role.OWNER:
            _refuse_last_owner(place)
        place.role = role
        place.save(update_fields=["role"])
    return place


def leave(*, organisation_id: int, actor: Person) -> None:
    """Leave an organisation. Raises NotFound, LastOwner."""
    place = Membership.objects.filter(organisation=organisation_id, person=actor).first()
    if place is None:
        raise NotFound()
    with transaction.atomic():
        held = _held(place.pk)
        _refuse_last_owner(held)
        held.delete()


def remove(*, place_id: int, actor: Person) -> None:
    """Take somebody out of an organisation: owners do; staff even the last owner, and the entry can be claimed again.

    Raises NotFound, NotPermitted, LastOwner.
    """
    with transaction.atomic():
        place = _held(place_id)
        if not permissions.may_hand_roles(actor, place.organisation):
            raise NotPermitted()
        if permissions.keeps_directory(actor):
            place.delete()
            _end_claims(place.organisation)
            return
        _refuse_last_owner(place)
        place.delete()


def _held(place_id: int) -> Membership:
    """The place as it is once the organisation is held: who is an owner does not change meanwhile."""
    place = Membership.objects.filter(pk=place_id).first()
    if place is None:
        raise NotFound()
    entries.hold(organisation_id=place.organisation_id)
    again = Membership.objects.filter(pk=place_id).select_related("organisation", "person").first()
    if again is None:
        raise NotFound()
    return again


def _refuse_last_owner(place: Membership) -> None:
    if place.role == Role.OWNER and not other_owners(place):
        raise LastOwner()


def other_owners(place: Membership) -> bool:
    """Whether the organisation has another owner who is still here."""
    rows = Membership.objects.filter(organisation=place.organisation_id, role=Role.OWNER, person__is_active=True)
    return rows.exclude(pk=place.pk).exists()


def _end_claims(organisation: Organisation) -> None:
    """Without an owner the claim that was granted stands in nobody's way."""
    if not entries.has_owner(organisation):
        Claim.objects.filter(organisation=organisation, status=Claim.Status.GRANTED).update(status=Claim.Status.ENDED)

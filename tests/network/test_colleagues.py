"""Owners invite colleagues, hand out roles, remove people; an owner always stays."""

from datetime import timedelta

import pytest

from network.joining import claims, colleagues, places
from network.joining.refusals import AlreadyColleague, AlreadyInvited, InvitationGone, LastOwner, TooManyColleagues
from network.models import ColleagueInvitation, Membership, OutgoingMail
from network.refusals import Invalid, NotFound, NotPermitted
from tests.events.crowd import at_once
from tests.factories import NOW, PersonFactory
from tests.network.joining_scenes import keeper, letters, link_in, newest, owner_of, unowned, with_address

pytestmark = pytest.mark.django_db


def invited(organisation, actor, email="minh@cangxanh.vn", role="EDITOR"):
    """The invitation and the token of its letter."""
    row = colleagues.invite(organisation_id=organisation.pk, email=email, role=role, actor=actor, at=NOW)
    return row, link_in(newest(row.email), "/loi-moi/").split("/")[-2]


def role_of(person, organisation) -> str:
    place = Membership.objects.filter(person=person, organisation=organisation).first()
    return place.role if place else ""


def test_a_letter_with_a_link_goes_to_who_is_invited() -> None:
    organisation = unowned()
    owner = owner_of(organisation, full_name="Vũ Ngọc Lan")
    row, token = invited(organisation, owner, email=" Minh@CangXanh.vn")
    assert (row.email, row.expires_at, row.answer) == ("minh@cangxanh.vn", NOW + timedelta(days=14), "")
    assert token not in row.token_print
    assert "Vũ Ngọc Lan" in newest("minh@cangxanh.vn")


def test_who_accepts_has_the_role_and_the_inviter_hears_of_it() -> None:
    organisation, person = unowned(), PersonFactory.create()
    owner = owner_of(organisation)
    row, token = invited(organisation, owner)
    colleagues.accept(token=token, actor=person, at=NOW + timedelta(days=13))
    assert role_of(person, organisation) == "EDITOR"
    row.refresh_from_db()
    assert (row.answer, row.answered_by) == ("ACCEPTED", person)
    assert letters(owner.email) == ["joining.colleague_joined"]
    assert person.full_name in newest(owner.email)


def test_a_link_is_good_once_and_for_fourteen_days() -> None:
    organisation, owner = (made := unowned()), owner_of(made)
    _row, token = invited(organisation, owner)
    colleagues.accept(token=token, actor=PersonFactory.create(), at=NOW)
    _row, late = invited(organisation, owner, email="b@cangxanh.vn")
    stranger = PersonFactory.create()
    for link, at in ((token, NOW), (late, NOW + timedelta(days=14)), ("x" * 43, NOW)):
        assert colleagues.invited(token=link, at=at) is None
        with pytest.raises(InvitationGone):
            colleagues.accept(token=link, actor=stranger, at=at)
    assert role_of(stranger, organisation) == ""


def test_who_has_a_stronger_role_keeps_it() -> None:
    organisation = unowned()
    owner = owner_of(organisation)
    _row, token = invited(organisation, owner, role="MEMBER")
    colleagues.accept(token=token, actor=owner, at=NOW)
    assert role_of(owner, organisation) == "OWNER"


def test_who_declines_is_in_nothing() -> None:
    organisation = unowned()
    row, token = invited(organisation, owner_of(organisation))
    colleagues.decline(token=token, actor=None, at=NOW)
    row.refresh_from_db()
    assert (row.answer, Membership.objects.filter(organisation=organisation).count()) == ("DECLINED", 1)


def test_an_invitation_is_taken_back() -> None:
    organisation = unowned()
    owner = owner_of(organisation)
    row, token = invited(organisation, owner)
    with pytest.raises(NotPermitted):
        colleagues.take_back(invitation_id=row.pk, actor=PersonFactory.create(), at=NOW)
    colleagues.take_back(invitation_id=row.pk, actor=owner, at=NOW)
    with pytest.raises(InvitationGone):
        colleagues.accept(token=token, actor=PersonFactory.create(), at=NOW)
    assert invited(organisation, owner)[0].pk != row.pk


def test_what_is_refused_sends_nothing() -> None:
    organisation = unowned()
    owner, editor = owner_of(organisation), owner_of(organisation, role="EDITOR")
    ask = {"organisation_id": organisation.pk, "email": "minh@cangxanh.vn", "role": "EDITOR", "at": NOW}
    with pytest.raises(NotPermitted):
        colleagues.invite(**ask, actor=editor)
    with pytest.raises(AlreadyColleague):
        colleagues.invite(**(ask | {"email": editor.email.upper()}), actor=owner)
    for wrong, field in (({"email": "minh"}, "email"), ({"role": "BOSS"}, "role")):
        with pytest.raises(Invalid) as refused:
            colleagues.invite(**(ask | wrong), actor=owner)
        assert refused.value.field == field
    with pytest.raises(NotFound):
        colleagues.invite(**(ask | {"organisation_id": 0}), actor=owner)
    assert (ColleagueInvitation.objects.count(), OutgoingMail.objects.count()) == (0, 0)
    colleagues.invite(**ask, actor=owner)
    with pytest.raises(AlreadyInvited):
        colleagues.invite(**ask, actor=owner)
    assert OutgoingMail.objects.count() == 1


def test_an_expired_invitation_stands_in_nobodys_way() -> None:
    organisation = unowned()
    owner = owner_of(organisation)
    row, _token = invited(organisation, owner)
    later = NOW + timedelta(days=15)
    colleagues.invite(organisation_id=organisation.pk, email=row.email, role="OWNER", actor=owner, at=later)
    assert [one.role for one in colleagues.open_invitations(organisation, at=later)] == ["OWNER"]


def test_an_organisation_has_room_for_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(colleagues, "MOST", 2)
    organisation = unowned()
    owner = owner_of(organisation)
    invited(organisation, owner)
    with pytest.raises(TooManyColleagues):
        invited(organisation, owner, email="khac@cangxanh.vn")


def test_owners_change_roles() -> None:
    organisation = unowned()
    owner, editor = owner_of(organisation), owner_of(organisation, role="EDITOR")
    place = Membership.objects.get(person=editor)
    with pytest.raises(NotPermitted):
        places.change_role(place_id=place.pk, role="OWNER", actor=editor)
    places.change_role(place_id=place.pk, role="OWNER", actor=owner)
    places.change_role(place_id=Membership.objects.get(person=owner).pk, role="MEMBER", actor=owner)
    assert (role_of(owner, organisation), role_of(editor, organisation)) == ("MEMBER", "OWNER")


def test_the_last_owner_stays() -> None:
    organisation = unowned()
    owner, _editor = owner_of(organisation), owner_of(organisation, role="EDITOR")
    gone = owner_of(organisation)
    gone.is_active = False
    gone.save()
    place = Membership.objects.get(person=owner)
    with pytest.raises(LastOwner):
        places.leave(organisation_id=organisation.pk, actor=owner)
    with pytest.raises(LastOwner):
        places.change_role(place_id=place.pk, role="EDITOR", actor=owner)
    with pytest.raises(LastOwner):
        places.remove(place_id=place.pk, actor=owner)
    assert role_of(owner, organisation) == "OWNER"


def test_people_leave_and_are_removed() -> None:
    organisation = unowned()
    owner, other, member = (owner_of(organisation, role=role) for role in ("OWNER", "OWNER", "MEMBER"))
    places.leave(organisation_id=organisation.pk, actor=other)
    with pytest.raises(NotPermitted):
        places.remove(place_id=Membership.objects.get(person=owner).pk, actor=member)
    places.remove(place_id=Membership.objects.get(person=member).pk, actor=owner)
    assert [place.person for place in places.people_of(organisation)] == [owner]


def test_staff_remove_the_last_owner_and_the_entry_can_be_claimed_again() -> None:
    organisation = unowned()
    first, second = with_address("a@cangxanh.vn"), with_address("b@cangxanh.vn")
    claims.claim(entry=organisation, actor=first, at=NOW)
    places.remove(place_id=Membership.objects.get(person=first).pk, actor=keeper())
    assert claims.claim(entry=organisation, actor=second, at=NOW).status == "GRANTED"


@pytest.mark.race
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
class TestOwnersLeavingAtOnce:
    """Each looks at the other, and both go: the lock is what keeps one."""

    def left(self) -> int:
        organisation = unowned()
        owners = [owner_of(organisation) for _each in range(4)]

        def act(person) -> str:
            try:
                places.leave(organisation_id=organisation.pk, actor=person)
            except LastOwner as refusal:
                return refusal.code
            return "left"

        at_once(act, owners, 4)
        return Membership.objects.filter(organisation=organisation).count()

    def test_one_stays(self) -> None:
        assert self.left() == 1

    def test_the_control_without_the_guard_leaves_nobody(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(places, "other_owners", lambda place: True)
        assert self.left() == 0

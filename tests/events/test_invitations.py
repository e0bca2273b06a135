"""Invitations: what they open, how often, and that each use comes back exactly once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from events import approval, invitations, registration, waiting_list
from events.invitations import InvitationFacts
from events.models import Event, Invitation, Registration, TicketType
from events.refusals import EventFull, EventNotFound, InvitationNotValid, TicketTypeNotOffered
from network.models import Person
from network.refusals import Invalid, NotFound, NotPermitted
from tests.events.scenes import counts_agree, desk, kind_of, only_kind, refused, sign_up
from tests.factories import NOW, PersonFactory, on_duty, open_event, planner

pytestmark = pytest.mark.django_db


def _invite(event: Event, kind: TicketType | None = None, **facts: Any) -> Invitation:
    stated = InvitationFacts(ticket_type_id=kind and kind.pk, **facts)
    return invitations.make(event_id=event.pk, facts=stated, actor=desk(event), at=NOW)[0]


def _uses(invitation: Invitation) -> int:
    return Invitation.objects.get(pk=invitation.pk).uses


def test_a_batch_has_a_code_of_128_bits_each() -> None:
    event, notes = open_event(), ["Chị Lan,  Sở KH&CN", "", "Anh Đức"]
    made = invitations.make(event_id=event.pk, facts=InvitationFacts(), actor=desk(event), at=NOW, notes=notes)
    assert [each.note for each in made] == ["Chị Lan, Sở KH&CN", "", "Anh Đức"]
    assert len({each.code for each in made}) == 3
    assert {len(each.code) for each in made} == {22}  # 16 bytes in base64
    assert all(each.pk for each in made)


@pytest.mark.parametrize(
    ("facts", "notes", "field", "reason"),
    [
        ({}, [], "notes", "required"),
        ({}, ["x"] * 501, "notes", "too_many"),
        ({}, ["tốt", "x" * 121], "notes", "too_long"),
        ({"most_uses": 0}, [""], "most_uses", "out_of_range"),
        ({"most_uses": 10_001}, [""], "most_uses", "out_of_range"),
        ({"priority": 101}, [""], "priority", "out_of_range"),
        ({"priority": -101}, [""], "priority", "out_of_range"),
        ({"expires_at": NOW}, [""], "expires_at", "past"),
        ({"ticket_type_id": 0}, [""], "ticket_type_id", "unknown"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(facts: Any, notes: list[str], field: str, reason: str) -> None:
    event = open_event()
    actor = desk(event)
    with refused(Invalid, field=field, reason=reason):
        invitations.make(event_id=event.pk, facts=InvitationFacts(**facts), actor=actor, at=NOW, notes=notes)


def test_a_type_of_another_event_is_unknown() -> None:
    event, foreign = open_event(), only_kind(open_event())
    actor = desk(event)
    with refused(Invalid, field="ticket_type_id", reason="unknown"):
        facts = InvitationFacts(ticket_type_id=foreign.pk)
        invitations.make(event_id=event.pk, facts=facts, actor=actor, at=NOW)


def test_only_the_events_own_desk_invites_and_revokes() -> None:
    event = open_event()
    made = _invite(event)
    for actor in (PersonFactory.create(), on_duty(event), desk(open_event()), planner()):
        with refused(NotPermitted):
            invitations.make(event_id=event.pk, facts=InvitationFacts(), actor=actor, at=NOW)
        with refused(NotPermitted):
            invitations.revoke(invitation_id=made.pk, actor=actor, at=NOW)
    actor = desk(event)
    with refused(NotFound):
        invitations.revoke(invitation_id=0, actor=actor, at=NOW)
    everywhere = Person.objects.create_superuser("boss@example.org", full_name="Trần Việt")
    with refused(EventNotFound):
        invitations.make(event_id=0, facts=InvitationFacts(), actor=everywhere, at=NOW)


def test_a_hidden_type_is_had_by_invitation_alone() -> None:
    event, person = open_event(), PersonFactory.create()
    hidden = kind_of(event, "Khách mời", is_hidden=True)
    other = kind_of(event, "Diễn giả", is_hidden=True)
    wrong, right, any_type = _invite(event, other), _invite(event, hidden), _invite(event)
    for code in ("", wrong.code):
        with refused(TicketTypeNotOffered):
            sign_up(event, person, hidden, invitation=code)
    assert sign_up(event, person, hidden, invitation=right.code).invitation == right
    assert sign_up(event, kind=hidden, invitation=any_type.code).invitation == any_type


def test_without_a_choice_the_invitations_type_is_meant() -> None:
    event = open_event()
    hidden = kind_of(event, "Khách mời", is_hidden=True)
    assert sign_up(event, invitation=_invite(event, hidden).code).ticket_type == hidden


def test_an_invitation_to_one_type_opens_nothing_of_another() -> None:
    """Else a code for the plain ticket would let its bearer past the approval of the round table."""
    event = open_event()
    plain, table = only_kind(event), kind_of(event, "Bàn tròn", needs_approval=True)
    code = _invite(event, plain, priority=-5)
    row = sign_up(event, kind=table, invitation=code.code)
    assert (row.status, row.invitation, row.priority, _uses(code)) == ("PENDING", None, 0, 0)


@pytest.mark.parametrize(("skips", "status"), [(True, "CONFIRMED"), (False, "PENDING")])
def test_an_invitation_may_skip_approval(skips: bool, status: str) -> None:
    event = open_event()
    kind = kind_of(event, "Cần duyệt", needs_approval=True)
    row = sign_up(event, kind=kind, invitation=_invite(event, kind, skips_approval=skips).code)
    assert row.status == status


def test_past_approval_a_full_event_is_full_all_the_same() -> None:
    event, person = open_event(capacity=0), PersonFactory.create()
    kind = kind_of(event, "Cần duyệt", needs_approval=True)
    made = _invite(event, kind)
    with refused(EventFull, may_wait=True):
        sign_up(event, person, kind, invitation=made.code)
    assert sign_up(event, person, kind, invitation=made.code, waits=True).status == "WAITLISTED"
    assert _uses(made) == 1


def _revoked(event: Event) -> str:
    made = _invite(event)
    invitations.revoke(invitation_id=made.pk, actor=desk(event), at=NOW)
    return made.code


def _used_up(event: Event) -> str:
    made = _invite(event)
    sign_up(event, invitation=made.code)
    return made.code


def _of_another(event: Event) -> str:
    return _invite(open_event()).code


def _lower_case(event: Event) -> str:
    return _invite(event).code.swapcase()


@pytest.mark.parametrize(
    "code",
    [_revoked, _used_up, _of_another, _lower_case, lambda event: "x", lambda event: "\0", lambda event: "x" * 5000],
)
def test_every_code_that_is_not_good_gets_the_same_answer(code: Callable[[Event], str]) -> None:
    event, person = open_event(), PersonFactory.create()
    given = code(event)
    with refused(InvitationNotValid):
        sign_up(event, person, invitation=given)


def test_a_code_is_good_until_it_expires_spaces_around_it_forgiven() -> None:
    event, person = open_event(), PersonFactory.create()
    made = _invite(event, expires_at=NOW + timedelta(hours=1))
    with refused(InvitationNotValid):
        sign_up(event, person, invitation=made.code, at=NOW + timedelta(hours=1))
    assert sign_up(event, person, invitation=f" {made.code}\n").invitation == made


def test_revoking_twice_keeps_the_first_moment_and_who_came_by_it() -> None:
    event = open_event()
    made, actor = _invite(event), desk(event)
    row = sign_up(event, invitation=made.code)
    for hours in (0, 1):
        invitations.revoke(invitation_id=made.pk, actor=actor, at=NOW + timedelta(hours=hours))
    made.refresh_from_db()
    row.refresh_from_db()
    assert (made.revoked_at, row.status, row.invitation) == (NOW, "CONFIRMED", made)


def test_an_invitation_revoked_between_looking_and_using_is_not_used() -> None:
    event = open_event()
    made = _invite(event)
    seen = invitations.read(code=made.code, event_id=event.pk, at=NOW)
    assert seen is not None
    invitations.revoke(invitation_id=made.pk, actor=desk(event), at=NOW)
    with refused(InvitationNotValid):
        invitations.use(seen)


def test_a_group_uses_it_once() -> None:
    event = open_event()
    made = _invite(event, most_uses=2)
    sign_up(event, kind=kind_of(event, "Nhóm", most_per_person=4), guests=3, invitation=made.code)
    assert _uses(made) == 1


def _cancelled(row: Registration, actor: Person) -> None:
    registration.cancel(registration_id=row.pk, actor=actor, at=NOW)


def _rejected(row: Registration, actor: Person) -> None:
    approval.reject(registration_id=row.pk, actor=actor, at=NOW)


def _declined(row: Registration, actor: Person) -> None:
    waiting_list.decline(registration_id=row.pk, actor=actor, at=NOW)


def _expired(row: Registration, actor: Person) -> None:
    waiting_list.expire_due(at=NOW + timedelta(days=2))


@pytest.mark.parametrize(
    ("ends", "state"),
    [
        (_cancelled, "CONFIRMED"),
        (_cancelled, "PENDING"),
        (_cancelled, "WAITLISTED"),
        (_cancelled, "OFFERED"),
        (_rejected, "PENDING"),
        (_rejected, "WAITLISTED"),
        (_declined, "OFFERED"),
        (_expired, "OFFERED"),
    ],
)
def test_each_ending_returns_the_use_exactly_once(ends: Callable[[Registration, Person], None], state: str) -> None:
    event = open_event(capacity=None if state in ("CONFIRMED", "PENDING") else 1)
    kind = kind_of(event, "Cần duyệt", needs_approval=state == "PENDING")
    made, actor = _invite(event, kind, most_uses=3, skips_approval=False), desk(event)
    kept = sign_up(event, kind=kind) if event.seats.capacity is None else sign_up(event)
    row = sign_up(event, kind=kind, invitation=made.code, waits=True)
    if state == "OFFERED":
        registration.cancel(registration_id=kept.pk, actor=kept.person, at=NOW)
    assert (Registration.objects.get(pk=row.pk).status, _uses(made)) == (state, 1)
    ends(row, actor)
    assert (_uses(made), counts_agree(event)) == (0, True)
    for again in (_cancelled, _rejected, _declined):
        with pytest.raises(Exception, match="REGISTRATION_NOT"):
            again(row, actor)
    assert _uses(made) == 0


def test_an_accepted_offer_keeps_its_use() -> None:
    event = open_event(capacity=1)
    made, seated = _invite(event), sign_up(event)
    row = sign_up(event, invitation=made.code, waits=True)
    registration.cancel(registration_id=seated.pk, actor=seated.person, at=NOW)
    waiting_list.accept(registration_id=row.pk, actor=row.person, at=NOW)
    assert (_uses(made), counts_agree(event)) == (1, True)

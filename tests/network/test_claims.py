"""Claiming an entry: by an address at its domain, by a code, by staff; who comes later waits."""

from datetime import timedelta

import pytest

from network.joining import claim_codes, claim_decisions, claims, domains, entries
from network.joining.refusals import AlreadyYours, ClaimAlreadyOpen, ClaimNotOpen, ClaimNotProven
from network.models import Claim, ClaimCode, Membership, OutgoingMail, Profile
from network.refusals import Invalid, NotFound, NotPermitted
from tests.factories import NOW, OrganisationFactory, PersonFactory, ProfileFactory
from tests.network.joining_scenes import (
    code_in,
    keeper,
    letters,
    made_by_staff,
    newest,
    owner_of,
    unowned,
    with_address,
)

pytestmark = pytest.mark.django_db


def roles(organisation) -> dict[str, str]:
    return {place.person.email: place.role for place in Membership.objects.filter(organisation=organisation)}


@pytest.mark.parametrize(
    ("website", "contact", "email", "is_proof"),
    [
        ("https://cangxanh.vn", "", "lan@cangxanh.vn", True),
        ("http://www.CangXanh.vn:8080/a", "", "lan@CANGXANH.VN", True),
        ("https://blog.cangxanh.com.vn", "", "lan@cangxanh.com.vn", True),
        ("https://cangxanh.vn", "", "lan@mail.cangxanh.vn", True),
        ("", "info@cangxanh.vn", "lan@cangxanh.vn", True),
        ("", "cangxanh@gmail.com", "cangxanh@gmail.com", True),
        ("", "cangxanh@gmail.com", "lan@gmail.com", False),
        ("https://cangxanh.vn", "", "lan@evilcangxanh.vn", False),
        ("https://cangxanh.vn", "", "lan@cangxanh.vn.evil.com", False),
        ("https://cangxanh.com.vn", "", "lan@khac.com.vn", False),
        ("https://facebook.com/cangxanh", "", "lan@facebook.com", False),
        ("https://cangxanh.github.io", "", "lan@github.io", False),
        ("https://clb.vimaru.edu.vn", "", "sinhvien@vimaru.edu.vn", False),
        ("https://sokhcn.haiphong.gov.vn", "", "a@haiphong.gov.vn", False),
        ("https://clb.vimaru.edu.vn", "clb@vimaru.edu.vn", "clb@vimaru.edu.vn", True),
        ("", "", "lan@cangxanh.vn", False),
        ("not an address", "", "lan@cangxanh.vn", False),
    ],
)
def test_which_address_proves_a_claim(website: str, contact: str, email: str, is_proof: bool) -> None:
    entry = unowned(website=website, contact_email=contact)
    assert domains.proves(email, entry) is is_proof


def test_a_domain_that_two_entries_share_proves_neither() -> None:
    first, second = unowned(), unowned(website="", contact_email="vuon@cangxanh.vn")
    person = with_address("lan@cangxanh.vn")
    for entry in (first, second):
        with pytest.raises(ClaimNotProven):
            claims.claim(entry=entry, actor=person, at=NOW)
    assert domains.proves("vuon@cangxanh.vn", second)
    second.merged_into = first
    second.save()
    assert claims.claim(entry=first, actor=person, at=NOW).status == "GRANTED"


def test_a_confirmed_address_at_the_domain_is_enough() -> None:
    entry, person = unowned(), with_address("lan@cangxanh.vn")
    claim = claims.claim(entry=entry, actor=person, at=NOW)
    assert (claim.status, claim.way, claim.email, claim.decided_at) == ("GRANTED", "ADDRESS", "lan@cangxanh.vn", NOW)
    assert roles(entry) == {"lan@cangxanh.vn": "OWNER"}
    assert letters(person.email) == ["joining.claim_granted"]
    assert "Tổ chức" in newest(person.email)


def test_an_address_that_was_never_confirmed_proves_nothing() -> None:
    entry, person = unowned(), with_address("lan@cangxanh.vn", verified=False)
    with pytest.raises(ClaimNotProven):
        claims.claim(entry=entry, actor=person, at=NOW)
    assert (Claim.objects.count(), roles(entry), OutgoingMail.objects.count()) == (0, {}, 0)


def test_a_member_becomes_an_owner_by_a_claim() -> None:
    entry, person = unowned(), with_address("lan@cangxanh.vn")
    Membership.objects.create(person=person, organisation=entry, role="MEMBER", title="Kế toán")
    claims.claim(entry=entry, actor=person, at=NOW)
    place = Membership.objects.get(person=person)
    assert (place.role, place.title) == ("OWNER", "Kế toán")


def test_who_owns_it_does_not_claim_it() -> None:
    entry = unowned()
    with pytest.raises(AlreadyYours):
        claims.ask(entry=entry, note="Tôi đây", actor=owner_of(entry), at=NOW)
    assert Claim.objects.count() == 0


def test_the_second_claim_waits_and_staff_are_asked() -> None:
    entry, first, second = unowned(), with_address("a@cangxanh.vn"), with_address("b@cangxanh.vn")
    claims.claim(entry=entry, actor=first, at=NOW)
    waiting = claims.claim(entry=entry, actor=second, at=NOW)
    assert waiting.status == "WAITING"
    assert roles(entry) == {"a@cangxanh.vn": "OWNER"}
    assert [row.pk for row in claim_decisions.waiting()] == [waiting.pk]
    assert letters("b@cangxanh.vn") == ["joining.claim_waits"]
    with pytest.raises(ClaimAlreadyOpen):
        claims.ask(entry=entry, note="Thật mà", actor=second, at=NOW)


def test_a_merged_entry_is_not_claimed() -> None:
    entry = unowned(merged_into=OrganisationFactory.create())
    with pytest.raises(NotFound):
        claims.claim(entry=entry, actor=with_address("a@cangxanh.vn"), at=NOW)


class TestTheCodeFromALetter:
    """For whom the account has another address."""

    def test_it_is_sent_to_the_domain_and_grants(self) -> None:
        entry, person = unowned(), PersonFactory.create()
        sent = claims.send_code(entry=entry, email=" Lan@CangXanh.vn ", actor=person, language="vi", at=NOW)
        code = code_in(newest("lan@cangxanh.vn"))
        assert (sent.status, roles(entry)) == ("PENDING", {})
        assert code not in sent.code_print
        typed = f"{code[:4]} {code[4:]}"
        claim = claims.confirm(entry=entry, code=typed, actor=person, at=NOW + timedelta(minutes=29))
        assert (claim.pk, claim.status, claim.way, claim.code_print) == (sent.pk, "GRANTED", "LETTER", "")
        assert roles(entry) == {person.email: "OWNER"}

    @pytest.mark.parametrize("email", ["lan@gmail.com", "lan@khac.vn"])
    def test_it_is_sent_nowhere_else(self, email: str) -> None:
        with pytest.raises(Invalid) as refused:
            claims.send_code(entry=unowned(), email=email, actor=PersonFactory.create(), language="vi", at=NOW)
        assert (refused.value.field, refused.value.facts["reason"]) == ("email", "not_its_domain")
        assert (Claim.objects.count(), OutgoingMail.objects.count()) == (0, 0)

    @pytest.mark.parametrize("minutes", [30, 31])
    def test_it_expires(self, minutes: int) -> None:
        entry, person = unowned(), PersonFactory.create()
        claims.send_code(entry=entry, email="lan@cangxanh.vn", actor=person, language="vi", at=NOW)
        with pytest.raises(Invalid) as refused:
            claims.confirm(
                entry=entry, code=code_in(newest("lan@cangxanh.vn")), actor=person, at=NOW + timedelta(minutes=minutes)
            )
        assert refused.value.facts["reason"] == "expired"
        assert roles(entry) == {}

    def test_five_wrong_tries_kill_it(self) -> None:
        entry, person = unowned(), PersonFactory.create()
        claims.send_code(entry=entry, email="lan@cangxanh.vn", actor=person, language="vi", at=NOW)
        code = code_in(newest("lan@cangxanh.vn"))
        wrong = f"{(int(code) + 1) % 10**8:08d}"
        told = []
        for typed in [wrong] * 5 + [code]:
            with pytest.raises(Invalid) as refused:
                claims.confirm(entry=entry, code=typed, actor=person, at=NOW)
            told.append(refused.value.facts["reason"])
        assert told == ["wrong"] * 5 + ["expired"]
        assert roles(entry) == {}

    def test_it_is_nobody_elses_and_no_other_entrys(self) -> None:
        entry, other, person = unowned(), unowned(website="https://khac.vn"), PersonFactory.create()
        claims.send_code(entry=entry, email="lan@cangxanh.vn", actor=person, language="vi", at=NOW)
        code = code_in(newest("lan@cangxanh.vn"))
        for claimed, actor in ((entry, PersonFactory.create()), (other, person)):
            with pytest.raises(Invalid):
                claims.confirm(entry=claimed, code=code, actor=actor, at=NOW)
        assert (roles(entry), roles(other)) == ({}, {})

    def test_a_new_one_makes_the_old_one_void(self) -> None:
        entry, person = unowned(), PersonFactory.create()
        codes = []
        for _turn in range(2):
            claims.send_code(entry=entry, email="lan@cangxanh.vn", actor=person, language="vi", at=NOW)
            codes.append(code_in(newest("lan@cangxanh.vn")))
        assert codes[0] != codes[1]
        with pytest.raises(Invalid):
            claims.confirm(entry=entry, code=codes[0], actor=person, at=NOW)
        assert claims.confirm(entry=entry, code=codes[1], actor=person, at=NOW).status == "GRANTED"
        assert Claim.objects.count() == 1


class TestTheCodeFromStaff:
    """On paper, or by phone."""

    def test_it_is_good_once(self) -> None:
        entry, person = unowned(), PersonFactory.create()
        row, code = claim_codes.hand_out(entry=entry, note="anh Bình", actor=keeper(), at=NOW)
        assert code not in row.code_print
        claim = claims.confirm(entry=entry, code=code.lower().replace("-", " "), actor=person, at=NOW)
        assert (claim.status, claim.way) == ("GRANTED", "CODE")
        row.refresh_from_db()
        assert (row.used_by, row.used_at) == (person, NOW)
        with pytest.raises(Invalid) as refused:
            claims.confirm(entry=entry, code=code, actor=PersonFactory.create(), at=NOW)
        assert refused.value.facts["reason"] == "expired"
        assert Claim.objects.count() == 1

    def test_it_expires_and_is_for_one_entry(self) -> None:
        entry, person = unowned(), PersonFactory.create()
        _row, code = claim_codes.hand_out(entry=entry, note="", actor=keeper(), at=NOW)
        with pytest.raises(Invalid) as late:
            claims.confirm(entry=entry, code=code, actor=person, at=NOW + claim_codes.LASTS)
        with pytest.raises(Invalid) as elsewhere:
            claims.confirm(entry=unowned(), code=code, actor=person, at=NOW)
        assert [late.value.facts["reason"], elsewhere.value.facts["reason"]] == ["expired", "wrong"]
        assert ClaimCode.objects.get().used_at is None

    def test_only_keepers_hand_them_out(self) -> None:
        entry = unowned()
        with pytest.raises(NotPermitted):
            claim_codes.hand_out(entry=entry, note="", actor=owner_of(entry), at=NOW)
        assert ClaimCode.objects.count() == 0


class TestStaffDecide:
    """What nothing proves, and what somebody else has already."""

    def test_they_grant_beside_the_owner(self) -> None:
        entry, first, second = unowned(), with_address("a@cangxanh.vn"), PersonFactory.create()
        won = claims.claim(entry=entry, actor=first, at=NOW)
        asked = claims.ask(entry=entry, note="Tôi là giám đốc mới", actor=second, at=NOW)
        claim_decisions.grant(claim_id=asked.pk, replaces=False, actor=keeper(), at=NOW)
        won.refresh_from_db()
        assert won.status == "ENDED"
        assert roles(entry) == {first.email: "OWNER", second.email: "OWNER"}

    def test_they_grant_instead_of_the_owner(self) -> None:
        entry, second = unowned(), PersonFactory.create()
        first = owner_of(entry)
        asked = claims.ask(entry=entry, note="Tôi là giám đốc mới", actor=second, at=NOW)
        claim_decisions.grant(claim_id=asked.pk, replaces=True, actor=keeper(), at=NOW)
        assert roles(entry) == {first.email: "MEMBER", second.email: "OWNER"}

    def test_they_refuse_with_words(self) -> None:
        entry, person = unowned(), PersonFactory.create()
        asked = claims.ask(entry=entry, note="Tôi đây", actor=person, at=NOW)
        with pytest.raises(Invalid):
            claim_decisions.refuse(claim_id=asked.pk, words=" ", actor=keeper(), at=NOW)
        claim_decisions.refuse(claim_id=asked.pk, words="Số điện thoại không đúng.", actor=keeper(), at=NOW)
        asked.refresh_from_db()
        assert (asked.status, roles(entry)) == ("REFUSED", {})
        assert "Số điện thoại không đúng." in newest(person.email)
        with pytest.raises(ClaimNotOpen):
            claim_decisions.grant(claim_id=asked.pk, replaces=False, actor=keeper(), at=NOW)
        assert claims.ask(entry=entry, note="Đúng rồi mà", actor=person, at=NOW).status == "WAITING"

    def test_nobody_else_decides(self) -> None:
        entry, person = unowned(), PersonFactory.create()
        owner = owner_of(entry)
        asked = claims.ask(entry=entry, note="Tôi đây", actor=person, at=NOW)
        for actor in (person, owner):
            with pytest.raises(NotPermitted):
                claim_decisions.grant(claim_id=asked.pk, replaces=False, actor=actor, at=NOW)
        asked.refresh_from_db()
        assert (asked.status, roles(entry)) == ("WAITING", {owner.email: "OWNER"})


def test_a_claim_is_taken_back_by_who_made_it() -> None:
    entry, person = unowned(), PersonFactory.create()
    asked = claims.ask(entry=entry, note="Tôi đây", actor=person, at=NOW)
    with pytest.raises(NotFound):
        claims.withdraw(claim_id=asked.pk, actor=PersonFactory.create(), at=NOW)
    assert claims.withdraw(claim_id=asked.pk, actor=person, at=NOW).status == "WITHDRAWN"


class TestAPersonsEntry:
    """Written by staff before the person was ever here."""

    def test_it_goes_to_who_reads_its_mailbox(self) -> None:
        entry = made_by_staff(contact_email="cho@tu-van.vn")
        organisation = OrganisationFactory.create()
        Membership.objects.create(person=entry.person, organisation=organisation, title="Cố vấn trưởng")
        person = with_address("cho@tu-van.vn")
        assert claims.claim(entry=entry, actor=person, at=NOW).status == "GRANTED"
        assert Profile.objects.get(pk=entry.pk).person == person
        assert roles(organisation) == {person.email: "MEMBER"}

    def test_a_colleagues_address_is_not_enough(self) -> None:
        entry = made_by_staff(contact_email="cho@tu-van.vn", website="https://tu-van.vn")
        with pytest.raises(ClaimNotProven):
            claims.claim(entry=entry, actor=with_address("khac@tu-van.vn"), at=NOW)

    def test_whose_person_was_here_is_theirs(self) -> None:
        entry = made_by_staff(contact_email="cho@tu-van.vn")
        entry.person.last_login = NOW
        entry.person.save()
        claim = claims.claim(entry=entry, actor=with_address("cho@tu-van.vn"), at=NOW)
        assert (claim.status, entries.has_owner(entry)) == ("WAITING", True)

    def test_who_has_an_entry_claims_no_other(self) -> None:
        own = ProfileFactory.create()
        with pytest.raises(AlreadyYours):
            claims.ask(entry=made_by_staff(), note="Cũng là tôi", actor=own.person, at=NOW)

"""Joining on the site: claims, colleagues, applications, the link of a letter."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from network.joining import applications, colleagues, signed_links
from network.models import Application, Claim, Membership, Organisation, OutgoingMail
from tests.factories import OrganisationFactory, PersonFactory, ProfileFactory, SectorFactory
from tests.network.joining_scenes import code_in, keeper, link_in, newest, owner_of, unowned, with_address

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
SignedIn = Callable[..., Client]

STARTUP = {
    "name": "Cảng Xanh",
    "summary": "Xếp bãi container.",
    "stage": "SEED",
    "title": "Giám đốc",
    "website": "",
    "contact_email": "",
    "tax_code": "",
    "ward": "",
    "message": "",
    "team_size": "4",
}


def body(answer) -> str:
    return answer.content.decode()


class TestClaiming:
    """/nhan-quyen/…"""

    def test_the_entrys_page_leads_there_while_nobody_keeps_it(self, client: Client) -> None:
        entry = unowned(slug="cang-xanh")
        page = body(client.get("/mang-luoi/cang-xanh/"))
        assert "Đây là tổ chức của bạn?" in page
        assert "/nhan-quyen/cang-xanh/" in page
        owner_of(entry)
        assert "/nhan-quyen/" not in body(client.get("/mang-luoi/cang-xanh/"))

    def test_strangers_log_in_first(self, client: Client) -> None:
        unowned(slug="cang-xanh")
        answer = client.get("/nhan-quyen/cang-xanh/")
        assert (answer.status_code, answer.url) == (302, "/tai-khoan/login/?next=/nhan-quyen/cang-xanh/")

    def test_a_confirmed_address_is_one_click(self, signed_in: SignedIn) -> None:
        entry = unowned(slug="cang-xanh")
        client = signed_in(with_address("lan@cangxanh.vn"))
        assert "lan@cangxanh.vn" in body(client.get("/nhan-quyen/cang-xanh/"))
        answer = client.post("/nhan-quyen/cang-xanh/", {"act": "address"}, follow=True)
        assert answer.redirect_chain == [("/ho-so/to-chuc/cang-xanh/nguoi/", 302)]
        assert Membership.objects.get(organisation=entry).role == "OWNER"

    def test_a_letter_and_its_code(self, signed_in: SignedIn) -> None:
        entry = unowned(slug="cang-xanh")
        client = signed_in(PersonFactory.create())
        wrong = client.post("/nhan-quyen/cang-xanh/", {"act": "letter", "email": "lan@gmail.com"})
        assert "chưa cho thấy bạn đại diện" in body(wrong)
        assert 'value="lan@gmail.com"' in body(wrong)
        client.post("/nhan-quyen/cang-xanh/", {"act": "letter", "email": "lan@cangxanh.vn"})
        assert "lan@cangxanh.vn" in body(client.get("/nhan-quyen/cang-xanh/"))
        refused = client.post("/nhan-quyen/cang-xanh/", {"act": "code", "code": "1"})
        assert refused.context["forms"]["code"].errors
        client.post("/nhan-quyen/cang-xanh/", {"act": "code", "code": code_in(newest("lan@cangxanh.vn"))})
        assert Membership.objects.filter(organisation=entry, role="OWNER").count() == 1

    def test_staff_are_asked_and_the_claim_is_taken_back(self, signed_in: SignedIn) -> None:
        unowned(slug="cang-xanh")
        client = signed_in(PersonFactory.create())
        page = client.post("/nhan-quyen/cang-xanh/", {"act": "note", "note": "Tôi là giám đốc"}, follow=True)
        assert "Bạn không cần làm gì thêm." in body(page)
        row = Claim.objects.get()
        assert row.status == "WAITING"
        client.post("/nhan-quyen/cang-xanh/", {"act": "withdraw", "claim": row.pk})
        row.refresh_from_db()
        assert row.status == "WITHDRAWN"

    def test_no_such_entry(self, signed_in: SignedIn) -> None:
        unowned(slug="an", is_listed=False)
        client = signed_in(PersonFactory.create())
        for address in ("/nhan-quyen/an/", "/nhan-quyen/khong-co/", "/nhan-quyen/nguoi/khong-co/"):
            assert client.get(address).status_code == 404


class TestColleagues:
    """/ho-so/to-chuc/…/nguoi/"""

    ADDRESS = "/ho-so/to-chuc/cang-xanh/nguoi/"

    def test_strangers_find_nothing(self, signed_in: SignedIn) -> None:
        unowned(slug="cang-xanh")
        assert signed_in(PersonFactory.create()).get(self.ADDRESS).status_code == 404

    def test_members_see_and_owners_act(self, signed_in: SignedIn) -> None:
        entry = unowned(slug="cang-xanh")
        owner, member = owner_of(entry), owner_of(entry, role="MEMBER")
        assert 'value="invite"' not in body(signed_in(member).get(self.ADDRESS))
        client = signed_in(owner)
        assert 'value="invite"' in body(client.get(self.ADDRESS))
        client.post(self.ADDRESS, {"act": "invite", "email": "minh@cangxanh.vn", "role": "EDITOR"})
        assert "minh@cangxanh.vn" in body(client.get(self.ADDRESS))
        place = Membership.objects.get(person=member)
        client.post(self.ADDRESS, {"act": "role", "place": place.pk, "role": "EDITOR"})
        place.refresh_from_db()
        assert place.role == "EDITOR"
        answer = client.post(self.ADDRESS, {"act": "leave"}, follow=True)
        assert "Hồ sơ phải có ít nhất một chủ." in body(answer)
        client.post(self.ADDRESS, {"act": "remove", "place": place.pk})
        assert Membership.objects.get().person == owner

    def test_a_place_elsewhere_is_not_theirs_to_change(self, signed_in: SignedIn) -> None:
        owner = owner_of(unowned(slug="cang-xanh"))
        other = owner_of(unowned(), role="MEMBER")
        place = Membership.objects.get(person=other)
        signed_in(owner).post(self.ADDRESS, {"act": "remove", "place": place.pk})
        assert Membership.objects.filter(pk=place.pk).exists()

    def test_what_is_wrong_stands_at_its_field(self, signed_in: SignedIn) -> None:
        client = signed_in(owner_of(unowned(slug="cang-xanh")))
        page = client.post(self.ADDRESS, {"act": "invite", "email": "minh", "role": "EDITOR"})
        assert list(page.context["form"].errors) == ["email"]
        assert OutgoingMail.objects.count() == 0

    def test_an_invitation_is_answered_by_its_link(self, signed_in: SignedIn, client: Client) -> None:
        entry = unowned(slug="cang-xanh")
        colleagues.invite(
            organisation_id=entry.pk, email="a@b.vn", role="EDITOR", actor=owner_of(entry), at=timezone.now()
        )
        link = link_in(newest("a@b.vn"), "/loi-moi/")
        assert client.get(link).status_code == 200
        assert client.post(link, {"act": "accept"}).url == f"/tai-khoan/login/?next={link}"
        person = PersonFactory.create()
        assert signed_in(person).post(link, {"act": "accept"}).url == self.ADDRESS
        assert Membership.objects.get(person=person).role == "EDITOR"
        assert client.get(link).status_code == 410

    def test_declining_needs_no_account(self, client: Client) -> None:
        entry = unowned()
        row = colleagues.invite(
            organisation_id=entry.pk, email="a@b.vn", role="EDITOR", actor=owner_of(entry), at=timezone.now()
        )
        link = link_in(newest("a@b.vn"), "/loi-moi/")
        assert client.get(link).status_code == 200
        row.refresh_from_db()
        assert row.answer == ""
        client.post(link, {"act": "decline"})
        row.refresh_from_db()
        assert row.answer == "DECLINED"


class TestApplying:
    """/tham-gia/…"""

    def test_the_ways_in_are_for_everybody(self, client: Client) -> None:
        page = body(client.get("/tham-gia/"))
        for address in ("co-van", "cau-lac-bo", "khoi-nghiep", "quy", "to-chuc"):
            assert f"/tham-gia/{address}/" in page
        assert client.get("/tham-gia/khac/").status_code == 302
        assert client.get("/tham-gia/cua-toi/").status_code == 302

    @pytest.mark.parametrize("address", ["co-van", "cau-lac-bo", "khoi-nghiep", "quy", "to-chuc"])
    def test_every_form_opens_with_the_consent_unticked(self, signed_in: SignedIn, address: str) -> None:
        page = body(signed_in(PersonFactory.create()).get(f"/tham-gia/{address}/"))
        assert 'name="agrees"' in page
        assert "checked" not in page

    def test_sent_and_seen(self, signed_in: SignedIn) -> None:
        SectorFactory.create(code="cang")
        client = signed_in(PersonFactory.create())
        answer = client.post("/tham-gia/khoi-nghiep/", STARTUP | {"sectors": ["cang"]}, follow=True)
        assert answer.redirect_chain == [("/tham-gia/cua-toi/", 302)]
        assert "Cảng Xanh" in body(answer)
        assert Application.objects.get().facts["sectors"] == ["cang"]

    def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(self, signed_in: SignedIn) -> None:
        page = signed_in(PersonFactory.create()).post("/tham-gia/khoi-nghiep/", STARTUP | {"name": ""})
        assert list(page.context["form"].errors) == ["name", "sectors"]
        assert "Xếp bãi container." in body(page)
        assert Application.objects.count() == 0

    def test_entries_that_look_alike_are_shown_before_it_is_sent(self, signed_in: SignedIn) -> None:
        SectorFactory.create(code="cang")
        OrganisationFactory.create(slug="da-co", name_vi="Công ty TNHH Cảng Xanh")
        client, typed = signed_in(PersonFactory.create()), STARTUP | {"sectors": ["cang"]}
        page = body(client.post("/tham-gia/khoi-nghiep/", typed))
        assert "/nhan-quyen/da-co/" in page
        assert Application.objects.count() == 0
        client.post("/tham-gia/khoi-nghiep/", typed | {"is_another": "on"})
        assert Application.objects.count() == 1

    def test_a_question_is_answered(self, signed_in: SignedIn) -> None:
        SectorFactory.create(code="cang")
        person = PersonFactory.create()
        given = STARTUP | {"sectors": ["cang"]}
        row = applications.submit(kind="STARTUP", given=given, actor=person, at=timezone.now())
        applications.send_back(application_id=row.pk, words="Sản phẩm ở đâu?", actor=keeper(), at=timezone.now())
        client = signed_in(person)
        assert "Sản phẩm ở đâu?" in body(client.get("/tham-gia/cua-toi/"))
        page = body(client.get(f"/tham-gia/cua-toi/{row.pk}/"))
        assert "Xếp bãi container." in page
        assert "checked" in page
        client.post(f"/tham-gia/cua-toi/{row.pk}/", given | {"summary": "Ở bến Chùa Vẽ."})
        row.refresh_from_db()
        assert (row.status, row.facts["summary"]) == ("SUBMITTED", "Ở bến Chùa Vẽ.")
        assert signed_in(PersonFactory.create()).get(f"/tham-gia/cua-toi/{row.pk}/").status_code == 404
        signed_in(person).post(f"/tham-gia/cua-toi/{row.pk}/", {"act": "withdraw"})
        row.refresh_from_db()
        assert row.status == "WITHDRAWN"


class TestStillCorrect:
    """The link of a letter."""

    def test_a_scanner_that_opens_it_confirms_nothing_and_one_click_does(self, client: Client) -> None:
        entry = unowned(confirmed_at=None)
        token = signed_links.make(entry, owner_of(entry), at=timezone.now() - timedelta(days=1))
        link = f"/tham-gia/con-dung/{token}/"
        for method in (client.get, client.head):
            assert method(link).status_code == 200
        entry.refresh_from_db()
        assert entry.confirmed_at is None
        assert "đã được xác nhận" in body(client.post(link))
        entry.refresh_from_db()
        assert entry.confirmed_at is not None

    def test_the_post_needs_the_pages_token_against_forgery(self) -> None:
        entry = unowned(confirmed_at=None)
        token = signed_links.make(entry, owner_of(entry), at=timezone.now())
        assert Client(enforce_csrf_checks=True).post(f"/tham-gia/con-dung/{token}/").status_code == 403
        assert Organisation.objects.get(pk=entry.pk).confirmed_at is None

    def test_a_cut_link_says_so(self, client: Client) -> None:
        assert client.get("/tham-gia/con-dung/abc/").status_code == 410

    def test_the_owner_confirms_on_the_site_and_nobody_else(self, signed_in: SignedIn) -> None:
        entry = unowned(slug="cang-xanh", confirmed_at=None)
        signed_in(PersonFactory.create()).post("/ho-so/to-chuc/cang-xanh/con-dung/")
        entry.refresh_from_db()
        assert entry.confirmed_at is None
        signed_in(owner_of(entry)).post("/ho-so/to-chuc/cang-xanh/con-dung/")
        entry.refresh_from_db()
        assert entry.confirmed_at is not None


def test_the_own_entry_leads_to_its_people_and_is_confirmed_there(signed_in: SignedIn) -> None:
    person = owner_of(unowned(slug="cang-xanh"))
    page = body(signed_in(person).get("/ho-so/to-chuc/cang-xanh/"))
    assert "/ho-so/to-chuc/cang-xanh/nguoi/" in page
    assert 'action="/ho-so/to-chuc/cang-xanh/con-dung/"' in page
    own = ProfileFactory.create(slug="ha")
    assert 'action="/ho-so/con-dung/ha/"' in body(signed_in(own.person).get("/ho-so/"))

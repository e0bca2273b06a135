"""An owner's desk on the site: what they send, what waits, what they may see of it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from network.entries.review import Verdict, ask_back, decide
from network.models import Change, Consent, Membership, Profile
from tests.factories import NOW, OrganisationFactory, PersonFactory, ProfileFactory, SectorFactory
from tests.network.entries import edited, picture, reviewer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
OLD = "Mười năm bán phần mềm cho nhà máy"
SignIn = Callable[..., Client]


@pytest.fixture
def mentor() -> Profile:
    SectorFactory.create(code="bien", name_vi="Công nghệ biển")
    return ProfileFactory.create(slug="ha", person__full_name="Phạm Thu Hà")


def words(**changes: Any) -> dict[str, Any]:
    typed = {"headline_vi": "Bán đơn hàng đầu tiên", "headline_en": "Sell the first order", "bio_vi": "Tôi bán hàng."}
    kept = {"languages": ["vi"], "availability": "OPEN", "is_listed": "on", "takes_suggestions": "on"}
    return {**typed, **kept, "helps_with_vi": "bán hàng, đàm phán", "sectors": ["bien"], **changes}


def body(client: Client, address: str = "/ho-so/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_is_sent_waits_and_the_page_stays(mentor: Profile, signed_in: SignIn) -> None:
    client = signed_in(mentor.person)
    assert client.post("/ho-so/", words()).headers["Location"] == "/ho-so/"
    desk = body(client)
    assert OLD in body(client, "/co-van/ha/")
    for said in ("Đã gửi.", "Thay đổi của bạn đang chờ duyệt", "Bán đơn hàng đầu tiên", OLD, "chờ duyệt"):
        assert said in desk
    change = Change.objects.get()
    assert (change.state, set(change.values)) == ("PENDING", {"headline", "bio", "helps_with", "sectors"})
    yes = {name: Verdict(approves=True) for name in change.values}
    decide(change_id=change.pk, verdicts=yes, actor=reviewer(), version=1, at=NOW)
    for said in ("Bán đơn hàng đầu tiên", "đàm phán", "Tôi bán hàng.", "Công nghệ biển"):
        assert said in body(client, "/co-van/ha/")


def test_who_is_trusted_is_live_at_once(mentor: Profile, signed_in: SignIn) -> None:
    Profile.objects.update(is_trusted=True)
    client = signed_in(mentor.person)
    client.post("/ho-so/", words())
    assert "Đã lưu." in body(client)
    assert "Bán đơn hàng đầu tiên" in body(client, "/co-van/ha/")


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"headline_vi": " "}, "headline_vi", "Mời bạn điền vào đây."),
        ({"headline_vi": "a" * 141}, "headline_vi", "Dài quá: nhiều nhất 140 ký tự."),
        ({"helps_with_en": "b" * 401}, "helps_with_en", "Dài quá: nhiều nhất 400 ký tự."),
        ({"website": "javascript:alert(1)"}, "website", "Hãy viết theo mẫu “https://congty.vn”."),
        ({"years_of_experience": "99"}, "years_of_experience", "Chọn số từ 0 đến 70."),
    ],
)
def test_an_error_stands_at_its_field_and_nothing_is_lost(
    mentor: Profile, signed_in: SignIn, changes: dict[str, str], field: str, said: str
) -> None:
    typed = words(bio_vi="Viết rất lâu.", visibility_bio="MEMBERS") | changes
    page = signed_in(mentor.person).post("/ho-so/", typed)
    assert page.status_code == 200
    assert page.context["form"].errors == {field: [said]}
    assert "Viết rất lâu." in page.content.decode()
    assert '<option value="MEMBERS" selected>' in page.content.decode()
    assert (Profile.objects.get().headline_vi, Change.objects.count()) == (OLD, 0)


def test_an_uploaded_photo_survives_an_error_and_is_nobody_elses(mentor: Profile, signed_in: SignIn) -> None:
    client = signed_in(mentor.person)
    shot = SimpleUploadedFile("toi.jpg", picture(), "image/jpeg")
    page = client.post("/ho-so/", words(headline_vi="", picture_file=shot, crop_x=0, crop_y=0, crop_size=300))
    held = page.context["picture_shown"]
    assert client.get(held).headers["Content-Type"] == "image/webp"
    assert signed_in(PersonFactory.create()).get(held).status_code == 404
    assert Client().get(held).status_code == 302
    name = page.context["form"]["photo"].value()
    client.post("/ho-so/", words(photo=name))
    change = Change.objects.get()
    assert change.values["photo"]["new"] == {"photo": name}
    waits = f"/ho-so/anh/{change.pk}/new/"
    assert waits in body(client)
    assert client.get(waits).status_code == 200
    assert signed_in(reviewer()).get(waits).status_code == 200
    assert signed_in(PersonFactory.create()).get(waits).status_code == 404
    assert client.get(f"/ho-so/anh/{change.pk}/both/").status_code == 404
    assert name not in body(Client(), "/co-van/ha/")


def test_what_is_no_picture_is_told_at_the_picture(mentor: Profile, signed_in: SignIn) -> None:
    page = signed_in(mentor.person).post("/ho-so/", words(picture_file=SimpleUploadedFile("a.jpg", b"%PDF-1.7")))
    assert page.context["form"].errors == {
        "photo": ["Tệp này không phải ảnh đọc được. Hãy chọn ảnh JPEG, PNG hoặc WebP."]
    }


def test_a_preview_sends_nothing_and_shows_what_each_would_see(mentor: Profile, signed_in: SignIn) -> None:
    client = signed_in(mentor.person)
    typed = words(visibility_bio="MEMBERS", contact_email="ha@congty.vn")
    public = client.post("/ho-so/", typed | {"act": "preview-public"}).content.decode()
    members = client.post("/ho-so/", typed | {"act": "preview-members"}).content.decode()
    sheet = public.partition('<article class="own-sheet">')[2].partition("</article>")[0]
    assert "Bán đơn hàng đầu tiên" in sheet
    assert "Tôi bán hàng." not in sheet
    assert "Tôi bán hàng." in members.partition('<article class="own-sheet">')[2]
    assert "ha@congty.vn" not in members.partition('<article class="own-sheet">')[2]
    assert '<input type="hidden" name="bio_vi" value="Tôi bán hàng.">' in public
    assert Change.objects.count() == 0
    again = client.post("/ho-so/", typed | {"act": "edit"})
    assert again.context["form"]["bio_vi"].value() == "Tôi bán hàng."
    assert "own-sheet" not in client.post("/ho-so/", typed | {"act": "preview", "headline_vi": ""}).content.decode()


def test_asked_back_amended_and_taken_back(mentor: Profile, signed_in: SignIn) -> None:
    client = signed_in(mentor.person)
    client.post("/ho-so/", words())
    change = Change.objects.get()
    ask_back(change_id=change.pk, words="Chị bán gì ạ?", actor=reviewer(), version=1, at=NOW)
    assert "Chị bán gì ạ?" in body(client)
    client.post("/ho-so/", words(bio_vi="Tôi bán phần mềm."))
    change.refresh_from_db()
    assert (change.state, change.version) == ("PENDING", 2)
    stranger = signed_in(PersonFactory.create())
    stranger.post(f"/ho-so/thay-doi/{change.pk}/rut-lai/")
    assert Change.objects.get().state == "PENDING"
    assert client.post(f"/ho-so/thay-doi/{change.pk}/rut-lai/").headers["Location"] == "/ho-so/"
    assert Change.objects.get().state == "WITHDRAWN"
    assert OLD in body(client)


def test_the_history_and_undoing(mentor: Profile, signed_in: SignIn) -> None:
    Profile.objects.update(is_trusted=True)
    client = signed_in(mentor.person)
    client.post("/ho-so/", words())
    told = body(client, "/ho-so/lich-su/")
    assert OLD in told
    assert "Hiển thị ngay" in told
    change = Change.objects.get()
    assert signed_in(PersonFactory.create()).post(f"/ho-so/thay-doi/{change.pk}/hoan-tac/").status_code == 404
    client.post(f"/ho-so/thay-doi/{change.pk}/hoan-tac/")
    assert Profile.objects.get().headline_vi == OLD
    client.post(f"/ho-so/thay-doi/{change.pk}/hoan-tac/")
    assert "Hồ sơ nay đã khác." in body(client)


def test_leaving_the_directory_and_agreeing_to_be_shown(mentor: Profile, signed_in: SignIn) -> None:
    client, typed = signed_in(mentor.person), words(headline_vi=OLD, bio_vi="", helps_with_vi="", sectors=[])
    hidden = {**typed, "headline_en": "Ten years of selling software to factories"}
    del hidden["is_listed"]
    client.post("/ho-so/", hidden)
    assert Client().get("/co-van/ha/").status_code == 404
    page = client.post("/ho-so/", {**hidden, "is_listed": "on"})
    assert page.context["form"].errors == {"is_listed": ["Để hiện trong danh bạ, bạn cần đồng ý trước."]}
    client.post("/ho-so/", {**hidden, "is_listed": "on", "directory_consent": "on"})
    assert Client().get("/co-van/ha/").status_code == 200
    assert Consent.objects.get(purpose="DIRECTORY").channel == "SITE"


def test_who_has_no_entry_is_told_how_to_join(mentor: Profile, signed_in: SignIn) -> None:
    person = PersonFactory.create()
    club = OrganisationFactory.create(name_vi="Câu lạc bộ Sóng", kind="UNIVERSITY_CLUB", slug="song")
    Membership.objects.create(person=person, organisation=club, role="EDITOR")
    client = signed_in(person)
    shown = body(client)
    for said in ("Bạn chưa có hồ sơ ở đây", "/tham-gia/", "Câu lạc bộ Sóng", "/ho-so/to-chuc/song/"):
        assert said in shown
    assert client.post("/ho-so/", words()).status_code == 403
    assert client.get("/ho-so/lich-su/").status_code == 404
    assert Client().post("/ho-so/", words()).headers["Location"] == "/tai-khoan/login/?next=/ho-so/"
    assert Profile.objects.get().headline_vi == OLD


def test_an_organisation_with_the_facts_of_its_kind(signed_in: SignIn) -> None:
    fund = OrganisationFactory.create(name_vi="Quỹ Sóng", kind="VENTURE_FUND", slug="quy-song")
    owner = Membership.objects.create(person=PersonFactory.create(), organisation=fund, role="OWNER").person
    client = signed_in(owner)
    shown = body(client, "/ho-so/to-chuc/quy-song/")
    assert 'name="ticket_min"' in shown
    assert 'name="team_size"' not in shown
    typed = {
        "name_vi": "Quỹ Sóng", "name_en": "", "ticket_min": "500.000.000", "ticket_max": "2 000 000 000",
        "currency": "VND", "stages": ["SEED", "PRE_SEED"], "latitude": "20,85", "longitude": "106,68",
        "is_listed": "on", "takes_suggestions": "on",
    }  # fmt: skip
    assert client.post("/ho-so/to-chuc/quy-song/", typed).headers["Location"] == "/ho-so/to-chuc/quy-song/"
    values = Change.objects.get().values
    assert values["ticket"]["new"] == {"ticket_min": 500_000_000, "ticket_max": 2_000_000_000, "currency": "VND"}
    assert values["position"]["new"] == {"latitude": 20.85, "longitude": 106.68}
    assert client.get("/ho-so/to-chuc/quy-song/lich-su/").status_code == 200
    stranger = signed_in(PersonFactory.create())
    for address in ("/ho-so/to-chuc/quy-song/", "/ho-so/to-chuc/quy-song/lich-su/", "/ho-so/to-chuc/khong/"):
        assert stranger.get(address).status_code == 404
    assert stranger.post("/ho-so/to-chuc/quy-song/", typed).status_code == 404


def test_the_desk_asks_for_no_more_however_long_the_history(
    mentor: Profile, signed_in: SignIn, statements: Callable[..., int]
) -> None:
    client = signed_in(mentor.person)
    before = statements(client, "/ho-so/")
    for number in range(5):
        edited(mentor, PersonFactory.create(is_superuser=True), bio_vi=f"Lần {number}")
    assert statements(client, "/ho-so/") == before


def test_only_the_owner_is_offered_the_desk(mentor: Profile, signed_in: SignIn) -> None:
    assert signed_in(mentor.person).get("/co-van/ha/").context["is_own"] is True
    assert signed_in(PersonFactory.create()).get("/co-van/ha/").context["is_own"] is False

"""A mentor's desk."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from network.models import Profile
from tests.factories import PersonFactory, ProfileFactory, SectorFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


@pytest.fixture
def mentor() -> Profile:
    SectorFactory.create(code="bien", name_vi="Công nghệ biển")
    return ProfileFactory.create(slug="ha", person__full_name="Phạm Thu Hà")


def words(**changes: Any) -> dict[str, Any]:
    typed = {"headline_vi": "Bán đơn hàng đầu tiên", "headline_en": "Sell the first order", "bio_vi": "Tôi bán hàng."}
    return {**typed, "helps_with_vi": "bán hàng, đàm phán", "sector_codes": ["bien"], "is_listed": "on", **changes}


def test_a_mentor_changes_their_words_and_it_shows(mentor: Profile, signed_in: Callable[..., Client]) -> None:
    client = signed_in(mentor.person)
    answer = client.post("/ho-so/", words())
    assert answer.headers["Location"] == "/co-van/ha/"
    body = client.get("/co-van/ha/").content.decode()
    for said in ("Bán đơn hàng đầu tiên", "đàm phán", "Tôi bán hàng.", "Công nghệ biển", "Đã lưu."):
        assert said in body
    assert "Sell the first order" in client.get("/en/co-van/ha/").content.decode()


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"headline_vi": " "}, "headline_vi", "Mời bạn điền vào đây."),
        ({"headline_vi": "a" * 141}, "headline_vi", "Dài quá: nhiều nhất 140 ký tự."),
        ({"helps_with_en": "b" * 401}, "helps_with_en", "Dài quá: nhiều nhất 400 ký tự."),
    ],
)
def test_an_error_stands_at_its_field_and_nothing_is_lost(
    mentor: Profile, signed_in: Callable[..., Client], changes: dict[str, str], field: str, said: str
) -> None:
    typed = words(bio_vi="Viết rất lâu.") | changes
    page = signed_in(mentor.person).post("/ho-so/", typed)
    assert page.status_code == 200
    assert page.context["form"].errors == {field: [said]}
    assert "Viết rất lâu." in page.content.decode()
    assert Profile.objects.get().headline_vi == "Mười năm bán phần mềm cho nhà máy"


def test_leaving_the_directory(mentor: Profile, signed_in: Callable[..., Client]) -> None:
    typed = words()
    del typed["is_listed"]
    assert signed_in(mentor.person).post("/ho-so/", typed).headers["Location"] == "/ho-so/"
    assert Client().get("/co-van/ha/").status_code == 404


def test_who_is_no_mentor_is_told_so(mentor: Profile, signed_in: Callable[..., Client]) -> None:
    client = signed_in(PersonFactory.create())
    assert "Bạn chưa là cố vấn ở đây" in client.get("/ho-so/").content.decode()
    assert client.post("/ho-so/", words()).status_code == 403
    assert Client().post("/ho-so/", words()).headers["Location"] == "/tai-khoan/login/?next=/ho-so/"
    assert Profile.objects.get().headline_vi == "Mười năm bán phần mềm cho nhà máy"


def test_only_the_owner_is_offered_the_desk(mentor: Profile, signed_in: Callable[..., Client]) -> None:
    assert signed_in(mentor.person).get("/co-van/ha/").context["is_own"] is True
    assert signed_in(PersonFactory.create()).get("/co-van/ha/").context["is_own"] is False

"""Duyệt hồ sơ: the queue with its count, the difference, deciding field by field, asking back, undoing."""

import pytest
from django.test import Client
from django.urls import reverse

from network.models import Change, Person, Profile
from tests.factories import PersonFactory, ProfileFactory
from tests.network.entries import edited

OLD = "Mười năm bán phần mềm cho nhà máy"


@pytest.fixture
def waiting(home: object) -> Change:
    profile = ProfileFactory.create(person__full_name="Phạm Thu Hà")
    change = edited(profile, profile.person, headline_vi="Mười năm bán hàng cho nhà máy", bio_vi="Tôi").waiting
    assert change is not None
    return change


def review(change: Change) -> str:
    return reverse("reviews:review", args=[change.pk])


def says() -> tuple[str, str]:
    profile = Profile.objects.get()
    return profile.headline_vi, profile.bio_vi or ""


def test_the_menu_counts_what_waits(desk: Client, waiting: Change) -> None:
    shown = desk.get("/quan-tri/").content.decode().encode().decode("unicode_escape", errors="ignore")
    assert "(1)" in shown
    queue = desk.get(reverse("reviews:index"))
    assert [row["change"] for row in queue.context["rows"]] == [waiting]
    assert "Phạm Thu Hà" in queue.content.decode()


def test_the_difference_is_marked_word_by_word(desk: Client, waiting: Change) -> None:
    shown = desk.get(review(waiting)).content.decode()
    for part in ("<del>phần mềm</del>", "<ins>hàng</ins>", "<ins>Tôi</ins>", "để trống", "Mọi người"):
        assert part in shown


def test_field_by_field_with_a_note(desk: Client, waiting: Change, editor: Person) -> None:
    stated = {"act": "decide", "version": 1, "decision_headline": "REJECTED", "note_headline": "Chưa rõ"}
    refused = desk.post(review(waiting), stated)
    assert refused.status_code == 409
    assert "Hãy quyết định từng mục trước" in refused.content.decode()
    assert 'value="Chưa rõ"' in refused.content.decode()
    assert says() == (OLD, "")
    answer = desk.post(review(waiting), stated | {"decision_bio": "APPROVED"})
    assert answer.url == reverse("reviews:index")
    waiting.refresh_from_db()
    assert (waiting.state, waiting.reviewer, says()) == ("PARTLY", editor, (OLD, "Tôi"))


def test_all_at_once(desk: Client, waiting: Change) -> None:
    desk.post(review(waiting), {"act": "approve_all", "version": 1})
    assert says() == ("Mười năm bán hàng cho nhà máy", "Tôi")
    again = desk.post(review(waiting), {"act": "approve_all", "version": 1})
    assert again.status_code == 409
    assert "Thay đổi này không còn chờ duyệt" in again.content.decode()


def test_asking_back_needs_words(desk: Client, waiting: Change) -> None:
    assert desk.post(review(waiting), {"act": "ask_back", "version": 1, "words": " "}).status_code == 409
    desk.post(review(waiting), {"act": "ask_back", "version": 1, "words": "Năm nào?"})
    waiting.refresh_from_db()
    assert (waiting.state, waiting.words) == ("RETURNED", "Năm nào?")


def test_what_moved_meanwhile_is_shown_and_confirmed(desk: Client, waiting: Change) -> None:
    edited(Profile.objects.get(), PersonFactory.create(is_superuser=True), bio_vi="Ban quản trị viết")
    assert "Trong lúc chờ, mục này đã được sửa." in desk.get(review(waiting)).content.decode()
    refused = desk.post(review(waiting), {"act": "approve_all", "version": 1})
    assert refused.status_code == 409
    assert "review-field-marked" in refused.content.decode()
    assert says() == (OLD, "Ban quản trị viết")
    desk.post(review(waiting), {"act": "approve_all", "version": 1, "over_bio": "on"})
    assert says() == ("Mười năm bán hàng cho nhà máy", "Tôi")


@pytest.mark.parametrize("version", ["2", "x", ""])
def test_what_was_amended_is_read_again(desk: Client, waiting: Change, version: str) -> None:
    assert desk.post(review(waiting), {"act": "approve_all", "version": version}).status_code == 409
    assert says() == (OLD, "")


def test_the_history_and_undoing(desk: Client, waiting: Change) -> None:
    desk.post(review(waiting), {"act": "approve_all", "version": 1})
    history = reverse("reviews:history", args=["nguoi", waiting.profile_id])
    assert OLD in desk.get(history).content.decode()
    assert desk.post(reverse("reviews:undo", args=[waiting.pk])).url == history
    assert says() == (OLD, "")
    desk.post(reverse("reviews:undo", args=[waiting.pk]))
    assert "Hồ sơ nay đã khác." in desk.get(history).content.decode()
    assert desk.get(reverse("reviews:history", args=["khac", 1])).status_code == 404


@pytest.mark.parametrize("who", ["organiser", "attendee", "mentor"])
def test_others_do_not_review(
    waiting: Change, organiser: Person, outsiders: dict[str, Person], client: Client, who: str
) -> None:
    client.force_login({"organiser": organiser, **outsiders}[who])
    doors = [reverse("reviews:index"), review(waiting), reverse("reviews:history", args=["nguoi", 1])]
    for address in doors:
        assert client.get(address).status_code in {302, 403}
    for address in (review(waiting), reverse("reviews:undo", args=[waiting.pk])):
        assert client.post(address, {"act": "approve_all", "version": 1}).status_code in {302, 403}
    waiting.refresh_from_db()
    assert waiting.state == "PENDING"

"""A picture is squared, bare, private until it is approved, and kept no longer than anything needs it."""

import shutil
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image, ImageFile

from network import pictures
from network.entries import history
from network.entries import pictures as kept
from network.entries.review import Verdict, decide
from network.entries.submission import withdraw
from network.files import private
from network.models import Change, Profile
from network.pictures import Crop
from network.refusals import Invalid
from tests.factories import NOW, ProfileFactory
from tests.network.dump import folders
from tests.network.entries import edited, picture, reviewer

RED, BLUE = (200, 30, 30), (30, 30, 200)


@pytest.fixture(autouse=True)
def empty_ground() -> None:
    """Files of other tests stay in the session's folders."""
    for folder in folders():
        shutil.rmtree(folder, ignore_errors=True)


def squared(content: bytes, **options: Any) -> Image.Image:
    return Image.open(BytesIO(pictures.square(ContentFile(content, name="a"), **options)))


def is_like(found: Any, wanted: tuple[int, int, int]) -> bool:
    return all(abs(here - there) < 40 for here, there in zip(found[:3], wanted, strict=True))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_where_it_was_taken_is_gone(kind: str) -> None:
    content = picture(kind)
    with Image.open(BytesIO(content)) as shot:
        assert dict(shot.getexif().get_ifd(0x8825)) != {}
    made = pictures.square(ContentFile(content, name="a"))
    with Image.open(BytesIO(made)) as bare:
        assert (bare.format, bare.size, dict(bare.getexif()), set(bare.info) & {"exif", "xmp", "icc_profile"}) == (
            "WEBP", (480, 480), {}, set(),
        )  # fmt: skip
    assert b"A phone" not in made


def test_the_square_that_was_chosen() -> None:
    left = squared(picture(), crop=Crop(x=0, y=0, size=300))
    right = squared(picture(), crop=Crop(x=450, y=100, size=300))
    assert is_like(left.convert("RGB").getpixel((290, 150)), RED)
    assert is_like(right.convert("RGB").getpixel((10, 150)), BLUE)


def test_a_picture_that_lies_on_its_side_is_cropped_as_it_is_seen() -> None:
    """Turned by a quarter, red is above."""
    made = squared(picture(orientation=6), crop=Crop(x=0, y=0, size=390))
    assert is_like(made.convert("RGB").getpixel((200, 380)), RED)
    whole = squared(picture(orientation=6), whole=True).convert("RGBA")
    assert whole.getpixel((5, 200))[3] == 0  # type: ignore[index]


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "required"), (b"%PDF-1.7 no picture", "no_picture"), (picture()[:400], "no_picture"),
     (b"x" * (10 * 1024 * 1024 + 1), "too_big"), (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no_picture")],
)  # fmt: skip
def test_what_is_no_picture_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(Invalid) as refused:
        squared(content)
    assert refused.value.facts["reason"] == reason


def test_a_bomb_is_refused_before_it_unfolds(monkeypatch: pytest.MonkeyPatch) -> None:
    content = picture()
    monkeypatch.setattr(pictures, "MOST_PIXELS", 800 * 600 - 1)
    monkeypatch.setattr(ImageFile.ImageFile, "load", lambda self: pytest.fail("unfolded"))
    with pytest.raises(Invalid) as refused:
        squared(content)
    assert refused.value.facts["reason"] == "too_many_pixels"


@pytest.mark.parametrize("crop", [Crop(x=700, y=0, size=200), Crop(x=-1, y=0, size=50), Crop(x=0, y=0, size=2)])
def test_a_square_outside_of_the_picture_is_refused(crop: Crop) -> None:
    with pytest.raises(Invalid) as refused:
        squared(picture(), crop=crop)
    assert refused.value.field == "crop"


def uploaded(profile: Profile) -> str:
    return kept.hold(person=profile.person, file=ContentFile(picture(), name="a.jpg"), field="photo")


def public() -> list[str]:
    return default_storage.listdir("people")[1] if default_storage.exists("people") else []


def hidden(profile: Profile) -> set[str]:
    place = f"entries/profile-{profile.pk}"
    return set(private().listdir(place)[1]) if private().exists(place) else set()


@pytest.mark.django_db(transaction=True)
def test_private_until_approved_and_the_former_one_comes_back() -> None:
    profile, actor = ProfileFactory.create(), reviewer()
    first = uploaded(profile)
    change = edited(profile, profile.person, photo=first).waiting
    assert change is not None
    assert (public(), hidden(profile)) == ([], {first})
    assert kept.held(person=profile.person, name=first) is None
    decide(change_id=change.pk, verdicts={"photo": Verdict(approves=True)}, actor=actor, version=1, at=NOW)
    assert public() == [first]
    assert Profile.objects.get().photo.name == f"people/{first}"
    second = uploaded(profile)
    later = edited(profile, profile.person, photo=second).waiting
    assert later is not None
    decide(change_id=later.pk, verdicts={"photo": Verdict(approves=True)}, actor=actor, version=1, at=NOW)
    assert (public(), hidden(profile)) == ([second], {first, second})
    history.undo(change_id=later.pk, actor=actor, at=NOW)
    assert (public(), Profile.objects.get().photo.name) == ([first], f"people/{first}")


@pytest.mark.django_db(transaction=True)
def test_what_came_to_nothing_is_deleted() -> None:
    profile, actor = ProfileFactory.create(), reviewer()
    edited(profile, profile.person, photo=uploaded(profile))
    second = uploaded(profile)
    edited(profile, profile.person, photo=second)
    assert hidden(profile) == {second}
    change = Change.objects.get()
    refusal = Verdict(approves=False, note="Mờ quá")
    decide(change_id=change.pk, verdicts={"photo": refusal}, actor=actor, version=2, at=NOW)
    assert hidden(profile) == set()
    third = edited(profile, profile.person, photo=uploaded(profile)).waiting
    assert third is not None
    withdraw(change_id=third.pk, actor=profile.person, at=NOW)
    assert (hidden(profile), public()) == (set(), [])


@pytest.mark.django_db(transaction=True)
def test_a_photo_that_staff_uploaded_is_kept_for_the_history_when_it_is_replaced() -> None:
    profile = ProfileFactory.create(is_trusted=True)
    profile.photo.save("ha.png", ContentFile(picture("PNG")))
    change = edited(profile, profile.person, photo="").live
    assert change is not None
    assert (public(), hidden(profile)) == ([], {"ha.png"})
    history.undo(change_id=change.pk, actor=profile.person, at=NOW)
    assert public() == ["ha.png"]


@pytest.mark.django_db(transaction=True)
def test_nobody_takes_what_somebody_else_uploaded_and_nothing_lies_about() -> None:
    profile, other = ProfileFactory.create(), ProfileFactory.create()
    name = uploaded(other)
    with pytest.raises(Invalid):
        edited(profile, profile.person, photo=name)
    assert kept.held(person=profile.person, name=name) is None
    assert kept.forget_unused(at=timezone.now()) == 0
    assert kept.forget_unused(at=timezone.now() + timedelta(days=2)) == 1
    uploaded(profile)
    kept.forget_held(profile.person)
    assert kept.forget_unused(at=timezone.now() + timedelta(days=2)) == 0

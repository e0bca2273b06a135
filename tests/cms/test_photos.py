"""A photo keeps its pixels and its colours; where, when and by whom it was taken stays with the photographer."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

from cms.models import CityImage

RED, BLUE = (200, 30, 30), (30, 30, 200)


def photo(kind: str, *, orientation: int = 1) -> bytes:
    """A picture, red on the left and blue on the right, with the place where it was taken."""
    picture = Image.new("RGB", (80, 40), RED)
    picture.paste(BLUE, (40, 0, 80, 40))
    exif = Image.Exif()
    exif[Base.Make] = "A phone"
    exif[Base.Orientation] = orientation
    exif.get_ifd(IFD.GPSInfo).update({GPS.GPSLatitudeRef: "N", GPS.GPSLatitude: (20.0, 51.0, 54.0)})
    output = BytesIO()
    options = {"lossless": True} if kind == "WEBP" else {"quality": 95} if kind == "JPEG" else {}
    picture.save(output, kind, exif=exif.tobytes(), **options)
    return output.getvalue()


def place_of(content: bytes) -> dict[int, object]:
    with Image.open(BytesIO(content)) as picture:
        return dict(picture.getexif().get_ifd(IFD.GPSInfo))


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "name"), [("JPEG", "anh.jpg"), ("PNG", "anh.png"), ("WEBP", "anh.webp")])
def test_no_metadata_reaches_the_disk(kind: str, name: str) -> None:
    content = photo(kind)
    assert place_of(content) != {}  # the control: the file had it
    image = CityImage.objects.create(title="Ảnh", file=ContentFile(content, name=name))
    stored = Path(image.file.path).read_bytes()
    assert place_of(stored) == {}
    assert b"A phone" not in stored
    with Image.open(BytesIO(stored)) as picture:
        assert (picture.format, dict(picture.getexif()), picture.size) == (kind, {}, (80, 40))
    assert (image.width, image.height, image.file_size) == (80, 40, len(stored))


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "name"), [("JPEG", "anh.jpg"), ("PNG", "anh.png"), ("WEBP", "anh.webp")])
def test_the_picture_stands_upright(kind: str, name: str) -> None:
    """6: the camera was held upright, so left becomes top."""
    image = CityImage.objects.create(title="Ảnh", file=ContentFile(photo(kind, orientation=6), name=name))
    assert (image.width, image.height) == (40, 80)
    with Image.open(image.file.path) as picture:
        top, bottom = picture.convert("RGB").getpixel((20, 15)), picture.convert("RGB").getpixel((20, 65))
    assert [max(abs(a - b) for a, b in zip(*pair, strict=True)) < 12 for pair in ((top, RED), (bottom, BLUE))] == [
        True,
        True,
    ]


# Wagtail leaves the temporary file of a rendition to the garbage collector.
@pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile")
def test_the_upload_form_cleans_too(desk: Client) -> None:
    upload = SimpleUploadedFile("anh.jpg", photo("JPEG"), content_type="image/jpeg")
    answer = desk.post(reverse("wagtailimages:add"), {"title": "Ảnh", "file": upload})
    assert answer.status_code == 302
    image = CityImage.objects.get()
    assert place_of(Path(image.file.path).read_bytes()) == {}
    with image.get_rendition("width-40").file.open() as rendition:
        assert place_of(rendition.read()) == {}


@pytest.mark.django_db
def test_saving_again_leaves_the_file_alone() -> None:
    image = CityImage.objects.create(title="Ảnh", file=ContentFile(photo("JPEG"), name="anh.jpg"))
    name, content = image.file.name, Path(image.file.path).read_bytes()
    image = CityImage.objects.get()
    image.alt_vi = "Một bức ảnh"
    image.save()
    assert (image.file.name, Path(image.file.path).read_bytes()) == (name, content)

"""Files that nobody should upload: refused at the field in words, or written anew without anything but their pixels."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.forms import ModelForm
from django.test import Client
from django.utils import translation
from PIL import Image
from PIL.ExifTags import IFD
from wagtail.documents.forms import get_document_form
from wagtail.documents.models import Document
from wagtail.images.forms import get_image_form
from wagtail.models import Collection

from cms.models import CityImage
from tests import factories
from tests.cms.hostile import (
    REFUSED_FILES,
    REFUSED_PICTURES,
    SCRIPT,
    SECRET,
    TAKEN_PICTURES,
    archive,
    picture,
    svg,
)

# Wagtail leaves the files of renditions that it has written to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:.*(SpooledTemporaryFile|FileIO)")
ENGLISH = re.compile(r"\b(?:the|this|file|image|upload|not|valid|format|required)\b", re.IGNORECASE)
SECRETS = (SECRET.encode(), b"GPS", b"<script", b"<?php", b"PK\x03\x04")


Send = Callable[[type[Model], str, bytes], ModelForm]


class Upload(SimpleUploadedFile):
    """Sent with its name as it is: Django's test client would clean it, a hostile one does not."""

    def _set_name(self, name: str | None) -> None:
        self._name = name

    name = property(lambda self: self._name, _set_name)


@pytest.fixture
def sent(db: None) -> Send:
    """The newsroom's own form for a picture or a document, filled in by an administrator."""
    user = factories.PersonFactory.create(is_superuser=True)

    def send(model: type[Model], name: str, content: bytes) -> ModelForm:
        form = (get_image_form if model is CityImage else get_document_form)(model)
        root = Collection.get_first_root_node()
        with translation.override("vi"):
            filled = form({"title": "Tệp", "collection": root.pk}, {"file": Upload(name, content)}, user=user)
            filled.full_clean()
        return filled

    return send


def errors(form: ModelForm) -> str:
    assert form.errors.keys() <= {"file"}
    with translation.override("vi"):
        return " ".join(form.errors.get("file", []))


@pytest.mark.parametrize("case", REFUSED_PICTURES)
def test_a_hostile_picture_is_refused_at_the_field(sent: Send, case: str) -> None:
    name, make = REFUSED_PICTURES[case]
    said = errors(sent(CityImage, name, make()))
    assert said != ""
    assert ENGLISH.findall(re.sub(r"[A-Z, ]{8,}|\.\w+", "", said)) == []


@pytest.mark.parametrize("case", TAKEN_PICTURES)
def test_a_picture_is_written_anew(sent: Send, case: str, settings: Any) -> None:
    name, make = TAKEN_PICTURES[case]
    form = sent(CityImage, name, make())
    assert errors(form) == ""
    image = form.save()
    root = Path(settings.MEDIA_ROOT).resolve()
    stored = Path(image.file.path).resolve()
    assert stored.is_relative_to(root / "original_images")
    renditions = [image.get_rendition(spec) for spec in ("width-40|format-webp", "width-40|format-avif", "width-40")]
    for kept in [stored.read_bytes(), *(Path(rendition.file.path).read_bytes() for rendition in renditions)]:
        assert [secret for secret in SECRETS if secret in kept] == []
        with Image.open(BytesIO(kept)) as opened:
            assert dict(opened.getexif()) == {}
            assert dict(opened.getexif().get_ifd(IFD.GPSInfo)) == {}
            assert opened.info.keys() & {"xmp", "exif", "comment", "Comment", "XML:com.adobe.xmp"} == set()


def _tells(content: bytes) -> bool:
    with Image.open(BytesIO(content)) as opened:
        return any(secret in content for secret in SECRETS) or dict(opened.getexif()) != {}


def test_the_cases_tell_something_to_hide() -> None:
    """The control: before it is uploaded, each of these holds what is looked for after."""
    telling = {case for case, (_name, make) in TAKEN_PICTURES.items() if _tells(make())}
    assert telling == {case for case in TAKEN_PICTURES if "way up" not in case and "path" not in case}
    assert len(REFUSED_PICTURES) + len(TAKEN_PICTURES) + len(REFUSED_FILES) >= 30


@pytest.mark.parametrize("case", REFUSED_FILES)
def test_a_hostile_document_is_refused_at_the_field(sent: Send, case: str) -> None:
    name, make = REFUSED_FILES[case]
    said = errors(sent(Document, name, make()))
    assert said != ""
    assert ENGLISH.findall(said) == []


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.pdf", b"%PDF-1.7\n%%EOF"), ("a.csv", b"a;b\n"), ("a.txt", SCRIPT), ("a.docx", archive())],
)
def test_a_document_is_downloaded_and_never_shown(sent: Send, name: str, content: bytes) -> None:
    form = sent(Document, name, content)
    assert errors(form) == ""
    document = form.save()
    served = Client().get(document.url)
    assert b"".join(served.streaming_content) == content
    assert served.headers["Content-Disposition"].startswith("attachment;")
    assert served.headers["X-Content-Type-Options"] == "nosniff"
    assert served.headers["Content-Security-Policy"].startswith("default-src 'none'")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content"), [("a.svg", svg("<script>alert(1)</script>")), ("a.tiff", picture("TIFF")), ("a.html", SCRIPT)]
)
def test_no_other_door_lets_them_in(name: str, content: bytes) -> None:
    """Scripts and imports save the model itself."""
    with pytest.raises(Exception):  # noqa: B017, PT011  # Pillow's or ours: what counts is that nothing is kept
        CityImage.objects.create(title="Tệp", file=ContentFile(content, name=name))
    assert CityImage.objects.count() == 0

"""Who keeps the directory in tests, and pictures as phones take them."""

from io import BytesIO

from django.contrib.auth.models import Permission
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

from network.entries.submission import Edit, Outcome, submit
from network.models import Consent, Organisation, Person, Profile
from tests.factories import NOW, PersonFactory


def reviewer(**fields: object) -> Person:
    """Somebody who may review entries."""
    person = PersonFactory.create(is_staff=True, **fields)
    person.user_permissions.add(Permission.objects.get(codename="review_entry"))
    return Person.objects.get(pk=person.pk)


def edited(entry: Profile | Organisation, actor: Person, **values: object) -> Outcome:
    """Submit these values at NOW."""
    return submit(entry=entry, actor=actor, edit=Edit(values=values), at=NOW)


def consenting(profile: Profile) -> Profile:
    """Whose person has agreed to be shown."""
    Consent.objects.create(
        person=profile.person, purpose="DIRECTORY", text_version=1, language="vi", channel="SITE", given_at=NOW
    )
    return profile


def picture(kind: str = "JPEG", *, size: tuple[int, int] = (800, 600), orientation: int = 1) -> bytes:
    """A picture, red on the left and blue on the right, with the place where it was taken."""
    shot = Image.new("RGB", size, (200, 30, 30))
    shot.paste((30, 30, 200), (size[0] // 2, 0, *size))
    exif = Image.Exif()
    exif[Base.Make] = "A phone"
    exif[Base.Orientation] = orientation
    exif.get_ifd(IFD.GPSInfo).update({GPS.GPSLatitudeRef: "N", GPS.GPSLatitude: (20.0, 51.0, 54.0)})
    output = BytesIO()
    shot.save(output, kind, exif=exif.tobytes())
    return output.getvalue()

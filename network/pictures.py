"""What a camera writes beside the picture (place, time, device, owner) never reaches our disk.

`without_metadata` keeps a picture as it is but for that; `square` makes the portrait or logo of an entry out of it.
"""

from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from typing import Any

from django.core.files import File
from django.core.files.base import ContentFile
from PIL import Image, ImageCms, ImageOps, ImageSequence

from network.refusals import Invalid

# Written anew, each of these is its pixels and nothing else. What iPhones make becomes what browsers show.
CLEANED = {
    "JPEG": "JPEG", "MPO": "JPEG", "PNG": "PNG", "WEBP": "WEBP", "AVIF": "AVIF", "GIF": "GIF", "HEIF": "JPEG",
}  # fmt: skip
QUALITY = 92
MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 50_000_000
"""A small file can unfold into gigabytes; asked of its header, before anything is unfolded."""
EDGE = 480
"""How many pixels wide and high the square is kept."""


@dataclass(frozen=True, kw_only=True)
class Crop:
    """A square of an upright picture, in its pixels."""

    x: int
    y: int
    size: int


def without_metadata(file: "File[bytes]") -> "File[bytes]":
    """Return `file` with the pixels turned upright and everything else about the shot left out.

    The colour profile stays, since without it the colours change. A file that is no picture of these formats comes
    back as it was.
    """
    file.seek(0)
    with Image.open(file) as picture:
        target = CLEANED.get(picture.format or "")
        if target is None:
            file.seek(0)
            return file
        content = _clean(picture, target)
        name = PurePath(file.name or "").with_suffix(".jpg").name if picture.format == "HEIF" else file.name
    return ContentFile(content, name=name)


def _clean(picture: Image.Image, target: str) -> bytes:
    profile = _profile(picture)
    options: dict[str, Any] = {"icc_profile": profile} if profile else {}
    turned = picture.getexif().get(0x0112, 1) != 1
    if target == "JPEG" and picture.format == "JPEG" and not turned:
        # Written again with its own tables, a JPEG loses nothing that an eye could see.
        options["quality"] = "keep"
    elif target in {"JPEG", "WEBP", "AVIF"}:
        options["quality"] = QUALITY
    frames = [_bare(frame) for frame in ImageSequence.Iterator(picture)] if _moves(picture, target) else []
    still = picture if options.get("quality") == "keep" else _bare(picture)
    still.info = {name: value for name, value in still.info.items() if name == "transparency"}
    output = BytesIO()
    if frames:
        options |= {
            "save_all": True,
            "append_images": frames[1:],
            "duration": picture.info.get("duration", 100),
            "loop": 0,
        }
    still.save(output, format=target, **options)
    return output.getvalue()


def _bare(picture: Image.Image) -> Image.Image:
    """An upright copy that knows nothing but its pixels and which of them are see-through."""
    upright = ImageOps.exif_transpose(picture)
    upright.info = {name: value for name, value in upright.info.items() if name == "transparency"}
    return upright


def _moves(picture: Image.Image, target: str) -> bool:
    # An MPO's further frames are the same shot for other screens, not a film.
    return target in {"PNG", "WEBP", "AVIF", "GIF"} and getattr(picture, "n_frames", 1) > 1


def _profile(picture: Image.Image) -> bytes | None:
    """The colour profile, if it is one: a broken profile is not worth a refused upload."""
    profile = picture.info.get("icc_profile")
    if not profile:
        return None
    try:
        ImageCms.ImageCmsProfile(BytesIO(profile))
    except OSError:
        return None
    return bytes(profile)


def square(file: "File[bytes]", *, crop: Crop | None = None, whole: bool = False, field: str = "file") -> bytes:
    """Return `file` as a square WebP of at most EDGE pixels that knows nothing but its colours.

    Without `crop` it is the middle, or (`whole`) all of the picture on a clear ground. Raises Invalid at `field`:
    required, too_big, no_picture, too_many_pixels; and at `crop`: out_of_range.
    """
    if not file.size:
        raise Invalid(field=field, reason="required")
    if file.size > MOST_BYTES:
        raise Invalid(field=field, reason="too_big", megabytes=MOST_BYTES // 1024 // 1024)
    upright = _upright(file, field)
    if whole and crop is None:
        side = max(upright.size)
        cut = ImageOps.pad(upright.convert("RGBA"), (side, side), color=(0, 0, 0, 0))
    else:
        cut = upright.crop(_box(upright, crop))
    edge = min(EDGE, cut.width)
    output = BytesIO()
    cut.resize((edge, edge), Image.Resampling.LANCZOS).save(output, format="WEBP", quality=86, method=4)
    return output.getvalue()


def _upright(file: "File[bytes]", field: str) -> Image.Image:
    """Unfold a picture, turn it, and leave everything behind but its pixels in the colours of screens."""
    try:
        file.seek(0)
        with Image.open(file) as picture:
            if picture.format not in CLEANED:
                raise Invalid(field=field, reason="no_picture")
            if picture.width * picture.height > MOST_PIXELS:
                raise Invalid(field=field, reason="too_many_pixels", megapixels=MOST_PIXELS // 1_000_000)
            picture.load()
            profile = _profile(picture)
            turned = ImageOps.exif_transpose(picture)
            bare = turned.convert("RGBA" if turned.has_transparency_data else "RGB")
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise Invalid(field=field, reason="no_picture") from error
    bare.info = {}
    return _for_screens(bare, profile)


def _for_screens(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """In sRGB, so that the profile, which may name a device, need not stay."""
    if profile is None:
        return picture
    screens = ImageCms.createProfile("sRGB")
    try:
        painted = ImageCms.profileToProfile(picture, BytesIO(profile), screens, outputMode=picture.mode)
    except (ImageCms.PyCMSError, OSError):
        return picture
    if painted is None:
        return picture
    painted.info = {}
    return painted


def _box(picture: Image.Image, crop: Crop | None) -> tuple[int, int, int, int]:
    if crop is None:
        size = min(picture.size)
        x, y = (picture.width - size) // 2, (picture.height - size) // 3
        return x, y, x + size, y + size
    least, most = 16, min(picture.width - crop.x, picture.height - crop.y)
    if crop.x < 0 or crop.y < 0 or not least <= crop.size <= most:
        raise Invalid(field="crop", reason="out_of_range", least=least, most=max(most, least))
    return crop.x, crop.y, crop.x + crop.size, crop.y + crop.size

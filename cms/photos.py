"""What a camera writes beside the picture (place, time, device, owner) never reaches our disk."""

from io import BytesIO

from django.core.files import File
from django.core.files.base import ContentFile
from PIL import Image, ImageCms, ImageOps, ImageSequence

# The formats in which cameras and phones leave EXIF or XMP. GIF and SVG carry no place that a camera knows.
CLEANED = {"JPEG": "JPEG", "MPO": "JPEG", "PNG": "PNG", "WEBP": "WEBP", "AVIF": "AVIF"}
QUALITY = 92


def without_metadata(file: File) -> File:
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
    return ContentFile(content, name=file.name)


def _clean(picture: Image.Image, target: str) -> bytes:
    profile = _profile(picture)
    options = {"icc_profile": profile} if profile else {}
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
    return target in {"PNG", "WEBP", "AVIF"} and getattr(picture, "n_frames", 1) > 1


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

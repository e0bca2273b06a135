"""Pictures of the demo's pages, drawn by the project itself."""

from django.core.files.base import ContentFile

from cms.models import CityImage
from frontend.covers import cover, picture

WIDTH = 1440
CREDIT = "Startup Hải Phòng"
SCENES = {
    "stacks": ("Tranh vẽ những chồng container trên cầu cảng", "Drawing of container stacks on a quay"),
    "arrival": ("Tranh vẽ con tàu container đi qua những hòn đảo", "Drawing of a container ship passing islands"),
    "loading": ("Tranh vẽ cần cẩu nhấc một container", "Drawing of a crane lifting a container"),
    "beacon": ("Tranh vẽ ngọn hải đăng và những cánh buồm", "Drawing of a lighthouse and sails"),
    "crossing": ("Tranh vẽ cây cầu dây văng và con tàu", "Drawing of a cable-stayed bridge and a ship"),
    "summer": ("Tranh vẽ cành phượng đỏ trên cầu cảng", "Drawing of a red phoenix branch above the quay"),
}


def drawn(code: str, scene: str, palette: str, *, alt_vi: str = "", alt_en: str = "") -> CityImage:
    """Return the picture of this code; it is drawn if it is not there."""
    title = f"Tranh: {code}"
    known = CityImage.objects.filter(title=title).first()
    if known is not None:
        return known
    png = picture(cover(seed=code, palette=palette, scene=scene, ratio="16x9"), width=WIDTH)
    plain_vi, plain_en = SCENES[scene]
    return CityImage.objects.create(
        title=title,
        file=ContentFile(png, name=f"{code}.png"),
        alt_vi=alt_vi or plain_vi,
        alt_en=alt_en or plain_en,
        credit=CREDIT,
    )

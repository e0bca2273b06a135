"""Pictures."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from cms.models.image import CityImage


class PhotoChooserBlock(ImageChooserBlock):
    """Chooses a photo; a story with ten photos fetches their renditions at once, not one by one."""

    def bulk_to_python(self, values: list[int | None]) -> list[CityImage | None]:
        """Return the photos in the order of `values`, renditions included, in two statements."""
        photos = CityImage.objects.prefetch_related("renditions").in_bulk([value for value in values if value])
        return [photos.get(value) for value in values]


class FigureBlock(blocks.StructBlock):
    """A photo with its caption; the alternative text belongs to the photo."""

    image = PhotoChooserBlock(label=_("Photo"))
    caption = blocks.CharBlock(label=_("Caption"), max_length=240, required=False)

    class Meta:
        label = _("Photo")
        icon = "image"
        template = "cms/blocks/figure.html"

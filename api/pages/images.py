"""Photos, in the sizes that the website uses too."""

from typing import Any

import graphene

from ..addresses import whole
from ..batch import load
from ..fields import identifier


class ImageSize(graphene.Enum):
    """How a photo is cut."""

    CARD = "fill-960x600|format-webp"
    WIDE = "fill-1440x720|format-webp"
    FULL = "width-1280|format-webp"
    FACE = "fill-208x208|format-webp"


class Rendition(graphene.ObjectType):
    """One size of a photo."""

    url = graphene.String(required=True)
    width = graphene.Int(required=True)
    height = graphene.Int(required=True)

    resolve_url = staticmethod(lambda row, info: whole(row.url))


class Image(graphene.ObjectType):
    """A photo."""

    id = identifier()
    alt = graphene.String(required=True, description="What it shows, in the language of the answer.")
    credit = graphene.String(required=True)
    rendition = graphene.Field(Rendition, required=True, size=ImageSize(default_value=ImageSize.FULL))

    resolve_alt = staticmethod(lambda row, info: row.default_alt_text)

    def resolve_rendition(self: Any, info: Any, size: Any) -> Any:
        load(self, "renditions")
        return self.get_rendition(size.value)

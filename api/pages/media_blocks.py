"""Several pictures, films, files and logos."""

from typing import Any

import graphene

from cms.blocks.media import film_host

from ..addresses import whole
from .images import Image
from .parts import block_id, href, items_of, part, words


class Picture(graphene.ObjectType):
    """One picture of several."""

    image = graphene.Field(Image)
    caption = graphene.String(required=True)


class GalleryBlock(graphene.ObjectType):
    """Photos side by side."""

    id = block_id()
    title = words("title")
    items = items_of(Picture)


class File(graphene.ObjectType):
    """A file to take along."""

    title = graphene.String(required=True)
    url = graphene.String(required=True)
    extension = graphene.String(required=True, description="In lower case, without the dot.")
    size = graphene.Int(description="In bytes; null where it is not known.")

    resolve_url = staticmethod(lambda row, info: whole(row.url))
    resolve_extension = staticmethod(lambda row, info: row.file_extension.lower())
    resolve_size = staticmethod(lambda row, info: row.file_size)


class FilmBlock(graphene.ObjectType):
    """A film: a file of ours, or the address of one elsewhere."""

    id = block_id()
    title = words("title")
    file = graphene.Field(File, resolver=part("file"))
    captions = graphene.Field(File, resolver=part("captions"), description="WebVTT.")
    url = words("url", "Where it stands, if it is not ours.")
    host = graphene.String(required=True, description="The name of that place.")
    image = graphene.Field(Image, resolver=part("image"), description="To be shown before it starts.")
    transcript = words("transcript")

    def resolve_host(self: Any, info: Any) -> str:
        return film_host(self.parts.get("url") or "")


class Download(graphene.ObjectType):
    """One file with what is in it."""

    file = graphene.Field(File)
    text = graphene.String(required=True)


class DownloadsBlock(graphene.ObjectType):
    """Files to take along."""

    id = block_id()
    title = words("title")
    items = items_of(Download)


class Logo(graphene.ObjectType):
    """One logo."""

    name = graphene.String(required=True)
    image = graphene.Field(Image)
    url = graphene.String(required=True, description="Where it leads; may be empty.")

    resolve_url = staticmethod(lambda item, info: href(item["link"]))


class LogosBlock(graphene.ObjectType):
    """Who carries it."""

    id = block_id()
    title = words("title")
    items = items_of(Logo)

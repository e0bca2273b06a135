"""Blocks that fill themselves: what readers see now."""

from typing import Any

import graphene

from .parts import block_id, part, words


def _rows(of: str) -> graphene.List:
    return graphene.List(
        graphene.NonNull(of),
        required=True,
        description="As they are at this moment.",
        resolver=lambda block, info: block.parts["rows"].read(),
    )


class EventsBlock(graphene.ObjectType):
    """The events to come of a kind or a series."""

    id = block_id()
    title = words("title")
    events = _rows("api.events.types.Event")


class NewsBlock(graphene.ObjectType):
    """The newest articles of a topic."""

    id = block_id()
    title = words("title")
    topic = words("topic", "Empty: of all topics.")
    articles = _rows("api.pages.types.NewsPage")


class MentorsBlock(graphene.ObjectType):
    """Mentors of a field of work."""

    id = block_id()
    title = words("title")
    sector = words("sector", "The code of the field; empty: of all.")
    mentors = _rows("api.network.types.Profile")


class OrganisationsBlock(graphene.ObjectType):
    """Organisations of a kind and a field of work."""

    id = block_id()
    title = words("title")
    sector = words("sector", "The code of the field; empty: of all.")
    organisations = _rows("api.network.types.Organisation")


class CountdownBlock(graphene.ObjectType):
    """Days until an event."""

    id = block_id()
    title = words("title")
    event = graphene.Field("api.events.types.Event", description="Null while it is not public.")

    def resolve_event(self: Any, info: Any) -> Any:
        event = part("event")(self, info)
        return event if event is not None and event.is_public else None

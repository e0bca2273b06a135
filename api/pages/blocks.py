"""The blocks of stories, each a type of its own."""

from collections.abc import Callable
from typing import Any

import graphene

from ..addresses import whole
from .images import Image
from .links import address

Part = Callable[..., Any]


def _part(name: str) -> Part:
    return lambda block, info: block.parts.get(name)


def _said(name: str) -> Part:
    """A text: never null."""
    return lambda block, info: str(block.parts.get(name) or "")


def _words(name: str, description: str | None = None) -> graphene.String:
    return graphene.String(required=True, description=description, resolver=_said(name))


def _items(of: Any) -> graphene.List:
    return graphene.List(graphene.NonNull(of), required=True, resolver=_part("items"))


def _id() -> graphene.ID:
    return graphene.ID(required=True, description="The same as long as the editor keeps the block.")


def _href(link: Any) -> str:
    """Where a link leads: a page of ours, or an address."""
    page = link and link.get("page")
    return address(page) if page else whole((link and link.get("url")) or "")


class TextBlock(graphene.ObjectType):
    """Running text."""

    id = _id()
    html = _words("text", "Paragraphs, lists, bold, italic, links.")


class HeadingBlock(graphene.ObjectType):
    """A heading within a story."""

    id = _id()
    text = _words("text")
    level = graphene.Int(required=True, description="2: a chapter; 3: a part of one.")

    resolve_level = staticmethod(lambda block, info: int(block.parts["level"]))


class QuoteBlock(graphene.ObjectType):
    """What somebody said."""

    id = _id()
    text = _words("text")
    name = _words("name")
    role = _words("role")


class Question(graphene.ObjectType):
    """One question with its answer."""

    question = graphene.String(required=True)
    answer_html = graphene.String(required=True, resolver=lambda item, info: str(item["answer"]))


class QuestionsBlock(graphene.ObjectType):
    """Questions that open on demand."""

    id = _id()
    items = _items(Question)


class FigureBlock(graphene.ObjectType):
    """A photo with its caption."""

    id = _id()
    image = graphene.Field(Image, resolver=_part("image"))
    caption = _words("caption")


class NumberItem(graphene.ObjectType):
    """One number as it is read."""

    value = graphene.String(required=True)
    unit = graphene.String(required=True)
    label = graphene.String(required=True, description="What it counts.")


class NumbersBlock(graphene.ObjectType):
    """Numbers side by side."""

    id = _id()
    title = _words("title")
    items = _items(NumberItem)


class PledgeBlock(graphene.ObjectType):
    """How far a pledge has come."""

    id = _id()
    label = _words("label", "What was pledged.")
    unit = _words("unit")
    value = graphene.Int(required=True, resolver=_part("value"))
    target = graphene.Int(required=True, resolver=_part("target"))


class MilestoneState(graphene.Enum):
    """How far it is."""

    DONE = "done"
    NOW = "now"
    NEXT = "next"


class Milestone(graphene.ObjectType):
    """A point in time."""

    when = graphene.String(required=True, description="As it is read.")
    title = graphene.String(required=True)
    text = graphene.String(required=True)
    state = graphene.Field(MilestoneState, required=True)


class TimelineBlock(graphene.ObjectType):
    """Milestones in order."""

    id = _id()
    title = _words("title")
    items = _items(Milestone)


class Step(graphene.ObjectType):
    """One thing to do."""

    title = graphene.String(required=True)
    text = graphene.String(required=True)


class StepsBlock(graphene.ObjectType):
    """How to take part, step by step."""

    id = _id()
    title = _words("title")
    items = _items(Step)


class EventBlock(graphene.ObjectType):
    """An event as it is at this moment."""

    id = _id()
    event = graphene.Field("api.events.types.Event", description="Null while it is not public.")

    def resolve_event(self: Any, info: Any) -> Any:
        event = self.parts["event"]
        return event if event is not None and event.is_public else None


class PeopleBlock(graphene.ObjectType):
    """People of the directory."""

    id = _id()
    title = _words("title")
    people = graphene.List(graphene.NonNull("api.network.types.Profile"), required=True)

    def resolve_people(self: Any, info: Any) -> list[Any]:
        return [person for person in self.parts["people"] if person is not None and person.is_listed]


class Card(graphene.ObjectType):
    """One card."""

    label = graphene.String(required=True, description="The line above.")
    title = graphene.String(required=True)
    text = graphene.String(required=True)
    url = graphene.String(required=True, description="Where it leads; may be empty.")

    resolve_url = staticmethod(lambda item, info: _href(item["link"]))


class CardsBlock(graphene.ObjectType):
    """Cards side by side."""

    id = _id()
    title = _words("title")
    items = _items(Card)


class CallToActionBlock(graphene.ObjectType):
    """The one act that matters."""

    id = _id()
    title = _words("title")
    text = _words("text")
    button = _words("button", "The words on the button.")
    url = graphene.String(required=True, resolver=lambda block, info: _href(block.parts["link"]))


KINDS = {
    "text": TextBlock,
    "heading": HeadingBlock,
    "quote": QuoteBlock,
    "questions": QuestionsBlock,
    "figure": FigureBlock,
    "numbers": NumbersBlock,
    "pledge": PledgeBlock,
    "timeline": TimelineBlock,
    "steps": StepsBlock,
    "event": EventBlock,
    "people": PeopleBlock,
    "cards": CardsBlock,
    "call_to_action": CallToActionBlock,
}
"""The type of each kind of block; a test holds it against the blocks that editors have."""


class StoryBlock(graphene.Union):
    """One part of a story."""

    class Meta:
        types = tuple(KINDS.values())

    @classmethod
    def resolve_type(cls, instance: Any, info: Any) -> Any:
        return KINDS[instance.kind]

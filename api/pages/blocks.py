"""The blocks of stories, each a type of its own."""

from typing import Any

import graphene

from .data_blocks import ChartBlock, TableBlock
from .images import Image
from .live_blocks import CountdownBlock, EventsBlock, MentorsBlock, NewsBlock, OrganisationsBlock
from .media_blocks import DownloadsBlock, FilmBlock, GalleryBlock, LogosBlock
from .parts import block_id, href, items_of, part, words


class TextBlock(graphene.ObjectType):
    """Running text."""

    id = block_id()
    html = words("text", "Paragraphs, lists, bold, italic, links.")


class HeadingBlock(graphene.ObjectType):
    """A heading within a story."""

    id = block_id()
    text = words("text")
    level = graphene.Int(required=True, description="2: a chapter; 3: a part of one.")

    resolve_level = staticmethod(lambda block, info: int(block.parts["level"]))


class QuoteBlock(graphene.ObjectType):
    """What somebody said."""

    id = block_id()
    text = words("text")
    name = words("name")
    role = words("role")


class Question(graphene.ObjectType):
    """One question with its answer."""

    question = graphene.String(required=True)
    answer_html = graphene.String(required=True, resolver=lambda item, info: str(item["answer"]))


class QuestionsBlock(graphene.ObjectType):
    """Questions that open on demand."""

    id = block_id()
    items = items_of(Question)


class FigureBlock(graphene.ObjectType):
    """A photo with its caption."""

    id = block_id()
    image = graphene.Field(Image, resolver=part("image"))
    caption = words("caption")


class NumberItem(graphene.ObjectType):
    """One number as it is read."""

    value = graphene.String(required=True)
    unit = graphene.String(required=True)
    label = graphene.String(required=True, description="What it counts.")


class NumbersBlock(graphene.ObjectType):
    """Numbers side by side."""

    id = block_id()
    title = words("title")
    items = items_of(NumberItem)


class PledgeBlock(graphene.ObjectType):
    """How far a pledge has come."""

    id = block_id()
    label = words("label", "What was pledged.")
    unit = words("unit")
    value = graphene.Int(required=True, resolver=part("value"))
    target = graphene.Int(required=True, resolver=part("target"))


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

    id = block_id()
    title = words("title")
    items = items_of(Milestone)


class Step(graphene.ObjectType):
    """One thing to do."""

    title = graphene.String(required=True)
    text = graphene.String(required=True)


class StepsBlock(graphene.ObjectType):
    """How to take part, step by step."""

    id = block_id()
    title = words("title")
    items = items_of(Step)


class EventBlock(graphene.ObjectType):
    """An event as it is at this moment."""

    id = block_id()
    event = graphene.Field("api.events.types.Event", description="Null while it is not public.")

    def resolve_event(self: Any, info: Any) -> Any:
        event = self.parts["event"]
        return event if event is not None and event.is_public else None


class PeopleBlock(graphene.ObjectType):
    """People of the directory."""

    id = block_id()
    title = words("title")
    people = graphene.List(graphene.NonNull("api.network.types.Profile"), required=True)

    def resolve_people(self: Any, info: Any) -> list[Any]:
        return [person for person in self.parts["people"] if person is not None and person.is_listed]


class Card(graphene.ObjectType):
    """One card."""

    label = graphene.String(required=True, description="The line above.")
    title = graphene.String(required=True)
    text = graphene.String(required=True)
    url = graphene.String(required=True, description="Where it leads; may be empty.")

    resolve_url = staticmethod(lambda item, info: href(item["link"]))


class CardsBlock(graphene.ObjectType):
    """Cards side by side."""

    id = block_id()
    title = words("title")
    items = items_of(Card)


class CallToActionBlock(graphene.ObjectType):
    """The one act that matters."""

    id = block_id()
    title = words("title")
    text = words("text")
    button = words("button", "The words on the button.")
    url = graphene.String(required=True, resolver=lambda block, info: href(block.parts["link"]))


class SignUpBlock(graphene.ObjectType):
    """The field to get the newsletter by: `subscribeToNewsletter`, beside the text of the consent NEWSLETTER."""

    id = block_id()
    title = words("title")
    text = words("text")


KINDS = {
    "text": TextBlock,
    "heading": HeadingBlock,
    "quote": QuoteBlock,
    "questions": QuestionsBlock,
    "figure": FigureBlock,
    "gallery": GalleryBlock,
    "film": FilmBlock,
    "numbers": NumbersBlock,
    "chart": ChartBlock,
    "table": TableBlock,
    "pledge": PledgeBlock,
    "timeline": TimelineBlock,
    "steps": StepsBlock,
    "event": EventBlock,
    "events": EventsBlock,
    "countdown": CountdownBlock,
    "news": NewsBlock,
    "people": PeopleBlock,
    "mentors": MentorsBlock,
    "organisations": OrganisationsBlock,
    "cards": CardsBlock,
    "call_to_action": CallToActionBlock,
    "signup": SignUpBlock,
    "downloads": DownloadsBlock,
    "logos": LogosBlock,
}
"""The type of each kind of block; a test holds it against the blocks that editors have."""


class StoryBlock(graphene.Union):
    """One part of a story."""

    class Meta:
        types = tuple(KINDS.values())

    @classmethod
    def resolve_type(cls, instance: Any, info: Any) -> Any:
        return KINDS[instance.kind]

"""Words: text, headings, quotations, folded questions."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from network.vietnamese import slug

# No colours, sizes or tables of the editor's own: the look belongs to the site.
TEXT_FEATURES = ["bold", "italic", "link", "ul", "ol", "document-link"]


class TextBlock(blocks.RichTextBlock):
    """Running text."""

    def __init__(self, **options: object) -> None:
        super().__init__(features=TEXT_FEATURES, **options)

    class Meta:
        label = _("Text")
        icon = "pilcrow"
        template = "cms/blocks/text.html"


class HeadingValue(blocks.StructValue):
    """A heading knows its own anchor."""

    @property
    def anchor(self) -> str:
        """The folded words, so that a link can point here."""
        return slug(self["text"])


class HeadingBlock(blocks.StructBlock):
    """A heading within a story."""

    text = blocks.CharBlock(label=_("Heading"), max_length=120)
    level = blocks.ChoiceBlock(
        label=_("Level"), choices=[("2", _("Chapter")), ("3", _("Part of a chapter"))], default="2"
    )

    class Meta:
        label = _("Heading")
        icon = "title"
        template = "cms/blocks/heading.html"
        value_class = HeadingValue
        form_layout = ["text", "level"]


class QuoteBlock(blocks.StructBlock):
    """What somebody said."""

    text = blocks.TextBlock(label=_("What was said"), rows=3)
    name = blocks.CharBlock(label=_("Name"), max_length=120, required=False)
    role = blocks.CharBlock(label=_("Who is that?"), max_length=160, required=False)

    class Meta:
        label = _("Quotation")
        icon = "openquote"
        template = "cms/blocks/quote.html"


class QuestionBlock(blocks.StructBlock):
    """One question with its answer."""

    question = blocks.CharBlock(label=_("Question"), max_length=160)
    answer = blocks.RichTextBlock(label=_("Answer"), features=TEXT_FEATURES)


class AccordionBlock(blocks.StructBlock):
    """Questions that open on demand."""

    items = blocks.ListBlock(QuestionBlock(), label=_("Questions"), min_num=1)

    class Meta:
        label = _("Questions and answers")
        icon = "help"
        template = "cms/blocks/accordion.html"

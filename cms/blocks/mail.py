"""What a newsletter may hold: the blocks that mail programs can show. What fills itself is found when it goes out."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .figures import NumbersBlock
from .links import CallToActionBlock
from .live import EventsBlock, MentorsBlock, NewsBlock
from .pictures import FigureBlock
from .rows import EventCardBlock
from .text import QuoteBlock, TextBlock


class ArticlesBlock(blocks.StructBlock):
    """Articles that the editor chose."""

    title = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    articles = blocks.ListBlock(
        blocks.PageChooserBlock(label=_("Article"), page_type="cms.NewsPage"), label=_("Articles"), min_num=1, max_num=8
    )

    class Meta:
        label = _("Chosen articles")
        icon = "doc-full-inverse"


class MailStory(blocks.StreamBlock):
    """Blocks of a newsletter."""

    text = TextBlock(group=_("Words and quotes"))
    heading = blocks.CharBlock(label=_("Heading"), icon="title", max_length=120, group=_("Words and quotes"))
    quote = QuoteBlock(group=_("Words and quotes"))
    figure = FigureBlock(group=_("Pictures and figures"))
    numbers = NumbersBlock(group=_("Pictures and figures"))
    articles = ArticlesBlock(group=_("From the platform"))
    news = NewsBlock(group=_("From the platform"))
    event = EventCardBlock(group=_("From the platform"))
    events = EventsBlock(group=_("From the platform"))
    mentors = MentorsBlock(group=_("From the platform"))
    call_to_action = CallToActionBlock(group=_("Ways onward"))

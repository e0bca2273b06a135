"""The story: what every page's body may hold."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .data import ChartBlock, TableBlock
from .figures import NumbersBlock, PledgeBlock, StepsBlock, TimelineBlock
from .links import CallToActionBlock, CardsBlock, SignUpBlock
from .live import CountdownBlock, EventsBlock, MentorsBlock, NewsBlock, OrganisationsBlock
from .media import DownloadsBlock, FilmBlock, GalleryBlock, LogosBlock
from .pictures import FigureBlock
from .rows import EventCardBlock, PeopleBlock
from .text import AccordionBlock, HeadingBlock, QuoteBlock, TextBlock


class Story(blocks.StreamBlock):
    """Blocks in the order in which an editor reaches for them."""

    text = TextBlock(group=_("Words and quotes"))
    heading = HeadingBlock(group=_("Words and quotes"))
    quote = QuoteBlock(group=_("Words and quotes"))
    questions = AccordionBlock(group=_("Words and quotes"))
    figure = FigureBlock(group=_("Pictures and figures"))
    gallery = GalleryBlock(group=_("Pictures and figures"))
    film = FilmBlock(group=_("Pictures and figures"))
    numbers = NumbersBlock(group=_("Pictures and figures"))
    chart = ChartBlock(group=_("Pictures and figures"))
    table = TableBlock(group=_("Pictures and figures"))
    pledge = PledgeBlock(group=_("Pictures and figures"))
    timeline = TimelineBlock(group=_("Pictures and figures"))
    steps = StepsBlock(group=_("Pictures and figures"))
    event = EventCardBlock(group=_("From the platform"))
    events = EventsBlock(group=_("From the platform"))
    countdown = CountdownBlock(group=_("From the platform"))
    news = NewsBlock(group=_("From the platform"))
    people = PeopleBlock(group=_("From the platform"))
    mentors = MentorsBlock(group=_("From the platform"))
    organisations = OrganisationsBlock(group=_("From the platform"))
    cards = CardsBlock(group=_("Ways onward"))
    call_to_action = CallToActionBlock(group=_("Ways onward"))
    signup = SignUpBlock(group=_("Ways onward"))
    downloads = DownloadsBlock(group=_("Ways onward"))
    logos = LogosBlock(group=_("Ways onward"))

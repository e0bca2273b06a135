"""The kinds of pages that editors write. Each may stand only where it belongs in the tree."""

from .campaign import CampaignIndexPage, CampaignPage
from .event import EventIndexPage, EventPage
from .home import HomePage
from .news import NewsIndexPage, NewsPage
from .standard import StandardPage

__all__ = [
    "CampaignIndexPage", "CampaignPage", "EventIndexPage", "EventPage", "HomePage", "NewsIndexPage", "NewsPage",
    "StandardPage",
]  # fmt: skip

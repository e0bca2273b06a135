from cms.pages import (
    CampaignIndexPage,
    CampaignPage,
    EventIndexPage,
    EventPage,
    HomePage,
    NewsIndexPage,
    NewsPage,
    StandardPage,
)

from .image import CityImage, CityRendition
from .newsletter import Newsletter

__all__ = [
    "CampaignIndexPage", "CampaignPage", "CityImage", "CityRendition", "EventIndexPage", "EventPage", "HomePage",
    "NewsIndexPage", "NewsPage", "Newsletter", "StandardPage",
]  # fmt: skip

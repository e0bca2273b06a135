"""What lies on the quay of the home page today."""

from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import get_language

from cms import queries
from cms.pages import CampaignPage, HomePage, NewsPage
from events import queries as event_queries
from events.models import Event, Registration
from network import queries as network_queries
from network.models import Organisation, Profile

UPCOMING = 4
ARTICLES = 5
MENTORS = 4


def laid_out(*, home: HomePage) -> dict[str, Any]:
    """Return what the home page's template shows besides the editor's words."""
    at = timezone.now()
    first = event_queries.next_event(at=at)
    upcoming = event_queries.public_events(at=at, when=event_queries.When.UPCOMING)
    if first is not None:
        upcoming = upcoming.exclude(pk=first.pk)
    return {
        "next_event": first,
        "upcoming": list(upcoming.exclude(status=Event.Status.CANCELLED)[:UPCOMING]),
        "articles": _articles(home),
        "campaign": _campaign(home),
        "numbers": ecosystem(home=home),
        "mentors": _mentors(),
    }


class Number(Subquery):
    """How many rows a query has, as a part of another statement."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def ecosystem(*, home: HomePage) -> dict[str, int]:
    """The network in numbers, counted as they are; asked beside the home page's row, so that it is one statement."""
    listed = Organisation.objects.filter(is_listed=True)
    counted: dict[str, QuerySet[Any]] = {
        "organisations": listed,
        "startups": listed.filter(kind=Organisation.Kind.STARTUP),
        "mentors": Profile.objects.filter(is_listed=True, person__is_active=True),
        "events": Event.objects.filter(status=Event.Status.SCHEDULED, ends_at__lt=timezone.now()),
        "registrations": Registration.objects.filter(status=Registration.Status.CONFIRMED),
    }
    numbers = {name: Number(rows.order_by().values("pk")) for name, rows in counted.items()}
    return HomePage.objects.filter(pk=home.pk).order_by().values(**numbers).get()


def _mentors() -> list[Profile]:
    """Cards say nothing of memberships, so they are not asked for."""
    rows = network_queries.listed_mentors().prefetch_related(None).prefetch_related("sectors")
    return list(rows[:MENTORS])


def _articles(home: HomePage) -> list[NewsPage]:
    """The newest, behind the one that the editor put first."""
    rows = list(queries.news(locale=get_language() or "vi")[: ARTICLES + 1])
    chosen = next((row for row in rows if row.pk == home.featured_news_id), None)
    if chosen is None and home.featured_news_id:
        chosen = queries.news(locale=get_language() or "vi").filter(pk=home.featured_news_id).first()
    others = [row for row in rows if chosen is None or row.pk != chosen.pk]
    return ([chosen] if chosen else []) + others[: ARTICLES - bool(chosen)]


def _campaign(home: HomePage) -> CampaignPage | None:
    campaigns = list(queries.campaigns(locale=get_language() or "vi"))
    chosen = next((campaign for campaign in campaigns if campaign.pk == home.featured_campaign_id), None)
    return chosen or next((campaign for campaign in campaigns if campaign.runs), None)

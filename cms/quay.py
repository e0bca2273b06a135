"""What lies on the quay of the home page today."""

from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from cms import queries
from cms.pages import CampaignPage, HomePage, NewsPage
from events import queries as event_queries
from events.models import Event, Registration
from network import queries as network_queries
from network.models import MentorProfile, Organisation

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
        "numbers": ecosystem(),
        "mentors": list(network_queries.listed_mentors()[:MENTORS]),
    }


def ecosystem() -> dict[str, int]:
    """The network in numbers, counted as they are: organisations, startups, mentors, events held, places taken."""
    organisations = Organisation.objects.filter(is_listed=True).aggregate(
        all=Count("pk"), startups=Count("pk", filter=Q(kind=Organisation.Kind.STARTUP))
    )
    held = Event.objects.filter(status=Event.Status.SCHEDULED, ends_at__lt=timezone.now())
    return {
        "organisations": organisations["all"],
        "startups": organisations["startups"],
        "mentors": MentorProfile.objects.filter(is_listed=True, person__is_active=True).count(),
        "events": held.count(),
        "registrations": Registration.objects.filter(status=Registration.Status.CONFIRMED).count(),
    }


def _articles(home: HomePage) -> list[NewsPage]:
    """The newest, behind the one that the editor put first."""
    rows = list(queries.news(locale=home.locale.language_code)[: ARTICLES + 1])
    chosen = next((row for row in rows if row.pk == home.featured_news_id), None)
    if chosen is None and home.featured_news_id:
        chosen = queries.news(locale=home.locale.language_code).filter(pk=home.featured_news_id).first()
    others = [row for row in rows if chosen is None or row.pk != chosen.pk]
    return ([chosen] if chosen else []) + others[: ARTICLES - bool(chosen)]


def _campaign(home: HomePage) -> CampaignPage | None:
    campaigns = list(queries.campaigns(locale=home.locale.language_code))
    chosen = next((campaign for campaign in campaigns if campaign.pk == home.featured_campaign_id), None)
    return chosen or next((campaign for campaign in campaigns if campaign.runs), None)

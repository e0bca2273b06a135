"""Writes the newsroom's pages, each in both languages.

They are written without revisions. A page that has one was edited by somebody and is never touched again; the
others are written anew when their dates move.
"""

from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Locale, Page

from cms import tree
from cms.models import CampaignPage, HomePage, NewsPage
from config.demo import newsroom
from config.demo.dates import Calendar
from config.demo.newsroom import Told
from config.demo.sources import read


def load(calendar: Calendar) -> None:
    """Write the pages that are missing and those whose dates moved."""
    first_time = not HomePage.objects.exists()
    address = urlsplit(settings.SITE_URL)
    home = tree.ensure_tree(hostname=address.hostname or "localhost", port=address.port or 80)
    for each in newsroom.told(calendar):
        present = {page.locale.language_code: page for page in _present(each)}
        for language in newsroom.LANGUAGES:
            page = present.get(language)
            if page is None:
                present[language] = _make(each, language, present.get("vi"))
            elif page.latest_revision_id is None and page.first_published_at < each.published:
                _rewrite(page, each, language)
    if first_time:
        _feature(home)


def _present(each: Told) -> list[Page]:
    """The Vietnamese page, and its translation wherever it stands now."""
    first = each.model.objects.filter(slug=each.addresses["vi"], locale__language_code="vi").first()
    if first is None:
        return []
    return list(each.model.objects.filter(translation_key=first.translation_key).select_related("locale"))


def _make(each: Told, language: str, original: Page | None) -> Page:
    locale = Locale.objects.get(language_code=language)
    parent = each.below.objects.get(locale=locale)
    page = each.model(slug=each.addresses[language], locale=locale, **_dated(each), **each.fields(language))
    if original is not None:
        page.translation_key = original.translation_key
    return parent.add_child(instance=page)


def _rewrite(page: Page, each: Told, language: str) -> None:
    for name, value in {**_dated(each), **each.fields(language)}.items():
        setattr(page, name, value)
    page.save()


def _dated(each: Told) -> dict[str, object]:
    return {"first_published_at": each.published, "last_published_at": each.published}


def _feature(home: HomePage) -> None:
    """Put the lead story and the campaign in front on a new home page, in each language."""
    chosen = read("site")["home"]
    article = NewsPage.objects.get(slug=chosen["featured_news"], locale=home.locale)
    campaign = CampaignPage.objects.get(slug=chosen["featured_campaign"], locale=home.locale)
    for page in HomePage.objects.filter(translation_key=home.translation_key):
        page.featured_news = article.get_translation(page.locale)
        page.featured_campaign = campaign.get_translation(page.locale)
        page.save_revision().publish()

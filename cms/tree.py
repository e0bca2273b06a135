"""The tree that every installation stands on: a home page per language and the indexes below it."""

from django.db import transaction
from wagtail.models import Locale, Page, Site

from cms.pages import CampaignIndexPage, EventIndexPage, HomePage, NewsIndexPage

# The website answers at these addresses in every language, so they are not translated.
INDEXES = (
    (NewsIndexPage, "tin-tuc", {"vi": "Tin tức", "en": "News"}),
    (EventIndexPage, "su-kien", {"vi": "Sự kiện", "en": "Events"}),
    (CampaignIndexPage, "chien-dich", {"vi": "Chiến dịch", "en": "Campaigns"}),
)
HOME = {
    "vi": {
        "title": "Startup Hải Phòng",
        "hero_title": "Ý tưởng cập bến, doanh nghiệp ra khơi",
        "hero_lead": "Nơi gặp nhau của nhà sáng lập, cố vấn, trường đại học và quỹ đầu tư ở thành phố cảng.",
    },
    "en": {
        "title": "Startup Hai Phong",
        "hero_title": "Ideas dock here, companies set sail",
        "hero_lead": "Where founders, mentors, universities and investors of the port city meet.",
    },
}


@transaction.atomic
def ensure_tree(*, hostname: str = "localhost", port: int = 80) -> HomePage:
    """Make what is missing of the tree and return the Vietnamese home page; a second call changes nothing."""
    home = HomePage.objects.filter(locale__language_code="vi").first() or _first_home(hostname, port)
    english = home.get_translation_or_none(_locale("en"))
    if english is None:
        english = home.copy_for_translation(_locale("en"), copy_parents=False)
        for name, words in HOME["en"].items():
            setattr(english, name, words)
        _publish(english)
    for model, slug, titles in INDEXES:
        _ensure_index(model, slug, titles, home, english)
    return home


def _locale(language: str) -> Locale:
    return Locale.objects.get_or_create(language_code=language)[0]


def _first_home(hostname: str, port: int) -> HomePage:
    """Put our home page where Wagtail's first migration put its welcome page."""
    root = Page.objects.get(depth=1)
    home = root.add_child(instance=HomePage(slug="startup-hai-phong", locale=_locale("vi"), **HOME["vi"]))
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    welcome = site.root_page if site.pk else None
    site.hostname, site.port, site.root_page, site.site_name = hostname, port, home, "Startup Hải Phòng"
    site.save()
    if welcome is not None and welcome.pk != home.pk and welcome.specific_class is Page:
        Page.objects.get(pk=welcome.pk).delete()
    return HomePage.objects.get(pk=home.pk)


def _ensure_index(model: type[Page], slug: str, titles: dict[str, str], home: HomePage, english: HomePage) -> None:
    index = model.objects.child_of(home).first()
    if index is None:
        index = home.add_child(instance=model(title=titles["vi"], slug=slug, locale=home.locale))
    if index.get_translation_or_none(english.locale) is None:
        copy = index.copy_for_translation(english.locale)
        copy.title = titles["en"]
        _publish(copy)


def _publish(page: Page) -> None:
    page.save_revision().publish()

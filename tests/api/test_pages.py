"""Pages: what editors publish, each block as its own type, in both languages."""

import pytest
from wagtail.models import Locale, Page

from api.pages.blocks import KINDS as BLOCKS
from api.pages.types import KINDS as PAGES
from cms.blocks import Story
from cms.tree import ensure_tree
from events import planning
from tests.api.newsroom import article, story_page
from tests.factories import facts, open_event, planner

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("today"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
FRAGMENTS = """
    ... on TextBlock { html } ... on HeadingBlock { text level } ... on QuoteBlock { text name role }
    ... on QuestionsBlock { items { question answerHtml } } ... on FigureBlock { caption image { alt } }
    ... on NumbersBlock { title items { value unit label } } ... on PledgeBlock { value target unit label }
    ... on TimelineBlock { items { when title text state } }
    ... on StepsBlock { items { title text } } ... on EventBlock { event { code } }
    ... on PeopleBlock { people { headline } } ... on CardsBlock { items { label title text url } }
    ... on CallToActionBlock { title text button url }
    ... on GalleryBlock { items { caption image { alt } } } ... on FilmBlock { title url host file { extension size } }
    ... on ChartBlock { title unit source items { label number } }
    ... on TableBlock { title source columns { heading isNumber } rows } ... on EventsBlock { events { code } }
    ... on CountdownBlock { event { code } } ... on NewsBlock { articles { title } }
    ... on MentorsBlock { sector mentors { headline } } ... on OrganisationsBlock { organisations { slug } }
    ... on DownloadsBlock { items { text file { title extension url } } } ... on LogosBlock { items { name url } }"""


def test_every_block_and_every_page_has_a_type():
    assert set(BLOCKS) == set(Story().child_blocks)
    ours = {model for model in Page.__subclasses__() if model._meta.app_label == "cms"}
    assert ours == set(PAGES)


def test_a_story_is_told_block_by_block(post, settings):
    event = open_event()
    page = article(event)
    blocks = post(f"{{ news {{ nodes {{ body {{ __typename {FRAGMENTS} }} }} }} }}").json()["data"]["news"]["nodes"][0][
        "body"
    ]
    assert [block.pop("__typename") for block in blocks] == [type_._meta.name for type_ in BLOCKS.values()]
    told = dict(zip(BLOCKS, blocks, strict=True))
    assert told["gallery"] == {"items": [{"caption": "Bến", "image": {"alt": "Bến cảng"}}] * 2}
    assert told["film"] == {"title": "Phim", "url": "", "host": "", "file": {"extension": "webm", "size": 3}}
    assert told["chart"]["items"] == [{"label": "2025", "number": 206.0}, {"label": "2026", "number": 412.0}]
    assert told["table"] == {
        "title": "Bảng",
        "source": "",
        "columns": [{"heading": "Năm", "isNumber": False}, {"heading": "Số", "isNumber": True}],
        "rows": [["2026", "12"]],
    }
    assert told["events"] == {"events": [{"code": event.code}]}
    assert told["countdown"] == {"event": {"code": event.code}}
    assert [row["title"] for row in told["news"]["articles"]] == [page.title]
    assert len(told["mentors"]["mentors"]) == 2
    assert told["organisations"] == {"organisations": []}
    (download,) = told["downloads"]["items"]
    assert (download["text"], download["file"]["extension"]) == ("Bản đầy đủ", "pdf")
    assert told["logos"] == {"items": [{"name": "KIST", "url": f"{settings.SITE_URL}/"}]}
    text, heading, quote, questions, figure = (told[name] for name in list(BLOCKS)[:5])
    numbers, pledge, timeline, steps = (told[name] for name in ("numbers", "pledge", "timeline", "steps"))
    people, cards, call, told = (told[name] for name in ("people", "cards", "call_to_action", "event"))
    home = f'<a href="{settings.SITE_URL}/">'
    assert text == {"html": f"<p>Xem {home}trang chủ</a> và <b>đi</b></p>"}
    assert heading == {"text": "Đổi mới", "level": 3}
    assert quote == {"text": "Cứ đi", "name": "An", "role": "Nhà sáng lập"}
    assert questions == {"items": [{"question": "Ở đâu?", "answerHtml": f"<p>{home}Đây</a></p>"}]}
    assert figure == {"caption": "Bến", "image": {"alt": "Bến cảng"}}
    assert numbers == {"title": "Số", "items": [{"value": "46", "unit": "", "label": "kỳ"}] * 2}
    assert pledge == {"value": 312, "target": 1000, "unit": "sáng kiến", "label": "Đã gửi"}
    assert timeline == {"items": [{"when": "2027", "title": "Ra khơi", "text": "", "state": "NEXT"}]}
    assert steps == {"items": [{"title": "Một", "text": ""}, {"title": "Hai", "text": ""}]}
    assert told == {"event": {"code": event.code}}
    assert len(people["people"]) == 2
    assert cards == {"items": [{"label": "", "title": "Thẻ", "text": "", "url": f"{settings.SITE_URL}/"}]}
    assert call == {"title": "Đến đi", "text": "", "button": "Đăng ký", "url": f"{settings.SITE_URL}/ve/"}


def test_a_draft_event_in_a_story_stays_hidden(post):
    draft = planning.plan_event(facts=facts(), actor=planner())
    article(draft)
    blocks = post("{ news { nodes { body { ... on EventBlock { event { code } } } } } }").json()["data"]["news"][
        "nodes"
    ][0]
    assert {"event": None} in blocks["body"]
    assert draft.code not in str(blocks)


def test_a_draft_page_is_nowhere(post):
    page = article(open_event())
    page.unpublish()
    assert post("{ news { nodes { title } totalCount } }").json()["data"]["news"] == {"nodes": [], "totalCount": 0}
    path = page.url_path.split("/", 2)[2]
    answer = post("query ($path: String!) { page(path: $path) { title } }", {"path": path}).json()
    assert answer == {"data": {"page": None}}


@pytest.mark.parametrize(
    ("locale", "title", "address"), [("VI", "Startup Hải Phòng", "/"), ("EN", "Startup Hai Phong", "/en/")]
)
def test_the_home_page_in_both_languages(post, settings, locale, title, address):
    ensure_tree()
    query = 'query ($locale: Language) { page(path: "/", locale: $locale) { __typename title url locale } }'
    page = post(query, {"locale": locale}).json()["data"]["page"]
    assert page == {
        "__typename": "HomePage",
        "title": title,
        "url": f"{settings.SITE_URL}{address}",
        "locale": locale,
    }


def test_a_link_leads_to_the_reader_s_language(post, settings):
    article(open_event())
    query = "{ news(locale: VI) { nodes { body { ... on TextBlock { html } ... on CardsBlock { items { url } } } } } }"
    body = post(query, Accept_Language="en").json()["data"]["news"]["nodes"][0]["body"]
    assert f'<a href="{settings.SITE_URL}/en/">' in body[0]["html"]
    assert {"items": [{"url": f"{settings.SITE_URL}/en/"}]} in body


def test_an_event_tells_its_story(post):
    event = open_event()
    story_page(event)
    query = "query ($slug: String!) { event(slug: $slug) { story { title event { code } image { alt } } } }"
    answer = post(query, {"slug": event.slug}).json()["data"]["event"]["story"]
    assert answer == {"title": "Chuyện", "event": {"code": event.code}, "image": {"alt": "Bến cảng"}}
    # English readers get the Vietnamese story while there is no other.
    assert Locale.objects.filter(language_code="en").exists()
    english = post(query, {"slug": event.slug}, Accept_Language="en").json()["data"]["event"]["story"]
    assert english["image"] == {"alt": "The port"}

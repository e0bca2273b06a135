"""The same content by both doors: every page of the served demonstration, read from the site and by GraphQL."""

import json
import re
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest

from tests.api.test_pages import FRAGMENTS

pytestmark = pytest.mark.browser

QUERY = f"""query ($path: String!, $locale: Language!) {{ page(path: $path, locale: $locale) {{
    __typename title url locale description
    ... on NewsPage {{ lead topic authorLine body {{ __typename {FRAGMENTS} }} }}
    ... on CampaignPage {{ lead movementCode body {{ __typename {FRAGMENTS} }} }}
    ... on EventPage {{ body {{ __typename {FRAGMENTS} }} }}
    ... on StandardPage {{ lead body {{ __typename {FRAGMENTS} }} }}
    ... on IndexPage {{ lead }} ... on HomePage {{ heroTitle heroLead }} }} }}"""
UNSAID = {"__typename", "url", "locale", "description", "code", "slug", "state", "host", "extension", "alt", "sector"}
"""What the API says and a page shows otherwise: as an address, a colour, a picture."""


class Words(HTMLParser):
    """The text of a page between <main> and </main>, and what stands in its story."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0
        self.story_from: int | None = None
        self.card_from: int | None = None
        self.words: list[str] = []
        self.story: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where the story begins, and where in it a card, whose words are those of an event or a person."""
        if tag in VOID:
            return
        self.depth += 1
        classes = (dict(attrs).get("class") or "").split()
        if "telling" in classes and self.story_from is None:
            self.story_from = self.depth
        if {"card", "countdown"} & set(classes) and self.card_from is None:
            self.card_from = self.depth

    def handle_endtag(self, tag: str) -> None:
        """Leave the story where it ends."""
        if tag in VOID:
            return
        if self.story_from == self.depth:
            self.story_from = None
        if self.card_from == self.depth:
            self.card_from = None
        self.depth -= 1

    def handle_data(self, data: str) -> None:
        """Keep words."""
        self.words.append(data)
        if self.story_from is not None and self.card_from is None:
            self.story.append(data)


VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


def plain(text: str) -> str:
    """Words alone: no tags, entities read, white space collapsed."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def fetched(address: str, body: Any = None) -> str:
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    with urlopen(Request(address, data=data, headers=headers if data else {})) as answer:  # our own site
        return str(answer.read().decode())


def said(value: Any, name: str = "") -> list[str]:
    """Every text that an answer holds for readers."""
    if isinstance(value, dict):
        return [text for key, inner in value.items() if key not in UNSAID for text in said(inner, key)]
    if isinstance(value, list):
        return [text for inner in value for text in said(inner, name)]
    return [plain(value)] if isinstance(value, str) and value.strip() else []


def addresses(site: str) -> list[tuple[str, str]]:
    """(path, language) of everything in the sitemap."""
    found = re.findall(r"<loc>(.*?)</loc>", fetched(f"{site}/sitemap.xml"))
    paths = [urlsplit(address).path for address in found]
    return [(path.removeprefix("/en"), "EN") if path.startswith("/en/") else (path, "VI") for path in paths]


def test_every_page_says_the_same_by_both_doors(site: str) -> None:
    seen: dict[str, int] = {}
    for path, locale in addresses(site):
        answer = json.loads(
            fetched(
                f"{site}/graphql?lang={locale.lower()}", {"query": QUERY, "variables": {"path": path, "locale": locale}}
            )
        )
        assert "errors" not in answer, (path, answer)
        page = answer["data"]["page"]
        if page is None:
            continue
        if page["__typename"] == "HomePage":
            page.pop("title")  # the name of the site; its headline is heroTitle
        reader = Words()
        reader.feed(fetched(site + ("/en" if locale == "EN" else "") + path))
        shown, told = plain(" ".join(reader.words)), said(page)
        assert [text for text in told if text not in shown] == [], (path, locale)
        # And back: no chapter or paragraph of the story is unknown to the API.
        story, known = [plain(part) for part in reader.story if len(part.split()) > 8], " ".join(told)
        assert [part for part in story if part not in known] == [], (path, locale)
        seen[page["__typename"]] = seen.get(page["__typename"], 0) + 1
    assert seen["NewsPage"] >= 24
    assert seen["CampaignPage"] == 4
    assert seen["HomePage"] == 2
    assert seen["EventPage"] >= 2

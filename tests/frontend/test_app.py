"""The door app as files: its shell, its worker, its words, its size."""

import gzip
import json
import re
import unicodedata
from pathlib import Path
from urllib.parse import urljoin

import pytest
from django.test import Client
from graphql import build_schema, parse, validate

from config.bootstrap.places import FRONTEND, ROOT
from frontend.views import app

SOURCE = FRONTEND / "app" / "src"
SCHEMA = ROOT / "api" / "schema.graphql"
OPERATIONS = sorted((SOURCE / "graphql" / "operations").glob("*.graphql"))
LANGUAGES = ("vi", "en")
LARGEST_SCRIPT = 60_000


def words(language: str) -> dict[str, str]:
    return json.loads((SOURCE / "words" / f"{language}.json").read_text())


def test_shell_is_one_for_everybody(client: Client) -> None:
    """A phone keeps it: it may name nobody, set no cookie, and hold no script of its own."""
    answer = client.get("/soat-ve/")
    assert (answer.status_code, answer["Cache-Control"], dict(answer.cookies)) == (200, "no-cache", {})
    page = answer.content.decode()
    entry = json.loads((app.DIST / "assets.json").read_text())["src/main.ts"]
    assert re.findall(r"<script[^>]*>.*?</script>", page, re.S) == [
        f'<script type="module" src="/static/app/{entry["file"]}"></script>'
    ]
    assert "<style" not in page


def test_worker_lies_beside_the_shell(client: Client) -> None:
    answer = client.get("/soat-ve/sw.js")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/javascript")
    assert answer.content == (app.DIST / "sw.js").read_bytes()


@pytest.mark.parametrize("address", ["/soat-ve/", "/soat-ve/sw.js"])
def test_without_a_build_it_says_what_to_do(
    client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, address: str
) -> None:
    monkeypatch.setattr(app, "DIST", tmp_path)
    answer = client.get(address)
    assert (answer.status_code, answer.content.decode()) == (503, app.NOT_BUILT)


def test_worker_keeps_everything_that_opens_the_app(client: Client) -> None:
    worker = client.get("/soat-ve/sw.js").content.decode()
    kept = {urljoin("/static/app/", url) for url in re.findall(r'"url":"([^"]+)"', worker)}
    entry = json.loads((app.DIST / "assets.json").read_text())["src/main.ts"]
    needed = {f"/static/app/{name}" for name in [entry["file"], *entry["css"]]}
    fonts = {f"/static/app/assets/{path.name}" for path in (app.DIST / "assets").glob("*.woff2")}
    assert {"/soat-ve/"} | needed | fonts <= kept
    assert [url for url in kept if url.endswith(".wasm") or "decoder.worker" in url] == []


def test_script_stays_small() -> None:
    entry = json.loads((app.DIST / "assets.json").read_text())["src/main.ts"]
    assert len(gzip.compress((app.DIST / entry["file"]).read_bytes())) <= LARGEST_SCRIPT


def test_both_languages_say_the_same() -> None:
    assert list(words("vi")) == list(words("en"))
    facts = {
        language: {key: set(re.findall(r"\{\w+\}", text)) for key, text in words(language).items()}
        for language in LANGUAGES
    }
    assert facts["vi"] == facts["en"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_there_and_composed(language: str) -> None:
    assert [key for key, text in words(language).items() if not text.strip()] == []
    assert [key for key, text in words(language).items() if not unicodedata.is_normalized("NFC", text)] == []


def test_every_word_is_used() -> None:
    source = "".join(path.read_text() for path in SOURCE.rglob("*") if path.suffix in {".ts", ".svelte"})
    built_from_parts = re.compile(
        r"\w+\.(word|advice)|camera\.\w+(\.text)?|(revoked|over|left)\.(title|text)|(doubt|guest)\.\w+"
    )
    unused = [key for key in words("vi") if f"'{key}'" not in source and not built_from_parts.fullmatch(key)]
    assert unused == []


def test_operations_fit_the_schema() -> None:
    """All at once: one names what another describes."""
    schema = build_schema(SCHEMA.read_text())
    assert validate(schema, parse("\n".join(path.read_text() for path in OPERATIONS))) == []


def test_every_reason_has_words() -> None:
    """A reason that the server may give and the app cannot word would be shown as "could not check"."""
    reasons = build_schema(SCHEMA.read_text()).type_map["CheckInReason"].values  # type: ignore[attr-defined]
    missing = [
        f"{reason}.{part}" for reason in reasons for part in ("word", "advice") if f"{reason}.{part}" not in words("vi")
    ]
    assert missing == []

"""Journeys: Chromium before the platform as a newcomer starts it.

A journey asks for `arrive` and gets visitors; what their browsers complain of, or ask of other hosts, fails
the test; what they saw when it failed lies in var/journeys/.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from config.bootstrap import browser
from config.bootstrap.places import ROOT
from tests.journeys.site import served
from tests.journeys.visitor import Visitor

PICTURES = ROOT / "var" / "journeys"
PATIENCE = 10_000
DEVICES: dict[str, dict[str, Any]] = {
    "phone": {
        "viewport": {"width": 390, "height": 844},
        "device_scale_factor": 2,
        "has_touch": True,
        "is_mobile": True,
    },
    "desktop": {"viewport": {"width": 1280, "height": 800}},
}
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream",
]  # fmt: skip

Arrive = Callable[..., Visitor]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Let fixtures see how their test ended."""
    report = yield
    if report.when == "call":  # type: ignore[attr-defined]  # pytest types the result of a wrapper as None
        item.stash[FAILED] = report.failed  # type: ignore[attr-defined]  # as above
    return report


FAILED = pytest.StashKey[bool]()


@pytest.fixture(scope="package")
def site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the served demonstration keeps its data."""
    return tmp_path_factory.mktemp("site")


@pytest.fixture(scope="package")
def site(site_folder: Path) -> Iterator[str]:
    """The address of the served demonstration. What one journey does, the next one finds."""
    with served(site_folder) as address:
        yield address


@pytest.fixture(scope="package")
def _playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="package")
def launch(_playwright: Playwright) -> Iterator[Callable[..., Browser]]:
    """Start Chromium, once for each film that its camera shows."""
    path = browser.find()
    if path is None:
        pytest.fail("Journeys need Chromium on PATH: apt-get install chromium (python3 manage.py test does it)")
    started: dict[Path | None, Browser] = {}

    def launched(film: Path | None = None) -> Browser:
        if film not in started:
            camera = [f"--use-file-for-fake-video-capture={film}"] if film else []
            started[film] = _playwright.chromium.launch(executable_path=path, args=[*FLAGS, *camera])
        return started[film]

    yield launched
    for each in started.values():
        each.close()


@pytest.fixture
def arrive(site: str, launch: Callable[..., Browser], request: pytest.FixtureRequest) -> Iterator[Arrive]:
    """`arrive("phone", film=…, color_scheme="dark")` → a visitor with a fresh browser at the site's door."""
    visitors: list[Visitor] = []

    def arrived(device: str = "desktop", *, film: Path | None = None, **options: Any) -> Visitor:
        settings = {"base_url": site, "locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh", **DEVICES[device]}
        context = launch(film).new_context(**{**settings, **options})
        context.set_default_timeout(PATIENCE)
        visitors.append(Visitor(context=context, address=site))
        return visitors[-1]

    yield arrived
    for number, visitor in enumerate(visitors):
        if request.node.stash.get(FAILED, True):
            visitor.picture(PICTURES, re.sub(r"[^\w-]+", "_", f"{request.node.name}-{number}"))
        visitor.context.close()
    assert [stranger for visitor in visitors for stranger in visitor.strangers] == []
    assert [complaint for visitor in visitors for complaint in visitor.complaints] == []

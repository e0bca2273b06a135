"""Phones for the door app's tests: Chromium whose camera sees a film, before a GraphQL that a test gives."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from config.bootstrap import browser
from tests.frontend.door import Door, FakeGraphQL
from tests.journeys.visitor import Visitor

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "locale": "vi-VN"}
FLAGS = ["--no-sandbox", "--disable-gpu", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
PATIENCE = 8_000
NATIVE_READER = """
    window.held = null;
    window.BarcodeDetector = class {
        static async getSupportedFormats() { return ['qr_code']; }
        async detect() { return window.held ? [{ rawValue: window.held }] : []; }
    };
"""
"""A reader of the phone's own, which sees what a test holds before it."""
HANDHELD = """code => [...code, 'Enter'].map(key =>
    document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
).at(-1) === false"""
"""Types a code faster than anybody; true when its Enter was kept from pressing a button."""
KEPT = """async () => {
    const { databases } = await new Promise((resolve, reject) => {
        const request = indexedDB.open('door');
        request.onerror = () => reject(request.error);
        request.onsuccess = () => resolve({ databases: request.result });
    });
    const all = store => new Promise(resolve => {
        const request = databases.transaction(store).objectStore(store).getAll();
        request.onsuccess = () => resolve(request.result);
    });
    const kept = { keys: await all('keys'), tickets: await all('tickets'), queue: await all('queue') };
    databases.close();
    return kept;
}"""
"""What lies in the phone's store."""
EXPECTED_COMPLAINTS = ("net::ERR_", "status of 401")

Meet = Callable[..., Door]


@contextmanager
def chromium(film: Path | None = None) -> Iterator[Browser]:
    """Start Chromium whose camera plays the film again and again."""
    camera = [f"--use-file-for-fake-video-capture={film}"] if film else []
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=browser.find(), args=[*FLAGS, *camera])
        yield started
        started.close()


@contextmanager
def phones(address: str, started: Browser) -> Iterator[Meet]:
    """Yield `meet(FakeGraphQL(…), native=True)` → a volunteer's phone; with `native` it reads what `held` says."""
    visitors: list[Visitor] = []

    def meet(
        api: FakeGraphQL | None = None, *, native: bool = False, workers: str = "block", **options: object
    ) -> Door:
        settings = {"base_url": address, "service_workers": workers, **PHONE, **options}
        context = started.new_context(**settings)
        context.set_default_timeout(PATIENCE)
        visitor = Visitor(context=context, address=address)
        visitors.append(visitor)
        if native:
            visitor.page.add_init_script(NATIVE_READER)
        door = Door(page=visitor.page, api=api or FakeGraphQL())
        if workers == "block":
            visitor.page.route("**/graphql", door.api)
        return door

    yield meet
    for visitor in visitors:
        visitor.context.close()
    assert [stranger for visitor in visitors for stranger in visitor.strangers] == []
    complaints = [complaint for visitor in visitors for complaint in visitor.complaints]
    assert [each for each in complaints if not any(expected in each for expected in EXPECTED_COMPLAINTS)] == []


def kept(page: Page) -> dict[str, Any]:
    """What lies in the phone's store: `keys`, `tickets`, `queue`."""
    found: dict[str, Any] = page.evaluate(KEPT)
    return found

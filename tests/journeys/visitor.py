"""Somebody at a browser, and what their browser did behind their back."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

INSIDE = {"data", "blob", "about", "chrome-error"}


@dataclass
class Visitor:
    """One browser with its own cookies. `page` is where they are.

    `strangers` are requests to other hosts, `complaints` are errors of scripts and of the content policy;
    both must be empty when the test ends. A test that provokes a complaint takes it off the list.
    """

    context: BrowserContext
    address: str
    strangers: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.on("request", self._watch_request)
        self.context.on("console", self._watch_console)
        self.context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        self.page: Page = self.context.new_page()
        self.page.on("websocket", lambda socket: self._watch_address(socket.url))

    def _watch_request(self, request: Request) -> None:
        self._watch_address(request.url)

    def _watch_address(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in INSIDE and parts.netloc != urlsplit(self.address).netloc:
            self.strangers.append(url)

    def _watch_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(f"{message.text} ({message.location.get('url')})")

    def picture(self, folder: Path, name: str) -> None:
        """Keep what each of their pages shows."""
        folder.mkdir(parents=True, exist_ok=True)
        for number, page in enumerate(self.context.pages):
            page.screenshot(path=folder / f"{name}-{number}.png", full_page=True)
            (folder / f"{name}-{number}.html").write_text(page.content())

"""axe on a page as it stands: themes, dialogs and messages included."""

from typing import Any

from playwright.sync_api import Page

from config.bootstrap.places import FRONTEND

AXE = FRONTEND / "node_modules" / "axe-core" / "axe.min.js"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def barriers(page: Page, within: str = "html") -> list[str]:
    """What keeps somebody out, one line a place: `color-contrast: .stack > a (…)`. Empty is right.

    `within`: the part that is ours, where Wagtail's frame is around it.
    """
    # Evaluated, not added as a script: the page's content policy lets no foreign script in.
    page.evaluate(AXE.read_text())
    found: dict[str, Any] = page.evaluate("([part, rules]) => axe.run(part, rules)", [within, RULES])
    return [
        f"{violation['id']}: {' '.join(map(str, node['target']))} ({node['failureSummary'].splitlines()[-1].strip()})"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]

"""How long the scanner takes from the picture with a code in it to the answer on the screen.

    .venv/bin/python -m tests.bench.answer [--scans 40] [--slower 4]

Chromium plays a film of tickets as its camera, with its processor slowed down (4: a mid-range phone); the app reads
them by the reader that it ships, first with a server that answers at once, then without one, by signature and by the
list of 3,000 guests on the phone. The app's own `performance.measure` is read. Absolute figures are the machine's.
"""

import argparse
import os
import statistics
import tempfile
from pathlib import Path
from typing import Any

MEASURED = "() => performance.getEntriesByName('door.answer').map(({ duration }) => duration)"
HELD_FOR = 1.0
SEEN = 6
GUESTS = 3000


def main() -> None:
    """Scan with and without a network, print a table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--scans", type=int, default=40)
    options.add_argument("--slower", type=float, default=4)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(VAR_DIR=folder, DEMO="true", DJANGO_SETTINGS_MODULE="config.settings")
        import django  # inline: only after the environment is set

        django.setup()
        print(f"{'network':<12}{'scans':>7}{'median ms':>11}{'p95':>8}{'slowest':>9}")
        for name, down in (("there", False), ("gone", True)):
            took = sorted(_scan(Path(folder), down=down, scans=chosen.scans, slower=chosen.slower))
            p95 = took[int(len(took) * 0.95)]
            print(f"{name:<12}{len(took):>7}{statistics.median(took):>11.0f}{p95:>8.0f}{took[-1]:>9.0f}")


def _scan(folder: Path, *, down: bool, scans: int, slower: float) -> list[float]:
    """Let the camera see tickets until so many were answered; return how long each answer took."""
    import segno  # inline: after Django is set up, as below

    from tests.frontend.door import FakeGraphQL, admitted, code_of, guest, shell_served
    from tests.frontend.phones import chromium, kept, phones
    from tests.journeys.camera import film

    guests = [guest(number, f"Khách {number}") for number in range(1, GUESTS + 1)]
    scenes: list[tuple[Path | None, float]] = []
    for ticket in guests[:SEEN]:
        picture = folder / f"{ticket['id']}.png"
        segno.make(code_of(ticket), error="m").save(str(picture), scale=8, border=4)
        scenes.append((picture, HELD_FOR))
    # Whoever may come any number of times is answered anew each time the film comes round.
    api = FakeGraphQL(
        guests=guests,
        answers={code_of(each): admitted(each["name"]) for each in guests[:SEEN]},
        rules={
            "allowsReentry": False, "allowsMultiple": True, "onceADay": False, "opensAt": None, "closesAt": None,
            "needsListId": None, "asks": False,
        },
    )  # fmt: skip
    with (
        shell_served() as address,
        chromium(film(scenes, to=folder / "film.mjpeg")) as browser,
        phones(address, browser) as meet,
    ):
        door = meet(api)
        door.start()
        while len(kept(door.page)["tickets"]) < GUESTS:
            door.page.wait_for_timeout(200)
        api.down = down
        session = door.page.context.new_cdp_session(door.page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
        door.page.evaluate("() => performance.clearMeasures()")
        return _answers(door.page, scans, skipped=3)


def _answers(page: Any, scans: int, skipped: int) -> list[float]:
    """Wait for so many answers; the first few, in which the app still waits for a server that is gone, are left out."""
    while len(page.evaluate(MEASURED)) < scans + skipped:
        page.wait_for_timeout(500)
    took: list[float] = page.evaluate(MEASURED)
    return took[skipped : scans + skipped]


if __name__ == "__main__":
    main()

"""The door app's own rules, run in Node: decisions without a network, signed codes, folding, answers."""

import base64
import json
import os
import random
import re
import subprocess
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from config.bootstrap.places import FRONTEND, ROOT, VENV
from events import tickets
from events.models import Ticket

CASES = ROOT / "tests" / "events" / "door_cases.json"
FORGERIES = int(os.environ.get("FORGERIES", "400"))


def run(**environment: str) -> tuple[str, dict[str, int]]:
    """Run the app's tests; return what they said, and how many passed and failed."""
    path = f"{VENV / 'bin'}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["node", "app/tests/run.js"],
        cwd=FRONTEND,
        env={**os.environ, "PATH": path, **environment},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    counts = {name: int(count) for name, count in re.findall(r"^(?:#|ℹ) (pass|fail) (\d+)$", done.stdout, re.M)}
    return done.stdout + done.stderr, counts


def code(version: int, *, number: int) -> dict[str, object]:
    ticket = Ticket(pk=UUID(int=number, version=4), version=version)
    return {"code": tickets.code(ticket), "ticketId": str(ticket.pk), "version": version}


def signed(body: bytes, key: Ed25519PrivateKey) -> str:
    return tickets.PREFIX + base64.b32encode(body + key.sign(body)).decode().rstrip("=")


def forgeries(true: str, count: int) -> list[str]:
    """Codes that are not ours: another's signature, another format, cut, grown, one letter changed, spelt otherwise."""
    chance = random.Random(4)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    body = tickets._BODY.pack(1, UUID(int=7, version=4).bytes, 1)
    spare = letters[letters.index(true[-1]) ^ 1]
    made = [
        "", "HP1:", "HP2:" + true[4:], true[4:], true[:-1], true + "A", true + "===", true[:70],
        true[:-1] + spare, true[:20] + "0" + true[21:], true[:20] + " " + true[21:], "https://example.vn/" + true,
        signed(body, Ed25519PrivateKey.generate()), signed(b"\x02" + body[1:], tickets.signing_key()),
    ]  # fmt: skip
    while len(made) < count:
        place = chance.randrange(4, len(true))
        other = chance.choice(letters.replace(true[place], ""))
        made.append(true[:place] + other + true[place + 1 :])
    return made


def test_the_phone_decides_by_the_table_and_reads_only_our_codes(tmp_path: Path) -> None:
    true = [code(version, number=number) for number, version in enumerate((1, 2, 300, 65_535), start=1)]
    refused = forgeries(str(true[0]["code"]), FORGERIES)
    assert [text for text in refused if tickets.read(text)] == [], "the server would take them"
    public = tickets.signing_key().public_key().public_bytes_raw()
    given = tmp_path / "codes.json"
    given.write_text(json.dumps({"publicKey": base64.b64encode(public).decode(), "codes": true, "refused": refused}))
    said, counts = run(SIGNED_CODES=str(given))
    assert counts.get("fail") == 0, said
    assert counts["pass"] == len(json.loads(CASES.read_text())) + 4 + 5, said


@pytest.mark.parametrize("broken", ["reason", "letIn", "first", "doubt"])
def test_the_table_is_read(tmp_path: Path, broken: str) -> None:
    """A control: an answer that is wrong in one point is noticed."""
    cases = json.loads(CASES.read_text())
    cases[0]["expected"][broken] = {"reason": "RULES", "letIn": False, "first": 0, "doubt": "newer"}[broken]
    (tmp_path / "cases.json").write_text(json.dumps(cases))
    _said, counts = run(DOOR_CASES=str(tmp_path / "cases.json"))
    assert counts["fail"] == 1

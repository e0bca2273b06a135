"""Every refusal that a rule can raise has words, in both languages."""

import ast
from pathlib import Path

import pytest
from django.utils.translation import override

from events import refusals as event_refusals
from network.refusals import Invalid, Refusal
from network.wording import WORDING, word
from tests.factories import NOW

ROOT = Path(__file__).parents[2]


def _all(kind: type[Refusal]) -> list[type[Refusal]]:
    return [kind, *(inner for child in kind.__subclasses__() for inner in _all(child))]


def _reasons() -> set[str]:
    """Every `reason="…"` that a rule gives to Invalid."""
    found = set()
    for room in ("network", "events"):
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Invalid":
                    found |= {
                        k.value.value for k in node.keywords if k.arg == "reason" and isinstance(k.value, ast.Constant)
                    }
    return {str(reason) for reason in found}


def test_every_code_is_worded() -> None:
    codes = {kind.code for kind in _all(Refusal)} - {"REFUSED", "INVALID"}
    assert codes | {f"INVALID.{reason}" for reason in _reasons()} == set(WORDING)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_facts_fill_the_gaps(language: str) -> None:
    with override(language):
        said = word(event_refusals.RegistrationNotYetOpen(opens_at=NOW))
    assert ("23 tháng 11, 2026" in said) == (language == "vi")
    assert "%(" not in said


def test_an_invalid_input_names_its_field() -> None:
    refusal = Invalid(field="code", reason="malformed", example="CAFE 047")
    with override("vi"):
        assert word(refusal) == "Hãy viết theo mẫu “CAFE 047”."
    assert refusal.field == "code"

"""A test that does not run says why."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.sources import place, python_files, tree

SKIPPING = {"skip", "skipif", "xfail", "importorskip"}


def skips_without_reason(path: Path) -> Iterator[str]:
    """`@pytest.mark.skip`, `pytest.skip()` and their like that give no reason."""
    called = {id(node.func): node for node in ast.walk(tree(path)) if isinstance(node, ast.Call)}
    for node in ast.walk(tree(path)):
        if not (isinstance(node, ast.Attribute) and node.attr in SKIPPING and _is_pytest(node)):
            continue
        call = called.get(id(node))
        is_mark = isinstance(node.value, ast.Attribute)
        named = call is not None and any(word.arg == "reason" for word in call.keywords)
        if not named and (is_mark or call is None or not call.args):
            yield place(path, node)


def _is_pytest(node: ast.Attribute) -> bool:
    return ast.unparse(node.value) in {"pytest", "pytest.mark"}


def test_every_skip_has_a_reason() -> None:
    assert [where for path in python_files("tests") for where in skips_without_reason(path)] == []


def test_a_skip_without_reason_is_found(tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    module = tmp_path / "module.py"
    module.write_text(
        "@pytest.mark.skip\n"
        "def test_a(): pytest.skip()\n"
        "@pytest.mark.skipif(True)\n"
        "def test_b(): pytest.skip('no camera')\n"
        "@pytest.mark.xfail(reason='known')\n"
        "def test_c(): ...\n"
    )
    monkeypatch.setattr("tests.house.sources.ROOT", tmp_path)
    assert sorted(skips_without_reason(module)) == ["module.py:1", "module.py:2", "module.py:3"]

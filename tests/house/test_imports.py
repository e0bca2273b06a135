"""Imports: at the top, or inside a function with the reason beside it; and none of the forbidden ones.

The contracts of pyproject.toml hold the rooms apart; what they cannot say stands here.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.sources import ROOMS, place, python_files, tree

REASON = "# inline: "


def imports_without_reason(path: Path) -> Iterator[str]:
    """Imports inside functions whose line does not say why they stand there."""
    lines = path.read_text().splitlines()
    functions = (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    found = {
        node for function in functions for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom)
    }
    for node in sorted(found, key=lambda node: node.lineno):
        if not any(REASON in line for line in lines[node.lineno - 1 : node.end_lineno]):
            yield place(path, node)


def imported_names(path: Path) -> Iterator[tuple[ast.AST, str]]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node, f"{node.module}.{alias.name}") for alias in node.names)


def test_every_inline_import_says_why() -> None:
    assert [where for path in python_files(*ROOMS) for where in imports_without_reason(path)] == []


def test_api_knows_nothing_of_the_newsroom_admin() -> None:
    """An import contract cannot name a part of somebody else's package."""
    used = [
        place(path, node)
        for path in python_files("api")
        for node, name in imported_names(path)
        if name.startswith("wagtail.admin")
    ]
    assert used == []


def test_both_checks_bite(tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    module = tmp_path / "module.py"
    module.write_text("def f():\n    import os\n    import re  # inline: slow\n    from wagtail.admin import menu\n")
    monkeypatch.setattr("tests.house.sources.ROOT", tmp_path)
    assert list(imports_without_reason(module)) == ["module.py:2", "module.py:4"]
    assert [name for _, name in imported_names(module)] == ["os", "re", "wagtail.admin.menu"]

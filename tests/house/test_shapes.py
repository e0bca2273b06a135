"""Files and functions stay short enough to be read in one go."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.sources import ROOMS, place, python_files, tree

LONGEST_FILE = 400
LONGEST_FUNCTION = 50

# A file that is longer for a reason: path → reason. Empty is how it should be.
LONGER_FOR_A_REASON: dict[str, str] = {}


def long_functions(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > LONGEST_FUNCTION:
                yield f"{place(path, node)} {node.name}: {lines} lines"


def test_no_file_is_too_long() -> None:
    lengths = {place(path): len(path.read_text().splitlines()) for path in python_files(*ROOMS, "tests")}
    too_long = {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE}
    assert {name: lines for name, lines in too_long.items() if name not in LONGER_FOR_A_REASON} == {}


def test_no_function_is_too_long() -> None:
    assert [where for path in python_files(*ROOMS, "tests") for where in long_functions(path)] == []


@pytest.mark.parametrize(("body_lines", "found"), [(LONGEST_FUNCTION - 1, 0), (LONGEST_FUNCTION, 1)])
def test_the_measure_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body_lines: int, found: int) -> None:
    module = tmp_path / "module.py"
    module.write_text("def one():\n" + "    pass\n" * body_lines)
    monkeypatch.setattr("tests.house.sources.ROOT", tmp_path)
    assert len(list(long_functions(module))) == found

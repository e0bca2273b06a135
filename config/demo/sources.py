"""The content files."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

CONTENT = Path(__file__).parent / "content"


@cache
def read(name: str) -> Any:
    """Return what `content/<name>.yaml` holds. It is shared: nobody may change it."""
    return yaml.load((CONTENT / f"{name}.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)

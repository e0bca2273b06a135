"""The nine sectors, and the organisations of the network."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from config.demo import directory
from config.demo.sources import read
from network.models import Organisation, Sector
from network.vietnamese import slug


def load_sectors() -> None:
    """Write the plan's nine priority fields."""
    known = set(Sector.objects.values_list("code", flat=True))
    for order, row in enumerate(read("facts")["sectors"]):
        if row["code"] not in known:
            Sector.objects.create(code=row["code"], name_vi=row["vi"], name_en=row["en"], order=order)


def load(*, at: datetime, anew: bool) -> None:
    """Write the organisations that the plan names and those that the demo invents; `anew` fills those there too."""
    before = set(Organisation.objects.values_list("code", flat=True))
    known = dict(Organisation.objects.values_list("code", "pk"))
    sectors = dict(Sector.objects.values_list("code", "pk"))
    for row in told():
        if row["code"] not in known:
            made = _make(row, parent_id=known.get(row.get("parent_code", "")))
            made.sectors.set([sectors[code] for code in row["sectors"]])
            known[made.code] = made.pk
    codes = {row["code"] for row in told()}
    filled = codes if anew else codes - before
    directory.fill(list(Organisation.objects.filter(code__in=filled).order_by("pk")), at=at)


def told() -> Iterator[dict[str, Any]]:
    """Every organisation, a parent before its children."""
    content = read("organisations")
    for fact in read("facts")["organisations"]:
        more = content["named"][fact["code"]]
        yield {"name_vi": fact["vi"], "name_en": fact["en"], **fact, **more}
    yield from content["invented"]


def _make(row: dict[str, Any], *, parent_id: int | None) -> Organisation:
    return Organisation.objects.create(
        code=row["code"],
        slug=slug(row["name_vi"]),
        kind=row["kind"],
        name_vi=row["name_vi"],
        name_en=row["name_en"],
        summary_vi=row["vi"],
        summary_en=row["en"],
        ward=row.get("ward", ""),
        country=row.get("country", "VN"),
        founded_year=row.get("founded"),
        parent_id=parent_id,
    )

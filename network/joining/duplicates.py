"""Entries that look like one another: by tax code, by domain, by name without accents, legal forms and small slips."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q, QuerySet

from network.joining import domains
from network.models import Organisation
from network.vietnamese import fold

FORMS = re.compile(
    r"\b(cong ty|tnhh|co phan|cp|mtv|mot thanh vien|tm|dv|jsc|co|ltd|llc|inc|corp|company|joint stock|limited|"
    r"doanh nghiep|tap doan|group|viet nam|vietnam|vn|hai phong|haiphong|hp|thanh pho|tp|the)\b"
)
"""What names have in common that are not the same."""
SLIPS = 8
"""Among so many letters one may be wrong, missing or too much: "Cảng Xanhh" is near, "Cảng Đỏ" is not."""
MOST_CANDIDATES = 400
MOST_SHOWN = 8


class Because(StrEnum):
    """Why two entries look alike, the surest first."""

    TAX_CODE = "TAX_CODE"
    DOMAIN = "DOMAIN"
    NAME = "NAME"
    NEAR_NAME = "NEAR_NAME"


@dataclass(frozen=True, kw_only=True)
class Alike:
    """An entry that looks like what is proposed."""

    organisation: Organisation
    because: Because


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two entries that look alike; the older one first."""

    first: Organisation
    second: Organisation
    because: Because


def core(name: str) -> str:
    """Return what of a name tells it from others.

    >>> core("Công ty TNHH Cảng Xanh Việt Nam"), core("CẢNG XANH JSC")
    ('cang xanh', 'cang xanh')
    """
    folded = re.sub(r"[^\w ]+", " ", fold(name))
    return " ".join(FORMS.sub(" ", folded).split()) or " ".join(folded.split())


def tax_number(text: str) -> str:
    """Return the figures of a tax code: "0201 234 567-001" gives "0201234567001"."""
    return "".join(character for character in text if character.isdigit())


def alike(*, names: Iterable[str], tax_code: str = "", website: str = "", email: str = "") -> list[Alike]:
    """Return the listed entries that look like an organisation of these names, the surest first, at most eight."""
    found: dict[int, Alike] = {}
    rows = Organisation.objects.filter(is_listed=True, merged_into=None)
    cores = [core(name) for name in names if name.strip()]
    for organisation, because in (
        *_by_tax_code(rows, tax_code),
        *_by_domain(rows, website, email),
        *_by_name(rows, cores),
    ):
        found.setdefault(organisation.pk, Alike(organisation=organisation, because=because))
    order = list(Because)
    return sorted(found.values(), key=lambda one: order.index(one.because))[:MOST_SHOWN]


def pairs(*, limit: int = 200) -> list[Pair]:
    """Return pairs of entries that look alike, the surest first: what keepers look through."""
    rows = list(Organisation.objects.filter(merged_into=None).order_by("pk"))
    found: dict[tuple[int, int], Pair] = {}
    for because, group in _groups(rows):
        for first, second in _of_two(group):
            if because != Because.NEAR_NAME or _are_near(_names(first), _names(second)):
                found.setdefault((first.pk, second.pk), Pair(first=first, second=second, because=because))
    order = list(Because)
    return sorted(found.values(), key=lambda pair: (order.index(pair.because), pair.first.pk))[:limit]


def _by_tax_code(rows: QuerySet[Organisation], tax_code: str) -> Iterator[tuple[Organisation, Because]]:
    number = tax_number(tax_code)
    if number:
        for organisation in rows.filter(tax_code__startswith=number[:4]):
            if tax_number(organisation.tax_code) == number:
                yield organisation, Because.TAX_CODE


def _by_domain(rows: QuerySet[Organisation], *addresses: str) -> Iterator[tuple[Organisation, Because]]:
    wanted = {domain for address in addresses if (domain := _domain(address))}
    for domain in wanted:
        for organisation in rows.filter(Q(website__icontains=domain) | Q(contact_email__iendswith=domain)):
            if domain in _domains(organisation):
                yield organisation, Because.DOMAIN


def _by_name(rows: QuerySet[Organisation], cores: list[str]) -> Iterator[tuple[Organisation, Because]]:
    beginnings = {word[:3] for name in cores for word in name.split() if len(word) > 1}
    wanted = Q(pk__in=[])
    for beginning in beginnings:
        wanted |= Q(search_text__contains=beginning)
    candidates = []
    for organisation in rows.filter(wanted).only("pk", "slug", "kind", "ward", "name_vi", "name_en", "name"):
        names = _names(organisation)
        if set(names) & set(cores):
            yield organisation, Because.NAME
        elif _are_near(names, cores):
            candidates.append(organisation)
    for organisation in candidates[:MOST_CANDIDATES]:
        yield organisation, Because.NEAR_NAME


def _names(organisation: Organisation) -> list[str]:
    written = (getattr(organisation, "name_vi", ""), getattr(organisation, "name_en", ""))
    return list(dict.fromkeys(core(name) for name in written if name))


def _are_near(some: list[str], others: list[str]) -> bool:
    return any(_is_near(one, other) for one in some for other in others)


def _is_near(one: str, other: str) -> bool:
    """Alike letter by letter, spaces aside; names of fewer than five letters only if they are the same."""
    left, right = one.replace(" ", ""), other.replace(" ", "")
    if min(len(left), len(right)) < 5:
        return left == right
    most = max(1, max(len(left), len(right)) // SLIPS)
    if abs(len(left) - len(right)) > most or re.findall(r"\d+", left) != re.findall(r"\d+", right):
        return False  # "Tổ chức 1" and "Tổ chức 2" differ in what matters
    return _slips(left, right) <= most


def _slips(left: str, right: str) -> int:
    """How many letters have to be put in, taken out or changed (Levenshtein)."""
    before = list(range(len(right) + 1))
    for row, letter in enumerate(left, start=1):
        now = [row]
        for column, other in enumerate(right, start=1):
            now.append(min(before[column] + 1, now[-1] + 1, before[column - 1] + (letter != other)))
        before = now
    return before[-1]


def _domain(address: str) -> str:
    domain = domains.registrable(domains.host_of(address)) if address else ""
    return domain if domains.is_ours_alone(domain) else ""


def _domains(organisation: Organisation) -> set[str]:
    return {_domain(organisation.website), _domain(organisation.contact_email)} - {""}


def _groups(rows: list[Organisation]) -> Iterator[tuple[Because, list[Organisation]]]:
    """Rows that have something in common, so that not every row is held against every other."""
    keys: dict[tuple[Because, str], list[Organisation]] = defaultdict(list)
    for row in rows:
        number = tax_number(row.tax_code)
        marks = {(Because.TAX_CODE, number)} if number else set()
        marks |= {(Because.DOMAIN, domain) for domain in _domains(row)}
        for name in _names(row):
            joined = name.replace(" ", "")
            marks |= {(Because.NAME, joined), (Because.NEAR_NAME, joined[:4]), (Because.NEAR_NAME, f"…{joined[-4:]}")}
        for mark in marks:
            keys[mark].append(row)
    for because in Because:
        for (kind, _mark), group in keys.items():
            if kind == because and 1 < len(group) <= MOST_CANDIDATES:
                yield because, group


def _of_two(group: list[Organisation]) -> Iterator[tuple[Organisation, Organisation]]:
    for place, first in enumerate(group):
        for second in group[place + 1 :]:
            yield first, second

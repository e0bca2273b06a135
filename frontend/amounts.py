"""Large amounts as people say them: 2,5 tỷ đồng; USD 1.2 million."""

from django.utils.formats import number_format
from django.utils.translation import get_language

from network.models import Currency

STEPS = ((10**9, "tỷ", "billion"), (10**6, "triệu", "million"))
TAILS = {Currency.VND: "đồng", Currency.USD: "USD"}


def amount(value: int, currency: str) -> str:
    """Return an amount in the active language."""
    number, unit = _rounded(value)
    return _joined([f"{number} {unit}".strip()], currency)


def amounts(low: int | None, high: int | None, currency: str) -> str:
    """Return a range, its unit once where it is the same: 2 – 12 tỷ đồng. Empty where neither end is known."""
    if low is None and high is None:
        return ""
    if low is None or high is None or low == high:
        return amount(next(value for value in (low, high) if value is not None), currency)
    (first, unit), (last, other) = _rounded(low), _rounded(high)
    return _joined([first if unit == other else f"{first} {unit}".strip(), f"{last} {other}".strip()], currency)


def _rounded(value: int) -> tuple[str, str]:
    """The number and its unit; one digit behind the comma at most."""
    for step, vietnamese, english in STEPS:
        if value >= step:
            shown = round(value / step, 1)
            digits = 0 if shown == int(shown) else 1
            unit = vietnamese if _is_vietnamese() else english
            return number_format(shown, decimal_pos=digits, force_grouping=True), unit
    return number_format(value, force_grouping=True), ""


def _joined(parts: list[str], currency: str) -> str:
    said = "\u00a0– ".join(part.replace(" ", "\u00a0") for part in parts)
    if _is_vietnamese():
        return f"{said} {TAILS[Currency(currency)]}"
    return f"{currency}\u00a0{said}"


def _is_vietnamese() -> bool:
    return (get_language() or "vi").startswith("vi")

"""Dates as people say them here, on pages and in letters: Thứ Bảy, 05, tháng 12."""

from calendar import day_name
from datetime import datetime

from django import template
from django.utils.dateformat import format as written
from django.utils.timezone import localtime
from django.utils.translation import get_language

register = template.Library()

# Django's own Vietnamese writes "Thứ 7".
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")


def _is_vietnamese() -> bool:
    return (get_language() or "vi").startswith("vi")


@register.filter
def weekday(moment: datetime) -> str:
    """Return the day of the week: Thứ Bảy, Saturday."""
    day = localtime(moment)
    return WEEKDAYS[day.weekday()] if _is_vietnamese() else written(day, "l")


def weekday_named(number: int) -> str:
    """Return the name of a day of the week, 0 for Monday: Thứ Hai, Monday."""
    return WEEKDAYS[number] if _is_vietnamese() else day_name[number]


@register.filter
def dated(moment: datetime) -> str:
    """Return the day in full: Thứ Bảy, 05/12/2026; Saturday, 5 December 2026."""
    day = localtime(moment)
    return f"{weekday(moment)}, {day:%d/%m/%Y}" if _is_vietnamese() else written(day, "l, j F Y")


@register.filter
def month(moment: datetime) -> str:
    """Return the month: tháng 12, December."""
    day = localtime(moment)
    return f"tháng\u00a0{day.month}" if _is_vietnamese() else written(day, "F")


@register.filter
def short_month(moment: datetime) -> str:
    """Return the month as a narrow block holds it: tháng 12, Dec."""
    return month(moment) if _is_vietnamese() else written(localtime(moment), "M")


@register.filter
def until(start: datetime, end: datetime) -> str:
    """Return from when to when, without repeating the day: 14:00 – 16:30."""
    first, last = localtime(start), localtime(end)
    if first.date() == last.date():
        return f"{first:%H:%M}\u00a0– {last:%H:%M}"
    return f"{first:%H:%M %d/%m} – {last:%H:%M %d/%m}"

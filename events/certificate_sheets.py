"""Certificates on paper: A4 landscape, Vietnamese with English below it, and the code by which anybody can check it."""

import random
from collections.abc import Iterable
from typing import IO, Any

from django.utils import dateformat
from django.utils.timezone import localtime
from django.utils.translation import override
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm

from events.addresses import certificate_address
from events.calendar import place
from events.models import Certificate, Event
from events.typesetting import (
    DISPLAY,
    LABEL,
    LAMP,
    PAPER,
    PHUONG,
    SEA,
    STEEL,
    TEXT,
    TIDE,
    draw_code,
    draw_mark,
    draw_tide,
    fit,
    paper,
)
from network.templatetags.dates import until, weekday

WIDTH, HEIGHT = landscape(A4)
QUAY = 82 * mm
"""How wide the harbour at the left is."""
LEFT = QUAY + 20 * mm
FACTS_TOP = 67 * mm
MEASURE = WIDTH - LEFT - 20 * mm
_BOXES = (TIDE, PHUONG, LAMP, HexColor("#f08a5d"), HexColor("#e9e0cd"), HexColor("#1d5a73"))
HOUSE = "Startup Hải Phòng"


def write(file: IO[bytes], *, certificates: Iterable[Certificate], title: str) -> None:
    """Write the certificates as PDF into `file`, a page each; their events come with venue and organiser."""
    canvas = paper(file, width=WIDTH, height=HEIGHT, title=title, language="vi")
    with override("vi"):
        for certificate in certificates:
            _draw(canvas, certificate)
            canvas.showPage()
    canvas.save()


def _draw(canvas: Any, certificate: Certificate) -> None:
    canvas.setFillColor(PAPER)
    canvas.rect(0, 0, WIDTH, HEIGHT, stroke=0, fill=1)
    _draw_harbour(canvas, seed=certificate.event_id)
    draw_mark(canvas, x=LEFT, y=HEIGHT - 32 * mm, side=13 * mm)
    canvas.setFillColor(SEA)
    canvas.setFont(DISPLAY, 13)
    canvas.drawString(LEFT + 17 * mm, HEIGHT - 27 * mm, HOUSE)
    _draw_words(canvas, certificate)
    _draw_facts(canvas, certificate.event)
    _draw_proof(canvas, certificate)


def _draw_words(canvas: Any, certificate: Certificate) -> None:
    """The heading, the name, what for."""
    canvas.setFillColor(TIDE)
    canvas.setFont(DISPLAY, 15)
    canvas.drawString(LEFT, HEIGHT - 49 * mm, "GIẤY CHỨNG NHẬN THAM DỰ")
    canvas.setFillColor(STEEL)
    canvas.setFont(TEXT, 10.5)
    canvas.drawString(LEFT, HEIGHT - 54.5 * mm, "Certificate of attendance")
    name = fit(certificate.holder_name, face=DISPLAY, width=MEASURE, height=32 * mm, largest=40, smallest=14)
    top = HEIGHT - 60 * mm
    name.draw(canvas, x=LEFT, top=top, colour=SEA)
    below = top - name.height - 4 * mm
    canvas.setFillColor(LAMP)
    canvas.rect(LEFT, below, 26 * mm, 1.3 * mm, stroke=0, fill=1)
    canvas.setFillColor(STEEL)
    canvas.setFont(TEXT, 11)
    canvas.drawString(LEFT, below - 8 * mm, "đã tham dự · attended")
    event = certificate.event
    title = fit(event.title, face=DISPLAY, width=MEASURE, height=20 * mm, largest=20, smallest=11, most_lines=3)
    title.draw(canvas, x=LEFT, top=below - 10 * mm, colour=SEA)
    with override("en"):
        english = event.title
    if english != event.title:
        top = below - 10.5 * mm - title.height
        room = min(11 * mm, top - FACTS_TOP - 4 * mm)
        beside = fit(english, face=TEXT, width=MEASURE, height=room, largest=11.5, smallest=8, most_lines=2)
        beside.draw(canvas, x=LEFT, top=top, colour=STEEL)


def _draw_facts(canvas: Any, event: Event) -> None:
    """When, where, by whom, side by side."""
    start = localtime(event.starts_at)
    when = f"{weekday(event.starts_at)}, {start:%d/%m/%Y}, {until(event.starts_at, event.ends_at)}"
    facts = (
        ("Thời gian · Date", when),
        ("Địa điểm · Place", place(event)),
        ("Đơn vị tổ chức · Organiser", event.organiser.name if event.organiser else HOUSE),
    )
    width = (MEASURE - 2 * 6 * mm) / 3
    top = FACTS_TOP
    canvas.setFillColor(SEA)
    canvas.rect(LEFT, top + 1 * mm, MEASURE, 0.5 * mm, stroke=0, fill=1)
    for column, (label, value) in enumerate(facts):
        x = LEFT + column * (width + 6 * mm)
        canvas.setFillColor(STEEL)
        canvas.setFont(TEXT, 8.5)
        canvas.drawString(x, top - 4 * mm, label)
        said = fit(value, face=LABEL, width=width, height=17 * mm, largest=10.5, smallest=7)
        said.draw(canvas, x=x, top=top - 5 * mm, colour=SEA)


def _draw_proof(canvas: Any, certificate: Certificate) -> None:
    """How anybody can check it: by the picture, or by typing the address."""
    side = 27 * mm
    address = certificate_address(certificate.code, "vi")
    draw_code(canvas, address, x=LEFT - 2.5 * mm, y=13 * mm, side=side, colour=SEA)
    x, top = LEFT + side + 2 * mm, 38 * mm
    width = MEASURE - side - 2 * mm
    issued = localtime(certificate.issued_at)
    with override("en"):
        said = f"Cấp ngày {issued:%d/%m/%Y} · Issued {dateformat.format(issued, 'j F Y')}"
    canvas.setFillColor(SEA)
    canvas.setFont(LABEL, 9.5)
    canvas.drawString(x, top - 4 * mm, said)
    canvas.setFillColor(STEEL)
    canvas.setFont(TEXT, 8.5)
    canvas.drawString(x, top - 10 * mm, "Quét mã hoặc mở địa chỉ này để kiểm tra giấy chứng nhận.")
    canvas.drawString(x, top - 14.5 * mm, "Scan the code or open this address to check the certificate.")
    line = fit(address, face=LABEL, width=width, height=9 * mm, largest=8.5, smallest=5.5, most_lines=2)
    line.draw(canvas, x=x, top=top - 16.5 * mm, colour=TIDE)


def _draw_harbour(canvas: Any, *, seed: int) -> None:
    """The quay at first light: the sun, stacks that are the event's own, the tide below them."""
    canvas.saveState()
    frame = canvas.beginPath()
    frame.rect(0, 0, QUAY, HEIGHT)
    canvas.clipPath(frame, stroke=0, fill=0)
    canvas.setFillColor(SEA)
    canvas.rect(0, 0, QUAY, HEIGHT, stroke=0, fill=1)
    canvas.setFillColor(LAMP)
    canvas.circle(QUAY * 0.62, HEIGHT - 46 * mm, 17 * mm, stroke=0, fill=1)
    _draw_stacks(canvas, random.Random(seed), floor=46 * mm)
    canvas.setLineWidth(0.9)
    for row in range(7):
        canvas.setStrokeColor(LAMP if row == 0 else TIDE)
        draw_tide(canvas, x=-row * 5 * mm, y=40 * mm - row * 5.4 * mm, wave=9 * mm, waves=16, depth=2.6 * mm)
    canvas.restoreState()


def _draw_stacks(canvas: Any, choice: random.Random, *, floor: float) -> None:
    """Stacks of containers side by side on the quay; the seed says how high, how long, in which paint."""
    x, unit, height = -6 * mm, 12 * mm, 11.5 * mm
    last = None
    for length, most in ((2, 5), (1, 7), (2, 4), (2, 6), (2, 3)):
        for level in range(choice.randint(2, most)):
            paint = choice.choice([box for box in _BOXES if box is not last])
            _draw_container(canvas, x, floor + level * (height + 0.8), length * unit, height, paint)
            last = paint
        x += length * unit + 0.8


def _draw_container(canvas: Any, x: float, y: float, width: float, height: float, paint: Any) -> None:
    canvas.setFillColor(paint)
    canvas.rect(x, y, width, height, stroke=0, fill=1)
    canvas.setStrokeColor(SEA)
    canvas.setStrokeAlpha(0.28)
    canvas.setLineWidth(0.5)
    ribs = int(width // (2 * mm))
    for rib in range(1, ribs):
        canvas.line(x + rib * width / ribs, y + 1.6 * mm, x + rib * width / ribs, y + height - 1.6 * mm)
    canvas.setStrokeAlpha(1)

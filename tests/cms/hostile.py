"""Files that nobody should upload, made by code: by name, what is sent and as what."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import pillow_heif
from PIL import Image, PngImagePlugin
from PIL.ExifTags import GPS, IFD, Base

SCRIPT = b"<script>alert(document.domain)</script>"
SECRET = "Máy của Hoà"


def picture(kind: str = "PNG", size: tuple[int, int] = (80, 40), **options: Any) -> bytes:
    output = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(output, kind, **options)
    return output.getvalue()


def exif() -> bytes:
    told = Image.Exif()
    told[Base.Make] = SECRET
    told.get_ifd(IFD.GPSInfo).update(
        {GPS.GPSLatitudeRef: "N", GPS.GPSLatitude: (20.0, 51.0, 54.0), GPS.GPSLongitudeRef: "E"}
    )
    return told.tobytes()


XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>20,51.9N</exif:GPSLatitude></x:xmpmeta>'


def png_with_texts() -> bytes:
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Comment", "GPSLatitude 20,51.9N " + SECRET)
    texts.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return picture("PNG", pnginfo=texts, exif=exif())


def heic() -> bytes:
    output = io.BytesIO()
    file = pillow_heif.from_pillow(Image.new("RGB", (80, 40), (200, 30, 30)))
    file.save(output, exif=exif(), quality=60)
    return output.getvalue()


def png_that_claims(width: int, height: int) -> bytes:
    """A few bytes that say they unfold into so many pixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        body = kind + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(bytes(1000))), chunk(b"IEND", b"")]
    return b"".join([b"\x89PNG\r\n\x1a\n", *parts])


def gif_that_claims(width: int, height: int) -> bytes:
    return b"GIF89a" + struct.pack("<HH", width, height) + picture("GIF")[10:]


def webp_that_claims(width: int, height: int) -> bytes:
    """An extended WebP whose canvas is far larger than what it holds."""
    canvas = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBP" + b"VP8X" + struct.pack("<I", 10) + b"\x02\0\0\0" + canvas
    return b"RIFF" + struct.pack("<I", len(body)) + body


def film(kind: str, frames: int, size: tuple[int, int]) -> bytes:
    pictures = [Image.new("L", size, number % 2) for number in range(frames)]
    output = io.BytesIO()
    pictures[0].save(output, kind, save_all=True, append_images=pictures[1:], duration=10)
    return output.getvalue()


def archive(name: str = "a.txt") -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as packed:
        packed.writestr(name, "x")
    return output.getvalue()


def svg(within: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40">{within}</svg>'.encode()


REFUSED_PICTURES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a script in an SVG": ("a.svg", lambda: svg("<script>alert(1)</script>")),
    "an SVG with an event": ("a.svg", lambda: svg('<rect onload="alert(1)"/>')),
    "an SVG with HTML": ("a.svg", lambda: svg("<foreignObject><iframe src='javascript:alert(1)'/></foreignObject>")),
    "an SVG that loads": ("a.svg", lambda: svg('<image href="https://evil.example/x"/>')),
    "an SVG with entities": ("a.svg", lambda: b'<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + svg("&x;")),
    "an SVG called PNG": ("a.png", lambda: svg("<script>alert(1)</script>")),
    "HTML called JPEG": ("a.jpg", lambda: b"<!doctype html>" + SCRIPT),
    "a script called GIF": ("a.gif", lambda: b"GIF89a/*" + b"*/=1;alert(1)//"),
    "a PNG called JPEG": ("a.jpg", lambda: picture("PNG")),
    "a JPEG called PNG": ("a.png", lambda: picture("JPEG")),
    "a TIFF with a place": ("a.tiff", lambda: picture("TIFF", exif=exif())),
    "a TIFF called JPEG": ("a.jpg", lambda: picture("TIFF", exif=exif())),
    "a BMP called PNG": ("a.png", lambda: picture("BMP")),
    "an icon": ("a.ico", lambda: picture("ICO", (32, 32))),
    "an EPS program called PNG": ("a.png", lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(x) run\n"),
    "a ZIP called JPEG": ("a.jpg", archive),
    "a program called JPEG": ("a.jpg", lambda: b"MZ" + b"\0" * 200),
    "a program": ("a.exe", lambda: b"MZ" + b"\0" * 200),
    "PHP": ("a.php", lambda: picture("JPEG")),
    "two endings": ("a.jpg.html", lambda: picture("JPEG")),
    "an ending behind a NUL": ("a.php\0.jpg", lambda: picture("JPEG")),
    "writing turned round": ("gpj.\u202eexe.jpg", lambda: picture("JPEG")),
    "a very long name": ("a" * 230 + ".jpg", lambda: picture("JPEG")),
    "a PNG that unfolds": ("a.png", lambda: png_that_claims(60_000, 60_000)),
    "a PNG just above what is allowed": ("a.png", lambda: png_that_claims(8_001, 8_001)),
    "a GIF that unfolds": ("a.gif", lambda: gif_that_claims(65_000, 65_000)),
    "a WebP that unfolds": ("a.webp", lambda: webp_that_claims(16_000, 16_000)),
    "a film of many frames": ("a.gif", lambda: film("GIF", 300, (600, 600))),
    "half a JPEG": ("a.jpg", lambda: picture("JPEG", (400, 400))[:900]),
    "half a PNG": ("a.png", lambda: picture("PNG")[:60]),
    "half a WebP": ("a.webp", lambda: picture("WEBP")[:40]),
    "nothing": ("a.jpg", lambda: b""),
    "eleven megabytes": ("a.jpg", lambda: picture("JPEG") + b"\0" * 11 * 1024 * 1024),
}
TAKEN_PICTURES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a JPEG with a place": ("a.jpg", lambda: picture("JPEG", exif=exif(), comment=SECRET.encode(), xmp=XMP)),
    "a PNG with a place": ("a.png", png_with_texts),
    "a WebP with a place": ("a.webp", lambda: picture("WEBP", exif=exif(), xmp=XMP)),
    "an AVIF with a place": ("a.avif", lambda: picture("AVIF", exif=exif(), xmp=XMP)),
    "a HEIC with a place": ("a.heic", heic),
    "a GIF with a comment": ("a.gif", lambda: picture("GIF", comment=SECRET.encode())),
    "a GIF that is a script": ("a.gif", lambda: picture("GIF") + b"/*" + SCRIPT + b"*/"),
    "a JPEG with HTML": ("a.jpg", lambda: picture("JPEG", comment=SCRIPT) + SCRIPT),
    "a PNG with HTML": ("a.png", lambda: picture("PNG") + SCRIPT),
    "a PNG with PHP in a text": (
        "a.png", lambda: picture("PNG", pnginfo=_text("<?php system($_GET[0]); ?>")),
    ),
    "a JPEG with a ZIP behind it": ("a.jpg", lambda: picture("JPEG") + archive("../../x.html")),
    "a way up": ("../../x.png", lambda: picture("PNG")),
    "a way up in Windows": ("..\\..\\x.png", lambda: picture("PNG")),
    "a whole path": ("/etc/cron.d/x.png", lambda: picture("PNG")),
}  # fmt: skip


def _text(said: str) -> PngImagePlugin.PngInfo:
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Comment", said)
    return texts


REFUSED_FILES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "HTML": ("a.html", lambda: SCRIPT),
    "HTML called PDF": ("a.pdf", lambda: SCRIPT),
    "an SVG": ("a.svg", lambda: svg("<script>alert(1)</script>")),
    "XHTML": ("a.xhtml", lambda: b"<html xmlns='http://www.w3.org/1999/xhtml'/>"),
    "a program": ("a.exe", lambda: b"MZ"),
    "a program called PDF": ("a.pdf", lambda: b"MZ" + b"\0" * 100),
    "a shell script": ("a.sh", lambda: b"#!/bin/sh\n"),
    "a PDF with a script": ("a.pdf", lambda: b"%PDF-1.7\n1 0 obj<</S/JavaScript/JS(app.alert(1))>>endobj\n%%EOF"),
    "a PDF that starts something": ("a.pdf", lambda: b"%PDF-1.7\n1 0 obj<</S/Launch/F(cmd.exe)>>endobj\n%%EOF"),
    "a program called a table": ("a.csv", lambda: b"MZ\0\0"),
    "HTML called a Word file": ("a.docx", lambda: SCRIPT),
    "a Word file with macros": ("a.docm", archive),
}

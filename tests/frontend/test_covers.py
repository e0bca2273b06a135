"""Covers: the same seed draws the same picture, in every light, scene and shape."""

import struct
import subprocess
import sys
from xml.etree import ElementTree

import pytest
from django.http import Http404
from django.test import Client, RequestFactory

from frontend.covers import PALETTES, RATIOS, cover, hero_scene, picture, share_image
from frontend.covers.scenes import SCENES
from frontend.covers.share import fitted, wrapped
from frontend.views.covers import draw

SVG = "{http://www.w3.org/2000/svg}svg"


def png_size(data: bytes) -> tuple[int, int]:
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", data[16:24])


def test_same_seed_draws_the_same_in_another_process() -> None:
    drawn = subprocess.run(
        [sys.executable, "-c", "from frontend.covers import cover; print(cover(seed='cafe-047'), end='')"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert drawn == cover(seed="cafe-047")
    assert drawn != cover(seed="cafe-048")


@pytest.mark.parametrize("ratio", RATIOS)
@pytest.mark.parametrize("scene", SCENES)
def test_every_scene_is_well_formed_in_every_shape(scene: str, ratio: str) -> None:
    width, height = RATIOS[ratio]
    root = ElementTree.fromstring(cover(seed="a", scene=scene, ratio=ratio))
    assert root.tag == SVG
    assert root.attrib == {"viewBox": f"0 0 {width} {height}", "width": str(width), "height": str(height)}
    assert len(root) > 10


@pytest.mark.parametrize("palette", PALETTES)
def test_palette_paints_the_sky(palette: str) -> None:
    root = ElementTree.fromstring(cover(seed="a", palette=palette))
    assert root[0].attrib["fill"] == PALETTES[palette].sky


def test_art_carries_no_style_and_no_script() -> None:
    for scene in SCENES:
        drawn = cover(seed="b", scene=scene)
        assert "style=" not in drawn
        assert "<script" not in drawn
    assert 'aria-hidden="true"' in hero_scene()


def test_picture_has_the_width_asked_for() -> None:
    assert png_size(picture(cover(seed="a", ratio="3x1"), width=600)) == (600, 200)


def test_share_image_has_the_size_of_social_networks() -> None:
    assert png_size(share_image(title="Ý tưởng cập bến", kicker="Hải Phòng", date="Thứ Bảy 05/12")) == (1200, 630)


def test_share_image_draws_its_words() -> None:
    assert share_image(title="Ẩn", seed="a") != share_image(title="An", seed="a")


def test_decomposed_accents_are_drawn_like_composed_ones() -> None:
    assert share_image(title="Nguye\u0302\u0303n", seed="a") == share_image(title="Nguyễn", seed="a")


def test_title_is_wrapped_evenly_and_keeps_every_word() -> None:
    title = "Bán hàng cho nhà máy, từ bản thử đến hợp đồng"
    lines = wrapped(title, size=72)
    assert " ".join(lines) == title
    assert len(lines) == 2
    assert min(len(line) for line in lines) > 15


def test_long_title_is_cut_at_four_lines() -> None:
    size, lines = fitted("đổi mới sáng tạo " * 30)
    assert size == 52
    assert len(lines) == 4
    assert lines[3].endswith("…")


def test_address_answers_with_a_drawing_to_keep() -> None:
    answer = Client().get("/covers/cafe-047.svg?palette=dawn&ratio=3x1&scene=stacks")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert answer.headers["Cache-Control"] == "public, max-age=2592000, stale-while-revalidate=86400"
    assert answer.content.decode() == cover(seed="cafe-047", palette="dawn", ratio="3x1", scene="stacks")
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("query", ["ratio=9x9", "palette=pink", "scene=mountain"])
def test_unknown_wish_is_not_found(query: str) -> None:
    with pytest.raises(Http404):
        draw(RequestFactory().get(f"/covers/a.svg?{query}"), seed="a")


def test_address_does_not_accept_a_post() -> None:
    assert Client().post("/covers/a.svg").status_code == 405

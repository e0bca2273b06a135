"""The journeys' instruments measure: each of them finds what it is there to find."""

import base64
from io import BytesIO
from pathlib import Path

import segno
import zxingcpp
from PIL import Image

from tests.journeys.accessibility import barriers
from tests.journeys.camera import film
from tests.journeys.conftest import Arrive

LOOK_THROUGH_CAMERA = """async () => {
    const video = document.createElement('video');
    video.srcObject = await navigator.mediaDevices.getUserMedia({video: {width: 1280, height: 720}});
    await video.play();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
    canvas.getContext('2d').drawImage(video, 0, 0);
    return canvas.toDataURL('image/png').split(',')[1];
}"""


def test_the_camera_shows_the_film(arrive: Arrive, tmp_path: Path) -> None:
    picture = tmp_path / "code.png"
    segno.make("HP1:PHUONG", error="q").save(picture, scale=8)
    visitor = arrive("phone", film=film([(picture, 1)], to=tmp_path / "camera.mjpeg"), permissions=["camera"])
    visitor.page.goto("/")
    seen = Image.open(BytesIO(base64.b64decode(visitor.page.evaluate(LOOK_THROUGH_CAMERA))))
    assert [code.text for code in zxingcpp.read_barcodes(seen)] == ["HP1:PHUONG"]


def test_a_request_to_another_host_is_noticed(arrive: Arrive) -> None:
    visitor = arrive()
    visitor.page.goto("/")
    visitor.page.set_content("<img src='http://192.0.2.1/a.png'>", wait_until="commit")
    visitor.page.wait_for_timeout(200)
    assert visitor.strangers == ["http://192.0.2.1/a.png"]
    visitor.strangers.clear()
    visitor.complaints.clear()


def test_an_error_of_a_script_is_noticed(arrive: Arrive) -> None:
    visitor = arrive()
    visitor.page.goto("/")
    with visitor.context.expect_event("weberror"):
        visitor.page.evaluate("() => { setTimeout(() => { throw new Error('torn'); }) }")
    assert len(visitor.complaints) == 1
    assert "torn" in visitor.complaints[0]
    visitor.complaints.clear()


def test_barriers_are_found(arrive: Arrive) -> None:
    visitor = arrive()
    visitor.page.goto("/")
    visitor.page.set_content("<html lang='vi'><title>Ảnh</title><main><h1>Ảnh</h1><img src='data:,'></main>")
    assert [barrier.partition(":")[0] for barrier in barriers(visitor.page)] == ["image-alt"]

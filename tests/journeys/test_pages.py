"""Every public page: no barrier for anybody, in both themes, on a phone and on a desk; nothing from another host."""

import pytest

from tests.journeys.accessibility import barriers
from tests.journeys.conftest import Arrive

PAGES = [
    "/", "/en/", "/tin-tuc/", "/su-kien/", "/mang-luoi/", "/co-van/", "/tai-khoan/login/", "/tai-khoan/signup/",
    "/hop-thu/", "/style/", "/soat-ve/",
]  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize(("device", "color_scheme"), [("phone", "light"), ("desktop", "dark")])
def test_page_has_no_barriers(arrive: Arrive, address: str, device: str, color_scheme: str) -> None:
    visitor = arrive(device, color_scheme=color_scheme, reduced_motion="reduce")
    response = visitor.page.goto(address)
    assert response is not None
    assert response.status == 200
    assert barriers(visitor.page) == []
    assert visitor.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0

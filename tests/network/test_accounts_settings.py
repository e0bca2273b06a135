"""Services to log in through are switched by the environment alone, and the content policy follows."""

import importlib
from typing import Any

import pytest

from config.settings import social

NAMES = ["GOOGLE_CLIENT_ID", "FACEBOOK_APP_ID", "APPLE_CLIENT_ID", "ZALO_APP_ID"]


def settings(monkeypatch: pytest.MonkeyPatch, **environment: str) -> dict[str, Any]:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return dict(vars(importlib.reload(social)))


def on(read: dict[str, Any]) -> set[str]:
    return {name for name, options in read["SOCIALACCOUNT_PROVIDERS"].items() if "APP" in options}


def test_all_are_off_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    read = settings(monkeypatch)
    assert on(read) == set()
    assert read["SOCIAL_ORIGINS"] == []


def test_each_is_switched_on_by_its_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    read = settings(monkeypatch, ZALO_APP_ID="7", ZALO_APP_SECRET="bi-mat")
    assert on(read) == {"zalo"}
    assert read["SOCIALACCOUNT_PROVIDERS"]["zalo"]["APP"] == {"client_id": "7", "secret": "bi-mat"}
    # Chromium holds a form to `form-action` also where it is led on to.
    assert read["SOCIAL_ORIGINS"] == ["https://oauth.zaloapp.com", "https://id.zalo.me"]


def test_apple_s_key_may_be_written_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = {
        "APPLE_KEY_ID": "KID",
        "APPLE_TEAM_ID": "TEAM",
        "APPLE_PRIVATE_KEY": "-----BEGIN-----\\nabc\\n-----END-----",
    }
    app = settings(monkeypatch, APPLE_CLIENT_ID="vn.hp", **keys)["SOCIALACCOUNT_PROVIDERS"]["apple"]["APP"]
    assert (app["client_id"], app["secret"], app["key"]) == ("vn.hp", "KID", "TEAM")
    assert app["settings"]["certificate_key"] == "-----BEGIN-----\nabc\n-----END-----"

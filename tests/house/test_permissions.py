"""Every address of ours says who may pass."""

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from network.doors import Permission
from tests.house.sources import ROOMS


def addresses(resolver: URLResolver, above: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every address with its view, includes unfolded."""
    for entry in resolver.url_patterns:
        address = above + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield address, entry.callback
        else:
            yield from addresses(entry, address)


def declared(view: Callable[..., Any]) -> object:
    return getattr(view, "permission", None) or getattr(getattr(view, "view_class", None), "permission", None)


def test_every_view_of_ours_declares_its_permission() -> None:
    ours = {address: view for address, view in addresses(get_resolver()) if view.__module__.partition(".")[0] in ROOMS}
    assert len(ours) > 0
    assert [address for address, view in ours.items() if not isinstance(declared(view), Permission)] == []

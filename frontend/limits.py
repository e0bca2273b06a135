"""Rate limits at the doors of the website: a POST too many is answered with a page that says when to come back."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from network import limits
from network.refusals import TooManyTries

View = Callable[..., HttpResponse]


def limited(act: str) -> Callable[[View], View]:
    """Count what is posted to a view as `act`, by the reader's account and by their address."""

    def decorated(view: View) -> View:
        @wraps(view)
        def counted(request: HttpRequest, *args: Any, **names: Any) -> HttpResponse:
            if request.method != "POST":
                return view(request, *args, **names)
            try:
                spend(request, act)
                if request.FILES:
                    spend(request, "upload", times=len(request.FILES))
            except TooManyTries as refusal:
                return too_many(request, refusal)
            return view(request, *args, **names)

        return counted

    return decorated


def spend(request: HttpRequest, act: str, *, times: int = 1) -> None:
    """Count an act of the reader. Raises TooManyTries."""
    # allauth knows how many proxies are trusted to say where a request comes from.
    address = get_adapter(request).get_client_ip(request)
    limits.spend(act=act, account=request.user.pk, address=address, times=times)


def too_many(request: HttpRequest, refusal: TooManyTries) -> HttpResponse:
    """Answer 429, in the look of the house."""
    response = render(request, "events/too_many.html", refusal.facts, status=429)
    response.headers["Retry-After"] = str(refusal.facts["seconds"])
    return response

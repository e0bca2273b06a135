"""Rate limits: how the answer looks when there were too many attempts.

What is counted stands in `config/settings/accounts.py`; allauth counts. Some of its forms answer with an error at a
field; here every limit becomes the same answer, 429 with `Retry-After`, on the website and in the app.
"""

from collections.abc import Callable
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from django.http import HttpRequest, HttpResponse

LONGEST_WINDOW = 300
"""Seconds after which every limit is open again."""


def stop(request: HttpRequest) -> Any:
    """Answer 429 at once, from wherever in allauth we are: the page in the person's language, or the app's JSON."""
    raise ImmediateHttpResponse(respond_429(request))


class RetryAfterMiddleware:
    """Says in every 429 when to come back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Leave what says so already."""
        response = self.get_response(request)
        if response.status_code == 429:
            response.headers.setdefault("Retry-After", str(LONGEST_WINDOW))
        return response

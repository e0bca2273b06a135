"""Pages that a phone may keep for the door of a hall without a network: whose they are, and the worker that keeps them.

The worker (site/offline/worker.ts) keeps nothing but answers that carry the header, and one reader's at a time: an
answer for another reader, or the page of somebody who is not logged in, makes it forget what it has.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from network.models import Person

HEADER = "Kept-For"
View = Callable[..., HttpResponse]


def owner(person: Person) -> str:
    """Return what stands for a reader on their own phone: it tells two apart and names neither."""
    return salted_hmac("frontend.offline", str(person.pk)).hexdigest()[:16]


def keepable(view: View) -> View:
    """Let a page of the reader's own be kept by their phone."""

    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **names: Any) -> HttpResponse:
        response = view(request, *args, **names)
        if response.status_code == 200 and request.method in ("GET", "HEAD"):
            response.headers[HEADER] = owner(request.user)
        return response

    return kept

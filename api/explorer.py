"""GraphiQL, where introspection is open: a browser that asks /graphql for a page gets it."""

from csp.constants import SELF
from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

EXAMPLE = """# Ctrl-Enter runs it; the book on the left holds the whole schema.
{
  events(first: 5) {
    nodes {
      code
      title
      startsAt
      venue {
        name
      }
      seats {
        left
      }
    }
  }
}
"""


def is_for_developers(request: HttpRequest) -> bool:
    """Whether a browser asks for a page, on an installation where it gets one."""
    asks_for_page = request.method == "GET" and "text/html" in request.headers.get("Accept", "")
    return asks_for_page and bool(settings.GRAPHQL_INTROSPECTION)


@csp_update({"font-src": [SELF, "data:"]})  # GraphiQL's style sheet carries its fonts in itself
def page(request: HttpRequest) -> HttpResponse:
    """Answer with GraphiQL."""
    return render(request, "api/graphiql.html", {"example": EXAMPLE})

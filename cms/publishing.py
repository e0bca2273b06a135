"""Publishing a story opens its event: a thin call of one rule, which knows that only a draft can be opened."""

import logging
from typing import Any

from wagtail.models import Revision

from cms.pages import EventPage
from events import planning
from network.refusals import Refusal

log = logging.getLogger(__name__)


def open_event_of_story(*, instance: EventPage, revision: Revision, **_signal: Any) -> None:
    """Hear that a story went live: by hand, at its scheduled hour, or approved in a workflow.

    The actor is who wrote the revision that went live. If that person may not plan events, the story is live and the
    event stays a draft; the log says so.
    """
    actor = revision.user or instance.owner
    if actor is None:
        return
    try:
        planning.open_event(event_id=instance.event_id, actor=actor)
    except Refusal as refusal:
        log.warning("event %s stays as it is: %s", instance.event_id, refusal.code)

"""The newsletter of the demo: one issue that went out to those who agreed, and the next as a draft."""

import json
from datetime import timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.contrib.auth.models import Group

from cms.groups import COMMS
from cms.models import Newsletter, NewsPage
from cms.newsletters import issues
from config.demo import people
from config.demo.dates import Calendar
from config.demo.sources import read
from network import consents
from network.consents import Purpose
from network.models import Consent, Person, Subscription
from network.newsletter import audience, dispatch
from network.newsletter.audience import Segment

READERS = 24
BARE = ("ban.doc.le.chan@example.org", "cau.lac.bo.khoi.nghiep@example.org")


def load(calendar: Calendar) -> None:
    """Write both issues unless there are any; the first goes out."""
    if Newsletter.objects.exists():
        return
    _load_readers(calendar)
    told = read("newsletters")
    sent = _write(told[0], calendar)
    _write(told[1], calendar)
    editor = _editor()
    if editor is None:
        return
    readers = len(audience.readers(segment=Segment()))
    at = calendar.now - timedelta(minutes=2)
    issues.schedule(
        newsletter_id=sent.pk, segment=Segment(), expected=readers, per_minute=600, due_at=at, actor=editor, at=at
    )
    issues.begin_due(at=at)
    dispatch.turn(at=at)
    dispatch.turn(at=calendar.now)


def _editor() -> Person | None:
    group = Group.objects.filter(name=COMMS).first()
    return group.user_set.order_by("pk").first() if group else None


def _load_readers(calendar: Calendar) -> None:
    roles = Subscription.Role.values
    for place, person in enumerate(people.guests()[:READERS]):
        consents.give(
            person=person,
            purposes=[Purpose.NEWSLETTER],
            language=person.preferred_language,
            channel=Consent.Channel.SITE,
            at=calendar.now,
        )
        Subscription.objects.get_or_create(
            person=person,
            defaults={
                "asked_at": calendar.now,
                "language": person.preferred_language,
                "roles": [roles[place % len(roles)]],
            },
        )
    for email in BARE:
        Subscription.objects.get_or_create(
            email=email, defaults={"asked_at": calendar.now, "confirmed_at": calendar.now}
        )


def _write(row: dict[str, Any], calendar: Calendar) -> Newsletter:
    fields: dict[str, Any] = {}
    for language in ("vi", "en"):
        told = row.get(language)
        if told:
            fields |= {
                f"subject_{language}": told["subject"],
                f"preheader_{language}": told["preheader"],
                f"body_{language}": _body(told["parts"], language, told["subject"]),
            }
    return Newsletter.objects.create(**fields)


def _body(parts: list[dict[str, Any]], language: str, seed: str) -> str:
    blocks = [next(iter(part.items())) for part in parts]
    made = [{"type": kind, "value": _value(kind, value, language)} for kind, value in blocks]
    return json.dumps(
        [{**block, "id": str(uuid5(NAMESPACE_URL, f"{seed}/{place}"))} for place, block in enumerate(made)]
    )


def _value(kind: str, value: Any, language: str) -> Any:
    if kind == "text":
        return f"<p>{value}</p>"
    if kind == "articles":
        slugs = value["articles"]
        pages = NewsPage.objects.live().filter(slug__in=slugs, locale__language_code=language)
        found = dict(pages.values_list("slug", "pk")) or dict(
            NewsPage.objects.live().filter(locale__language_code=language)[:2].values_list("slug", "pk")
        )
        return {**value, "articles": list(found.values())}
    if kind == "call_to_action":
        return {**value, "link": {"page": None, "url": value["link"]}}
    return value

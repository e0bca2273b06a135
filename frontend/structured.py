"""What machines read of a page: schema.org as JSON-LD."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime

from cms.pages import NewsPage
from events.addresses import event_address
from events.choices import Availability, Choice
from events.models import Event
from frontend.standing import Standing, to_a_newcomer

STATUS = {
    Event.Status.SCHEDULED: "EventScheduled",
    Event.Status.POSTPONED: "EventPostponed",
    Event.Status.CANCELLED: "EventCancelled",
}
ATTENDANCE = {
    Event.Attendance.ONSITE: "OfflineEventAttendanceMode",
    Event.Attendance.ONLINE: "OnlineEventAttendanceMode",
    Event.Attendance.MIXED: "MixedEventAttendanceMode",
}
AVAILABILITY = {
    Standing.OPEN: "InStock",
    Standing.FULL: "SoldOut",
    Standing.WAITS: "SoldOut",
    Standing.NOT_YET: "PreOrder",
}
OF_CHOICE = {
    Availability.OPEN: "InStock",
    Availability.FULL: "SoldOut",
    Availability.NOT_YET: "PreOrder",
    Availability.CLOSED: "Discontinued",
}
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def embedded(facts: dict[str, Any]) -> SafeString:
    """Return the script element that carries `facts`: data, never run, and nothing in it can end it."""
    written = json.dumps(facts, ensure_ascii=False).translate(ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(written))  # escaped above


def event_facts(
    *, event: Event, choices: Sequence[Choice], at: datetime, language: str, image: str, performers: list[str]
) -> dict[str, Any]:
    """Return an event in schema.org's words, as it stands to a newcomer; `image` is a whole address."""
    address = event_address(event, language)
    facts: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": address,
        "url": address,
        "name": event.title,
        "description": event.summary,
        "image": [image],
        "startDate": localtime(event.starts_at).isoformat(),
        "endDate": localtime(event.ends_at).isoformat(),
        "eventStatus": f"https://schema.org/{STATUS.get(event.status, 'EventScheduled')}",
        "eventAttendanceMode": f"https://schema.org/{ATTENDANCE[event.attendance]}",
        "inLanguage": language,
        "isAccessibleForFree": all(choice.ticket_type.fee == 0 for choice in choices),
        "location": _places(event, address),
        "offers": _offers(event, choices, to_a_newcomer(event=event, choices=choices, at=at), address),
    }
    if event.seats.capacity is not None:
        facts |= {"maximumAttendeeCapacity": event.seats.capacity, "remainingAttendeeCapacity": event.seats.left}
    if event.organiser:
        facts["organizer"] = {"@type": "Organization", "name": event.organiser.name}
    if event.series:
        facts["superEvent"] = {"@type": "EventSeries", "name": event.series.title}
    if performers:
        facts["performer"] = [{"@type": "Person", "name": name} for name in performers]
    return facts


def _places(event: Event, address: str) -> list[dict[str, Any]]:
    places: list[dict[str, Any]] = []
    if event.venue and event.attendance != Event.Attendance.ONLINE:
        postal = {
            "@type": "PostalAddress",
            "streetAddress": event.venue.street,
            "addressLocality": event.venue.ward,
            "addressRegion": event.venue.city,
            "addressCountry": "VN",
        }
        places.append({"@type": "Place", "name": event.venue.name, "address": postal})
    if event.attendance != Event.Attendance.ONSITE:
        # The link itself is for those who hold a ticket.
        places.append({"@type": "VirtualLocation", "url": address})
    return places


def _offers(
    event: Event, choices: Sequence[Choice], standing: Standing, address: str
) -> dict[str, Any] | list[dict[str, Any]]:
    """One offer a ticket type; what the event as a whole says (not open yet, closed) goes for each of them."""
    if len(choices) < 2:
        fee = choices[0].ticket_type.fee if choices else 0
        return _offer(event, address, fee=fee, availability=AVAILABILITY.get(standing, "Discontinued"))
    by_type = standing in (Standing.OPEN, Standing.FULL, Standing.WAITS)
    return [
        {
            **_offer(
                event,
                address,
                fee=choice.ticket_type.fee,
                availability=OF_CHOICE[choice.availability] if by_type else AVAILABILITY.get(standing, "Discontinued"),
            ),
            "name": choice.ticket_type.name,
        }
        for choice in choices
    ]


def _offer(event: Event, address: str, *, fee: int, availability: str) -> dict[str, Any]:
    offer = {"@type": "Offer", "price": fee, "priceCurrency": "VND", "url": address}
    offer["availability"] = f"https://schema.org/{availability}"
    if event.registration_opens_at:
        offer["validFrom"] = localtime(event.registration_opens_at).isoformat()
    return offer


def article_facts(*, page: NewsPage, address: str, image: str) -> dict[str, Any]:
    """Return an article in schema.org's words; `address` and `image` are whole addresses."""
    published = localtime(page.first_published_at) if page.first_published_at else None
    changed = localtime(page.last_published_at) if page.last_published_at else published
    facts: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": address,
        "mainEntityOfPage": address,
        "headline": page.title,
        "description": page.lead,
        "image": [image],
        "inLanguage": page.locale.language_code,
        "datePublished": (published or page.published_on).isoformat(),
        "publisher": {"@type": "Organization", "name": "Startup Hải Phòng"},
        "author": {"@type": "Organization", "name": page.author_line or "Startup Hải Phòng"},
    }
    if changed is not None:
        facts["dateModified"] = changed.isoformat()
    if page.topic:
        facts["articleSection"] = page.topic
    return facts


def trail_facts(steps: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Return the way to a page in schema.org's words: names with whole addresses, from the home page on."""
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": address}
            for position, (name, address) in enumerate(steps, start=1)
        ],
    }

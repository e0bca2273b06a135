"""What machines read of a page: schema.org as JSON-LD."""

import json
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime

from events.addresses import event_address
from events.models import Event
from frontend.standing import Standing

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
    Standing.HOLDS: "InStock",
    Standing.FULL: "SoldOut",
    Standing.NOT_YET: "PreOrder",
}
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def embedded(facts: dict[str, Any]) -> SafeString:
    """Return the script element that carries `facts`: data, never run, and nothing in it can end it."""
    written = json.dumps(facts, ensure_ascii=False).translate(ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(written))  # escaped above


def event_facts(
    *, event: Event, standing: Standing, language: str, image: str, performers: list[str]
) -> dict[str, Any]:
    """Return an event in schema.org's words; `image` is a whole address."""
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
        "isAccessibleForFree": True,
        "location": _places(event, address),
        "offers": _offer(event, standing, address),
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


def _offer(event: Event, standing: Standing, address: str) -> dict[str, Any]:
    availability = AVAILABILITY.get(standing, "Discontinued")
    offer = {"@type": "Offer", "price": 0, "priceCurrency": "VND", "url": address}
    offer["availability"] = f"https://schema.org/{availability}"
    if event.registration_opens_at:
        offer["validFrom"] = localtime(event.registration_opens_at).isoformat()
    return offer

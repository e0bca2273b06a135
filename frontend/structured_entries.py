"""What machines read of an entry in the directory: schema.org's words, of what the viewer may see."""

from typing import Any

from network.models import Organisation
from network.visibility import Seen

TYPES = {
    Organisation.Kind.RESEARCH_ORGANISATION: "ResearchOrganization",
    Organisation.Kind.PUBLIC_AGENCY: "GovernmentOrganization",
    Organisation.Kind.UNIVERSITY_CLUB: "Organization",
    Organisation.Kind.STARTUP: "Corporation",
    Organisation.Kind.ENTERPRISE: "Corporation",
}


def organisation_facts(seen: Seen, *, address: str, logo: str) -> dict[str, Any]:
    """Return an organisation; `address` and `logo` are whole addresses, an empty logo is left out."""
    facts: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": TYPES.get(seen.kind, "Organization"),
        "@id": address,
        "url": address,
        "name": seen.name,
        "description": seen.summary,
        "logo": logo,
        "foundingDate": str(seen.founded_year or ""),
        "email": seen.contact_email,
        "telephone": str(seen.contact_phone or ""),
        "sameAs": [link for link in (seen.website, *seen.links) if link],
        "knowsAbout": [sector.name for sector in seen.sectors],
    }
    if seen.ward or seen.street:
        facts["address"] = {
            "@type": "PostalAddress",
            "streetAddress": seen.street,
            "addressLocality": seen.ward,
            "addressRegion": "Hải Phòng" if seen.country == "VN" else "",
            "addressCountry": seen.country,
        }
    if seen.latitude is not None:
        facts["location"] = {
            "@type": "Place",
            "geo": {"@type": "GeoCoordinates", "latitude": seen.latitude, "longitude": seen.longitude},
        }
    if seen.parent is not None and seen.parent.is_listed:
        facts["parentOrganization"] = {"@type": "Organization", "name": seen.parent.name}
    return {name: value for name, value in facts.items() if value}


def person_facts(seen: Seen, *, address: str, photo: str) -> dict[str, Any]:
    """Return a person; `address` and `photo` are whole addresses, an empty photo is left out."""
    places = seen.person.memberships.all()
    facts: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Person",
        "@id": address,
        "url": address,
        "name": seen.person.full_name,
        "description": seen.headline,
        "image": photo,
        "email": seen.contact_email,
        "knowsAbout": [row.name for row in (*seen.skills, *seen.sectors)],
        "knowsLanguage": [code.strip() for code in seen.languages.split(",") if code.strip()],
        "sameAs": [link for link in (seen.website, *seen.links) if link],
        "memberOf": [{"@type": "Organization", "name": place.organisation.name} for place in places],
    }
    return {name: value for name, value in facts.items() if value}

"""Writes the demo's events down, by the rules and in the name of the demo's administrator."""

from datetime import timedelta

from config.demo import gatherings, logins, programmes
from config.demo.dates import Calendar
from config.demo.gatherings import Gathering
from events import planning, schedule
from events.models import Event, EventSeries, Gate, Venue
from events.planning import EventFacts
from network.models import Organisation, Person


def load(calendar: Calendar) -> list[Gathering]:
    """Write the events that are missing, with their programmes, and return them."""
    known = set(Event.objects.values_list("code", flat=True))
    missing = [each for each in gatherings.told().values() if each.code not in known]
    if missing:
        _load_series()
        actor = logins.person(logins.ADMIN)
        programme = programmes.Writer()
        for each in missing:
            event = _open(each, calendar, actor)
            programme.write(each, event)
    return missing


def cancel(loaded: list[Gathering], calendar: Calendar) -> None:
    """Cancel those that the content calls cancelled: people with a place get their mail."""
    for each in loaded:
        if each.status == Event.Status.CANCELLED:
            event = Event.objects.get(code=each.code)
            schedule.cancel_event(event_id=event.pk, actor=logins.person(logins.ADMIN), at=calendar.now)


def _load_series() -> None:
    known = set(EventSeries.objects.values_list("code", flat=True))
    organisers = {"HOI": "dost", "CC": "dost"}
    for row in gatherings.series():
        if row["code"] not in known:
            EventSeries.objects.create(
                code=row["code"],
                slug=row["slug"],
                title_vi=row["vi"],
                title_en=row["en"],
                summary_vi=row["about_vi"],
                summary_en=row["about_en"],
                palette=row["palette"],
                organiser=Organisation.objects.get(code=organisers.get(row["code"], "startup-haiphong")),
            )


def _open(each: Gathering, calendar: Calendar, actor: Person) -> Event:
    event = planning.plan_event(facts=_facts(each, calendar), actor=actor)
    Gate.objects.bulk_create(Gate(event=event, name=name) for name in each.gates if name != "A")
    return planning.open_event(event_id=event.pk, actor=actor)


def _facts(each: Gathering, calendar: Calendar) -> EventFacts:
    starts = each.starts(calendar)
    opens = calendar.moment(each.opens) if each.opens else starts - timedelta(days=60)
    return EventFacts(
        kind=each.kind,
        code=each.code,
        slug=each.slug,
        series_id=EventSeries.objects.get(code=each.series).pk if each.series else None,
        edition=each.edition,
        title_vi=each.vi,
        title_en=each.en,
        summary_vi=each.about_vi,
        summary_en=each.about_en,
        starts_at=starts,
        ends_at=each.ends(calendar),
        attendance=each.mode,
        venue_id=Venue.objects.get(code=each.venue).pk if each.venue and each.mode != "ONLINE" else None,
        online_url="" if each.mode == "ONSITE" else "https://truc-tuyen.haiphong.example/phong",
        organiser_id=Organisation.objects.get(code=each.organiser).pk,
        capacity=each.seats,
        registration_opens_at=opens,
        registration_closes_at=calendar.moment(each.closes) if each.closes else None,
    )

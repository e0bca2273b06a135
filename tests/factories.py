"""Rows for tests, made by the rules where there is a rule."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import factory
from django.contrib.auth.models import Permission

from events import planning
from events.models import CheckInList, Event, EventSeries, EventStaff, Gate, Venue
from network import consents
from network.directory import index
from network.models import Consent, Organisation, Person, Profile, Sector

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)


class PersonFactory(factory.django.DjangoModelFactory[Person]):
    """Somebody with an account."""

    class Meta:
        model = Person
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    full_name = factory.Sequence(lambda n: f"Nguyễn Văn {chr(65 + n % 26)}")

    @factory.post_generation
    def agrees(person: Person, create: bool, extracted: bool | None, **_facts: Any) -> None:
        """Most people of the tests have agreed to what registering needs; `agrees=False` has not been asked."""
        if create and extracted is not False:
            agree([person])


def agree(people: Iterable[Person]) -> None:
    """Let these people have agreed to what registering needs."""
    version = consents.TEXTS[Consent.Purpose.REGISTRATION].version
    given = {"language": "vi", "channel": "SITE", "given_at": NOW, "text_version": version}
    Consent.objects.bulk_create(Consent(person=person, purpose="REGISTRATION", **given) for person in people)


class SectorFactory(factory.django.DjangoModelFactory[Sector]):
    """A priority field."""

    class Meta:
        model = Sector

    code = factory.Sequence(lambda n: f"sector-{n}")
    name_vi = factory.Sequence(lambda n: f"Lĩnh vực {n}")
    name_en = factory.Sequence(lambda n: f"Sector {n}")


class OrganisationFactory(factory.django.DjangoModelFactory[Organisation]):
    """A listed organisation."""

    class Meta:
        model = Organisation
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"organisation-{n}")
    slug = factory.SelfAttribute("code")
    kind = Organisation.Kind.STARTUP
    name_vi = factory.Sequence(lambda n: f"Tổ chức {n}")
    name_en = factory.Sequence(lambda n: f"Organisation {n}")

    @factory.post_generation
    def found(organisation: Organisation, create: bool, extracted: bool | None, **_facts: Any) -> None:
        """Whoever is made can be found; what a test changes later it tells the index itself."""
        if create:
            index.refresh(organisations=[organisation.pk])


class ProfileFactory(factory.django.DjangoModelFactory[Profile]):
    """A listed mentor."""

    class Meta:
        model = Profile
        skip_postgeneration_save = True

    person = factory.SubFactory(PersonFactory)
    slug = factory.Sequence(lambda n: f"co-van-{n}")
    headline_vi = "Mười năm bán phần mềm cho nhà máy"
    headline_en = "Ten years of selling software to factories"
    is_listed = True

    @factory.post_generation
    def roles(profile: Profile, create: bool, extracted: Iterable[str] | None, **_facts: Any) -> None:
        """A mentor, unless other parts are named: `roles=["FOUNDER"]`."""
        for kind in ("MENTOR",) if extracted is None else extracted:
            profile.roles.create(kind=kind)
        index.refresh(profiles=[profile.pk])


class EventSeriesFactory(factory.django.DjangoModelFactory[EventSeries]):
    """The café."""

    class Meta:
        model = EventSeries
        django_get_or_create = ("code",)

    code = "CAFE"
    slug = "ca-phe"
    title_vi = "Hải Phòng – Cà phê KNST"
    title_en = "Hai Phong Startup Café"


class VenueFactory(factory.django.DjangoModelFactory[Venue]):
    """A place."""

    class Meta:
        model = Venue
        django_get_or_create = ("code",)

    code = "coworking"
    name_vi = "Khu làm việc chung"
    name_en = "City co-working space"
    street = "1 Phạm Ngũ Lão"
    ward = "phường Gia Viên"


def planner(**fields: Any) -> Person:
    """Somebody who may plan events."""
    person = PersonFactory.create(is_staff=True, **fields)
    person.user_permissions.add(Permission.objects.get(codename="change_event", content_type__app_label="events"))
    return Person.objects.get(pk=person.pk)


def facts(**changes: Any) -> planning.EventFacts:
    """The facts of a café edition in twelve days."""
    starts = changes.pop("starts_at", NOW + timedelta(days=12, hours=5))
    values: dict[str, Any] = {
        "kind": Event.Kind.CAFE,
        "title_vi": "Bán hàng cho nhà máy, từ bản thử đến hợp đồng",
        "title_en": "Selling to factories: from pilot to contract",
        "summary_vi": "Hai nhà sáng lập kể chuyện ba năm gõ cửa các nhà máy.",
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=2, minutes=30),
        "capacity": 120,
    }
    if "venue_id" not in changes:
        values["venue_id"] = VenueFactory.create().pk
    if "series_id" not in changes:
        values["series_id"] = EventSeriesFactory.create().pk
        values["edition"] = planning.next_edition(EventSeriesFactory.create())
    return planning.EventFacts(**(values | changes))


def open_event(**changes: Any) -> Event:
    """An event that is open for registration at NOW."""
    actor = planner()
    event = planning.plan_event(facts=facts(**changes), actor=actor)
    return planning.open_event(event_id=event.pk, actor=actor)


def on_duty(event: Event | None, role: str = EventStaff.Role.DOOR) -> Person:
    """Somebody who works at the event (None: at all)."""
    person = PersonFactory.create()
    EventStaff.objects.create(person=person, event=event, role=role)
    return person


def main_list(event: Event) -> CheckInList:
    """The event's check-in list."""
    return event.checkin_lists.get()


def gate(event: Event, name: str = "A") -> Gate:
    """A gate of the event."""
    return Gate.objects.get_or_create(event=event, name=name)[0]

"""How an event takes registrations: each setting within its limits, the bank account whole or empty."""

from dataclasses import replace
from typing import Any

import pytest

from events import payments, registration_settings
from events.models import Event
from events.refusals import EventNotFound
from events.registration_settings import RegistrationSettings, settings_of
from network.refusals import Invalid, NotPermitted
from tests.events.scenes import desk, refused
from tests.factories import NOW, PersonFactory, open_event, planner

pytestmark = pytest.mark.django_db
STATED = RegistrationSettings(
    has_waiting_list=False,
    offer_hours=48,
    answers_until=NOW,
    bank_code="970436",
    bank_account="0011012345678",
    bank_holder="Trung tâm Đổi mới",
)


def _change(event: Event, settings: RegistrationSettings) -> Event:
    return registration_settings.change(event_id=event.pk, settings=settings, actor=planner())


def test_settings_are_kept_and_nothing_else_of_the_event_changes() -> None:
    event = open_event()
    assert settings_of(event) == RegistrationSettings()
    before = Event.objects.values().get(pk=event.pk)
    _change(event, replace(STATED, bank_account=" 0011.0123-45678 ", bank_holder=" Trung tâm  Đổi mới "))
    after = Event.objects.get(pk=event.pk)
    assert (settings_of(after), payments.takes_transfers(after)) == (STATED, True)
    changed = {name for name, value in Event.objects.values().get(pk=event.pk).items() if before[name] != value}
    names = {"has_waiting_list", "offer_hours", "answers_until", "bank_code", "bank_account", "bank_holder"}
    assert changed == names | {"updated_at"}


def test_the_account_is_taken_away_whole() -> None:
    event = open_event()
    _change(event, STATED)
    again = _change(event, replace(STATED, bank_code="", bank_account=" ", bank_holder=""))
    assert not payments.takes_transfers(again)


@pytest.mark.parametrize(
    ("changes", "field", "reason"),
    [
        ({"offer_hours": 0}, "offer_hours", "out_of_range"),
        ({"offer_hours": 721}, "offer_hours", "out_of_range"),
        ({"bank_code": ""}, "bank_code", "required"),
        ({"bank_code": "123456"}, "bank_code", "unknown"),
        ({"bank_code": "0"}, "bank_code", "unknown"),
        ({"bank_account": ""}, "bank_account", "required"),
        ({"bank_account": "12345"}, "bank_account", "malformed"),
        ({"bank_account": "1" * 20}, "bank_account", "malformed"),
        ({"bank_account": "12345678a"}, "bank_account", "malformed"),
        ({"bank_account": "１２３４５６７８"}, "bank_account", "malformed"),
        ({"bank_holder": ""}, "bank_holder", "required"),
        ({"bank_holder": "123"}, "bank_holder", "required"),
        ({"bank_holder": "x" * 61}, "bank_holder", "too_long"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(changes: Any, field: str, reason: str) -> None:
    event, actor = open_event(), planner()
    with refused(Invalid, field=field, reason=reason):
        registration_settings.change(event_id=event.pk, settings=replace(STATED, **changes), actor=actor)


def test_only_planners_set_them() -> None:
    event = open_event()
    for actor in (PersonFactory.create(), desk(event)):
        with refused(NotPermitted):
            registration_settings.change(event_id=event.pk, settings=STATED, actor=actor)
    actor = planner()
    with refused(EventNotFound):
        registration_settings.change(event_id=0, settings=STATED, actor=actor)

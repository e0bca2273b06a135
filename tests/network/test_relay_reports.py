"""Reported messages: keepers see that one alone, and what they make of it reaches its sender without the reporter."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from network.contact import queries, reporting
from network.contact.refusals import WritingStopped
from network.contact.reporting import AlreadySettled
from network.models import ContactReport, ContactStop, OutgoingMail, Person
from network.refusals import Invalid, NotFound, NotPermitted
from tests.factories import NOW
from tests.network.relay import answered, begun, letters, mentor, proven, said

pytestmark = pytest.mark.django_db
SPAM = "Mua ngay hôm nay, giảm chín mươi phần trăm cho mọi đơn hàng!"


def keeper() -> Person:
    person = proven(is_staff=True)
    person.user_permissions.add(
        Permission.objects.get(codename="settle_contactreport"), Permission.objects.get(codename="access_admin")
    )
    return Person.objects.get(pk=person.pk)


class Scene:
    """Somebody wrote twice to a mentor, who reports the second message."""

    def __init__(self) -> None:
        self.mentor, self.writer = mentor(), proven(full_name="Lê Văn Quảng")
        self.thread = begun(self.mentor, self.writer)
        self.message = answered(self.thread, self.writer, SPAM)
        self.report = self.reported()

    def reported(self, **given: Any) -> ContactReport:
        facts = {"message_id": self.message.pk, "actor": self.mentor.person, "reason": "SPAM", "at": NOW} | given
        return reporting.report(**facts)


def test_a_message_is_reported_once_by_who_got_it() -> None:
    scene = Scene()
    assert scene.reported(reason="FRAUD") == scene.report
    assert ContactReport.objects.count() == 1
    for given in ({"actor": scene.writer}, {"actor": proven()}, {"message_id": 0}):
        with pytest.raises(NotFound):
            scene.reported(**given)
    with pytest.raises(Invalid):
        scene.reported(reason="x")
    with pytest.raises(Invalid):
        scene.reported(note="x" * 401)
    assert ContactReport.objects.count() == 1


def test_who_is_stopped_writes_no_more_until_let_and_hears_why() -> None:
    scene, by = Scene(), keeper()
    reporting.settle(report_id=scene.report.pk, actor=by, outcome="STOPPED", at=NOW)
    letter = said(letters(scene.writer.email)[-1])
    assert SPAM in letter
    assert scene.mentor.person.full_name not in letter
    assert scene.mentor.person.email not in letter
    with pytest.raises(WritingStopped):
        begun(mentor(), scene.writer)
    assert reporting.let_write(person_id=scene.writer.pk, actor=by) is True
    begun(mentor(), scene.writer)


@pytest.mark.parametrize(("outcome", "told"), [("DISMISSED", 0), ("WARNED", 1), ("STOPPED", 1)])
def test_each_outcome_is_final_and_told_to_the_sender_alone(outcome: str, told: int) -> None:
    scene, before = Scene(), OutgoingMail.objects.count()
    reporting.settle(report_id=scene.report.pk, actor=keeper(), outcome=outcome, at=NOW)
    assert OutgoingMail.objects.count() - before == told
    assert ContactStop.objects.count() == (1 if outcome == "STOPPED" else 0)
    with pytest.raises(AlreadySettled):
        reporting.settle(report_id=scene.report.pk, actor=keeper(), outcome="STOPPED", at=NOW)
    scene.report.refresh_from_db()
    assert scene.report.outcome == outcome


def test_others_settle_nothing() -> None:
    scene = Scene()
    for actor in (scene.mentor.person, scene.writer, proven(is_staff=True)):
        with pytest.raises(NotPermitted):
            reporting.settle(report_id=scene.report.pk, actor=actor, outcome="DISMISSED", at=NOW)
        with pytest.raises(NotPermitted):
            queries.reports(viewer=actor)
    scene.report.refresh_from_db()
    assert scene.report.outcome == ""


def test_the_admin_shows_that_message_alone_and_settles_it(client: Client) -> None:
    scene = Scene()
    client.force_login(scene.mentor.person)
    assert client.get(reverse("reports:index")).status_code in {302, 403}
    client.force_login(keeper())
    shown = client.get(reverse("reports:index")).content.decode()
    assert SPAM in shown
    assert scene.thread.messages.first().body not in shown  # type: ignore[union-attr]  # there are two
    assert scene.writer.email not in shown
    client.post(reverse("reports:settle", args=[scene.report.pk]), {"outcome": "STOPPED"})
    assert ContactStop.objects.get().person == scene.writer
    assert "Cho nhắn lại" in client.get(reverse("reports:index")).content.decode()
    client.post(reverse("reports:settle", args=[scene.report.pk]), {"outcome": "LET_WRITE"})
    assert ContactStop.objects.count() == 0

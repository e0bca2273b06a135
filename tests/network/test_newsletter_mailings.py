"""An issue goes out: to those who were counted, so many a minute, each once, until somebody stops it."""

from datetime import timedelta
from typing import Any

import pytest

from network import consents, outbox
from network.consents import Purpose
from network.models import Mailing, MailingRecipient, OutgoingMail
from network.newsletter import dispatch, links, mailings, returns, subscriptions
from network.newsletter.audience import Segment
from network.newsletter.mailings import AudienceChanged, MailingNotInState, NobodyToWriteTo
from network.refusals import Invalid, NotPermitted
from tests.factories import NOW, PersonFactory
from tests.network.readers import CONTENTS, agreed, bare, complaint, mailing, report, sender

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def letters() -> list[str]:
    issues = OutgoingMail.objects.filter(kind=dispatch.ISSUE_KIND).order_by("pk")
    return list(issues.values_list("recipient", flat=True))


def scheduled(**changed: Any) -> Mailing:
    stated: dict[str, Any] = {
        "segment": Segment(), "expected": 1, "per_minute": 60, "due_at": NOW, "actor": sender(), "at": NOW
    }  # fmt: skip
    return mailings.schedule(**(stated | changed))


def test_who_may_not_send_schedules_nothing() -> None:
    agreed()
    with pytest.raises(NotPermitted):
        scheduled(actor=PersonFactory.create())
    assert Mailing.objects.count() == 0


def test_nobody_or_other_people_than_counted_are_refused() -> None:
    with pytest.raises(NobodyToWriteTo):
        scheduled(expected=0)
    agreed()
    with pytest.raises(AudienceChanged):
        scheduled(expected=2)
    with pytest.raises(Invalid):
        scheduled(per_minute=0)
    assert Mailing.objects.count() == 0


def test_nothing_begins_before_it_is_due_or_twice() -> None:
    agreed()
    made = scheduled(due_at=NOW + MINUTE)
    assert mailings.begin(mailing_id=made.pk, contents=CONTENTS, at=NOW) == 0
    assert mailings.begin(mailing_id=made.pk, contents=CONTENTS, at=NOW + MINUTE) == 1
    assert mailings.begin(mailing_id=made.pk, contents=CONTENTS, at=NOW + MINUTE) == 0
    assert MailingRecipient.objects.count() == 1


def test_so_many_a_minute_each_once_and_then_it_is_sent() -> None:
    people = [agreed().email for _each in range(3)] + [bare(f"b{each}@example.org").email for each in range(2)]
    made = mailing(per_minute=2)
    assert dispatch.turn(at=NOW) == 2
    assert dispatch.turn(at=NOW) == dispatch.turn(at=NOW + timedelta(seconds=30)) == 0
    spread = OutgoingMail.objects.filter(kind=dispatch.ISSUE_KIND).order_by("pk").values_list("due_at", flat=True)
    assert list(spread) == [NOW, NOW + timedelta(seconds=30)]
    assert [dispatch.turn(at=NOW + MINUTE * after) for after in (1, 2, 3)] == [2, 1, 0]
    assert sorted(letters()) == sorted(people)
    made.refresh_from_db()
    assert (made.state, made.ended_at) == ("SENT", NOW + MINUTE * 3)


def test_who_withdraws_between_counting_and_sending_gets_nothing() -> None:
    withdrawn, stays, left = agreed(), agreed(), bare("di@example.org")
    made = mailing()
    consents.withdraw(person=withdrawn, purpose=Purpose.NEWSLETTER, at=NOW)
    subscriptions.leave(token=links.own(left.pk), at=NOW)
    assert dispatch.turn(at=NOW) == 1
    assert letters() == [stays.email]
    told = mailings.numbers(made)[0]
    assert (told.group, told.readers, told.waiting, told.sent) == ("ALL", 3, 1, 0)


def test_a_turn_that_breaks_off_has_done_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    agreed()
    made = mailing()
    post = outbox.post

    def killed(*given: Any, **named: Any) -> None:
        post(*given, **named)
        raise KeyboardInterrupt

    monkeypatch.setattr(outbox, "post", killed)
    with pytest.raises(KeyboardInterrupt):
        dispatch.turn_of(mailing_id=made.pk, at=NOW)
    assert letters() == []
    monkeypatch.undo()
    assert dispatch.turn_of(mailing_id=made.pk, at=NOW) == 1
    assert len(letters()) == 1


def test_pause_takes_back_what_waits_and_going_on_sends_it_once() -> None:
    for _each in range(3):
        agreed()
    made, actor = mailing(per_minute=3), sender()
    dispatch.turn(at=NOW)
    first = OutgoingMail.objects.filter(kind=dispatch.ISSUE_KIND).order_by("pk")[0]
    OutgoingMail.objects.filter(pk=first.pk).update(sent_at=NOW, attempts=1)
    mailings.pause(mailing_id=made.pk, actor=actor)
    assert letters() == [first.recipient]
    assert dispatch.turn(at=NOW + MINUTE) == 0
    mailings.go_on(mailing_id=made.pk, actor=actor)
    assert dispatch.turn(at=NOW + MINUTE * 2) == 2
    assert len(set(letters())) == len(letters()) == 3


def test_stop_is_for_good() -> None:
    agreed(), agreed()
    made, actor = mailing(per_minute=1), sender()
    dispatch.turn(at=NOW)
    mailings.stop(mailing_id=made.pk, actor=actor, at=NOW)
    assert letters() == []
    assert dispatch.turn(at=NOW + MINUTE) == 0
    with pytest.raises(MailingNotInState):
        mailings.go_on(mailing_id=made.pk, actor=actor)
    assert set(made.recipients.values_list("state", flat=True)) == {"DROPPED"}


def test_only_what_has_not_begun_is_taken_back() -> None:
    agreed()
    made, actor = mailing(begun=False), sender()
    mailings.unschedule(mailing_id=made.pk, actor=actor)
    assert Mailing.objects.count() == 0
    begun = mailing()
    with pytest.raises(MailingNotInState):
        mailings.unschedule(mailing_id=begun.pk, actor=actor)
    with pytest.raises(NotPermitted):
        mailings.pause(mailing_id=begun.pk, actor=PersonFactory.create())
    begun.refresh_from_db()
    assert begun.state == "SENDING"


def issue_to(person: Any) -> OutgoingMail:
    mailing(segment=Segment())
    dispatch.turn(at=NOW)
    return OutgoingMail.objects.filter(kind=dispatch.ISSUE_KIND, recipient=person.email).latest("pk")


def test_a_hard_bounce_ends_it_at_once_and_counts_once() -> None:
    person = agreed()
    mail = issue_to(person)
    assert returns.take(raw=report(mail), at=NOW) == returns.Told(outcome="HARD", ended=True)
    assert returns.take(raw=report(mail), at=NOW).outcome == "COUNTED"
    assert mailings.numbers(Mailing.objects.get())[0].bounced == 1
    assert Purpose.NEWSLETTER in consents.standing(person)
    with pytest.raises(NobodyToWriteTo):
        scheduled(expected=0)


def test_the_third_soft_bounce_ends_it() -> None:
    person = agreed()
    told = [returns.take(raw=report(issue_to(person), status="4.2.1"), at=NOW) for _each in range(3)]
    assert [(each.outcome, each.ended) for each in told] == [("SOFT", False), ("SOFT", False), ("SOFT", True)]


def test_a_full_mailbox_passes_and_a_delay_is_nothing() -> None:
    mail = issue_to(agreed())
    assert returns.take(raw=report(mail, status="4.4.1", action="delayed"), at=NOW).outcome == "NO_REPORT"
    assert returns.take(raw=report(mail, status="5.2.2"), at=NOW) == returns.Told(outcome="SOFT", ended=False)


def test_a_complaint_withdraws() -> None:
    person = agreed()
    mail = issue_to(person)
    assert returns.take(raw=complaint(mail, "not-spam"), at=NOW).outcome == "NO_REPORT"
    assert returns.take(raw=complaint(mail), at=NOW) == returns.Told(outcome="COMPLAINT", ended=True)
    assert Purpose.NEWSLETTER not in consents.standing(person)
    assert mailings.numbers(Mailing.objects.get())[0].left == 1


def test_a_made_up_report_ends_nothing() -> None:
    person = agreed()
    mail = issue_to(person)
    mail.message_id = "<made-up@example.org>"
    assert returns.take(raw=report(mail), at=NOW).outcome == "UNKNOWN_LETTER"
    assert returns.take(raw=b"Subject: hello\r\n\r\nMessage-ID: x", at=NOW).outcome == "NO_REPORT"
    assert returns.take(raw=b"\xff\x00", at=NOW).outcome == "NO_REPORT"
    assert subscriptions.is_standing(person.subscription)


def test_who_agrees_again_after_leaving_can_still_bounce() -> None:
    person = agreed()
    row = subscriptions.of_person(person=person, at=NOW)
    subscriptions.leave(token=links.own(row.pk), at=NOW)
    agreed(person)
    assert returns.take(raw=report(issue_to(person)), at=NOW).ended
    assert not subscriptions.is_standing(type(row).objects.get())


def test_leaving_by_a_mailings_link_is_told_in_its_numbers_by_group() -> None:
    row = bare("a@example.org", roles=("STUDENT",))
    bare("b@example.org", language="en")
    made = mailing()
    dispatch.turn(at=NOW)
    OutgoingMail.objects.filter(kind=dispatch.ISSUE_KIND).update(sent_at=NOW)
    subscriptions.leave(token=links.own(row.pk, made.pk), at=NOW)
    told = {each.group: (each.readers, each.sent, each.left) for each in mailings.numbers(made)}
    assert told == {"ALL": (2, 2, 1), "vi": (1, 1, 1), "en": (1, 1, 0), "STUDENT": (1, 1, 1), "NONE": (1, 1, 0)}

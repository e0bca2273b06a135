"""Erasing somebody: everything that says who they are goes, the counts stay.

The row of the person stays too, as nobody's, because places were taken and doors were kept by somebody. Law
91/2025/QH15: the right to have one's data erased; done at once, where the law gives 20 days.
"""

from datetime import datetime, timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from network import mentions, outbox, own_data
from network.models import OutgoingMail, Person
from network.outbox.posting import NOWHERE
from network.own_data import Erasure
from network.own_sections import emails_of
from network.refusals import LastAdministrator, NotPermitted

NAMES = {"vi": "Người đã xoá", "en": "Deleted person"}
FAREWELL = "farewell"
FAREWELL_TRIED_FOR = timedelta(days=3)


def erase(*, person_id: int, actor: Person, at: datetime) -> None:
    """Erase a person for good, at their own wish; a last letter tells them that it is done.

    Places at events to come are given back by the rule first, so that whoever waits moves up. Raises NotPermitted for
    anybody but the person, and LastAdministrator.
    """
    if actor.pk != person_id:
        raise NotPermitted()
    with transaction.atomic():
        _refuse_last_administrator(actor)
        given_back = _erasure(actor, at)
        for section in own_data.sections():
            if section.leave is not None:
                section.leave(given_back)
        # Whoever registers this person just now is let finish: the registration is erased with the others.
        person = Person.objects.select_for_update().get(pk=person_id)
        erasure = _erasure(person, at)
        farewell = outbox.Draft(kind=FAREWELL, recipient=person.email, language=person.preferred_language)
        for section in own_data.sections():
            section.erase(erasure)
        _leave_nobody(erasure)
        outbox.post([farewell], at=at)


def forget_farewells(*, at: datetime) -> int:
    """Empty the last letters once they are sent, or after three days in vain; return how many. A chore."""
    done = Q(sent_at__isnull=False) | Q(queued_at__lt=at - FAREWELL_TRIED_FOR)
    nobody = f"{FAREWELL}{NOWHERE}"
    letters = OutgoingMail.objects.filter(done, kind=FAREWELL).exclude(recipient=nobody)
    return letters.update(recipient=nobody, mime=b"", last_error="", attempts=outbox.MAX_ATTEMPTS)


def _erasure(person: Person, at: datetime) -> Erasure:
    emails = emails_of(person)
    return Erasure(
        person=person,
        at=at,
        marks=mentions.marks_of(person, emails),
        emails=frozenset(emails),
        name=NAMES[person.preferred_language],
        address=f"{uuid4().hex}{NOWHERE}",
    )


def _refuse_last_administrator(person: Person) -> None:
    administrators = Person.objects.select_for_update(no_key=True).filter(is_superuser=True, is_active=True)
    if {known.pk for known in administrators.order_by("pk")} == {person.pk}:
        raise LastAdministrator()


def _leave_nobody(erasure: Erasure) -> None:
    person = erasure.person
    person.full_name, person.email, person.phone = erasure.name, erasure.address, ""
    person.is_active = person.is_staff = person.is_superuser = False
    person.last_login = None
    person.set_unusable_password()
    person.save()


@outbox.writer(FAREWELL)
def _farewell(mail: OutgoingMail) -> outbox.Letter:
    """The one row that still knows the address; the letter names nobody, and the row is emptied once it is sent."""
    with override(mail.language):
        subject = _("Your data are erased")
        text = "\n\n".join([
            _("Hello,"),
            _("As you wished, your account and everything that says who you are have been erased."),
            _("Your places at coming events are free for others. You can delete their entries from your calendar."),
            _("This is our last letter to you; once it is sent, we forget this address too."),
            _("Thank you for having been with us."),
        ])  # fmt: skip
        html = render_to_string("mail/account.html", {"subject": subject, "text": text, "language": mail.language})
    return outbox.Letter(recipient=mail.recipient, subject=subject, text=text, html=html, language=mail.language)

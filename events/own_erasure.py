"""Erasing somebody from events: places are given back by the rules, then words and files go; the counts stay."""

from contextlib import suppress

from django.db.models import F, Q, QuerySet

from events import groups, registration
from events.models import (
    Answer,
    AnswerFile,
    Certificate,
    CheckIn,
    EventStaff,
    HistoryEntry,
    Invitation,
    Message,
    Registration,
    Speaker,
    Ticket,
)
from network import mentions, worker
from network.models import Job, OutgoingMail, Person
from network.own_data import Correction, Erasure
from network.refusals import Refusal


def held_by(person: Person) -> Q:
    """Tickets that `person` shows: handed to them, or of their own registrations and with nobody else."""
    return Q(holder=person) | Q(registration__person=person, holder=None)


def concerning(person: Person) -> QuerySet[Registration]:
    """Registrations that say something about `person`: their own, and those of which they hold or held a ticket."""
    held = Ticket.objects.filter(holder=person).values("registration")
    handed_on = HistoryEntry.objects.filter(actor=person).values("registration")
    return Registration.objects.filter(Q(person=person) | Q(pk__in=held) | Q(pk__in=handed_on))


def give_places_back(erasure: Erasure) -> None:
    """Cancel by the rule what lies ahead. People of a group who hold tickets of their own keep them."""
    ahead = Registration.objects.filter(person=erasure.person, status__in=Registration.ACTIVE)
    for row in ahead.filter(event__ends_at__gt=erasure.at).order_by("event"):
        standing = row.tickets.filter(revoked_at=None)
        with suppress(Refusal):  # too late: whoever is in, is in
            if standing.exclude(held_by(erasure.person)).exists():
                for ticket in standing.filter(held_by(erasure.person)):
                    groups.leave(ticket_id=ticket.pk, actor=erasure.person, at=erasure.at)
            else:
                registration.cancel(registration_id=row.pk, actor=erasure.person, at=erasure.at)


def erase_registrations(erasure: Erasure) -> None:
    """Whom they meant to bring, who brought them, and what was noted about them."""
    _erase_history(erasure)
    invited = Invitation.objects.filter(registrations__person=erasure.person, most_uses=1)
    Invitation.objects.filter(pk__in=list(invited.values_list("pk", flat=True))).update(note="")
    mentions.strike(mentions.naming(Invitation.objects.all(), erasure.marks, "note"), erasure.marks, "note")
    _clear_letters(erasure)
    _clear_jobs(erasure)
    Registration.objects.filter(person=erasure.person).update(companions=[])
    for row in mentions.naming(Registration.objects.all(), erasure.marks, "companions"):
        row.companions = [_nobody_if(known, erasure) for known in row.companions]
        row.save(update_fields=["companions"])


def _nobody_if(companion: dict[str, str], erasure: Erasure) -> dict[str, str]:
    is_them = companion.get("email", "").lower() in erasure.emails
    return {"name": erasure.name, "email": ""} if is_them else companion


def erase_tickets(erasure: Erasure) -> None:
    """A ticket of somebody else's group goes back to them, with a new code; the others keep their number alone."""
    person = erasure.person
    brought = Ticket.objects.filter(holder=person, revoked_at=None, event__ends_at__gt=erasure.at)
    brought.exclude(registration__person=person).exclude(checkins__status="ok").update(
        holder=None, holder_name=erasure.name, version=F("version") + 1
    )
    Ticket.objects.filter(held_by(person)).update(holder_name=erasure.name)


def erase_certificates(erasure: Erasure) -> None:
    """A certificate says that somebody was there, not who."""
    of_theirs = Certificate.objects.filter(ticket__in=Ticket.objects.filter(held_by(erasure.person)))
    of_theirs.update(holder_name=erasure.name, revoked_reason="")


def erase_answers(erasure: Erasure) -> None:
    """That they answered stays."""
    empty_answers(Answer.objects.filter(registration__person=erasure.person))
    remove_files(AnswerFile.objects.filter(person=erasure.person))


def empty_answers(answers: "QuerySet[Answer]") -> int:
    """Empty these answers and remove their files; return how many there were. That there was an answer stays."""
    remove_files(AnswerFile.objects.filter(answer__in=answers))
    return answers.exclude(value=None).update(value=None)


def remove_files(files: "QuerySet[AnswerFile]") -> int:
    """Remove these files, rows and all; return how many."""
    known = list(files)
    for row in known:
        row.file.delete(save=False)
        row.delete()
    return len(known)


def _erase_history(erasure: Erasure) -> None:
    """Of their own registrations codes and numbers stay; elsewhere they are struck out."""
    for entry in HistoryEntry.objects.filter(registration__person=erasure.person).exclude(facts={}):
        entry.facts = {name: value for name, value in entry.facts.items() if _is_code(value)}
        entry.save(update_fields=["facts"])
    theirs = HistoryEntry.objects.filter(registration__in=concerning(erasure.person))
    mentions.strike(theirs, erasure.marks, "facts")
    mentions.strike(mentions.naming(HistoryEntry.objects.all(), erasure.marks, "facts"), erasure.marks, "facts")


def _is_code(value: object) -> bool:
    return not isinstance(value, str | list | dict) or (isinstance(value, str) and value.isupper() and value.isascii())


def erase_scans(erasure: Erasure) -> None:
    """The name of a device may be its owner's."""
    CheckIn.objects.filter(scanned_by=erasure.person).update(device="")


def erase_roles(erasure: Erasure) -> None:
    """Nobody keeps no door."""
    EventStaff.objects.filter(person=erasure.person).delete()


def erase_speaker(erasure: Erasure) -> None:
    """A session keeps that somebody spoke."""
    mentions.raw(Speaker.objects.filter(person=erasure.person)).update(
        name=erasure.name, headline="", headline_vi="", headline_en="", organisation=None
    )


def erase_messages(erasure: Erasure) -> None:
    """What was written for the organisers stays theirs; who signed it is struck out."""
    fields = ("subject", "subject_vi", "subject_en", "body", "body_vi", "body_en", "audience")
    mentions.strike(Message.objects.filter(sender=erasure.person), erasure.marks, *fields)
    mentions.strike(mentions.naming(Message.objects.all(), erasure.marks, *fields), erasure.marks, *fields)


def _clear_letters(erasure: Erasure) -> None:
    """Letters to those who shared a registration may name them: who handed a ticket on, who brings whom."""
    shared = concerning(erasure.person)
    people = Person.objects.filter(Q(registrations__in=shared) | Q(tickets__registration__in=shared))
    emails = set(people.exclude(pk=erasure.person.pk).values_list("email", flat=True))
    rows = OutgoingMail.objects.filter(Q(recipient__in=emails) | Q(facts__other=erasure.person.pk))
    mentions.strike(rows.exclude(facts={}), erasure.marks, "facts")
    mentions.clear_letters(rows, about=lambda mail: erasure.marks.name_in(mentions.words_of(mail), by_name=True))


def _clear_jobs(erasure: Erasure) -> None:
    """Lists and badges that organisers had made of the events concerned; they can be made anew without them."""
    events = concerning(erasure.person).values_list("event", flat=True).distinct()
    worker.forget(Job.objects.filter(about__in=[f"event:{event}" for event in events]))


def rename_tickets(correction: Correction) -> None:
    """Tickets for what lies ahead follow a corrected name; what was shown at a door stays as it was shown."""
    ahead = Ticket.objects.filter(held_by(correction.person), event__ends_at__gt=correction.at, revoked_at=None)
    ahead.filter(holder_name=correction.former_name).update(holder_name=correction.person.full_name)

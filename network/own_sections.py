"""What the network holds about a person: the account, ways to log in, consents, letters, the mentor's entry, jobs."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _

from network import consents, jobs, mentions, worker
from network.models import Consent, IdempotencyKey, Job, OutgoingMail, Person
from network.own_data import Erasure, OwnFile, Row, section


def emails_of(person: Person) -> set[str]:
    """Return every address that the person has, in lower case, those that were never confirmed among them."""
    known = EmailAddress.objects.filter(user=person).values_list("email", flat=True)
    return {person.email.lower(), *(email.lower() for email in known)}


def _gone(rows: "QuerySet[Any]") -> None:
    rows.delete()


def _account(person: Person) -> Iterator[Row]:
    yield {
        "full_name": person.full_name,
        "email": person.email,
        "phone": str(person.phone or ""),
        "language": person.get_preferred_language_display(),
        "joined_at": person.date_joined,
        "last_login": person.last_login,
        "is_staff": person.is_staff,
        "groups": ", ".join(person.groups.values_list("name", flat=True)),
    }


def _erase_account(erasure: Erasure) -> None:
    """The row itself goes last (`network.erasure`); here goes what gives it rights."""
    erasure.person.groups.clear()
    erasure.person.user_permissions.clear()


def _addresses(person: Person) -> Iterator[Row]:
    for address in EmailAddress.objects.filter(user=person).order_by("pk"):
        yield {"email": address.email, "verified": address.verified, "primary": address.primary}


def _logins(person: Person) -> Iterator[Row]:
    for account in SocialAccount.objects.filter(user=person):
        yield _login(account.provider, account.uid, account.date_joined, account.last_login, account.extra_data)
    for key in Authenticator.objects.filter(user=person):
        yield _login(key.get_type_display(), key.data.get("name", ""), key.created_at, key.last_used_at, "")
    for visit in UserSession.objects.filter(user=person):
        yield _login(_("Session"), visit.ip, visit.created_at, visit.last_seen_at, visit.user_agent)


def _login(kind: Any, name: str, since: Any, last_used_at: Any, details: Any) -> Row:
    return {"kind": str(kind), "name": name, "since": since, "last_used_at": last_used_at, "details": details}


def _erase_logins(erasure: Erasure) -> None:
    for model in (EmailAddress, SocialAccount, Authenticator, UserSession):
        model.objects.filter(user=erasure.person).delete()
    _end_sessions(erasure)


def _end_sessions(erasure: Erasure) -> None:
    """A session says whose it is only inside, and may hold an address that somebody typed to log in."""
    gone = []
    for session in Session.objects.iterator():
        held = session.get_decoded()
        if held.get("_auth_user_id") == str(erasure.person.pk) or erasure.marks.name_in(repr(held), by_name=False):
            gone.append(session.pk)
    Session.objects.filter(pk__in=gone).delete()


def _consents(person: Person) -> Iterator[Row]:
    for given in consents.record(person):
        yield {
            "purpose": given.get_purpose_display(),
            "text_version": given.text_version,
            "language": given.get_language_display(),
            "channel": given.get_channel_display(),
            "given_at": given.given_at,
            "withdrawn_at": given.withdrawn_at,
        }


def _erase_consents(erasure: Erasure) -> None:
    """The proofs stay, about nobody; none of them stands any longer."""
    Consent.objects.filter(person=erasure.person, withdrawn_at=None).update(withdrawn_at=erasure.at)


def _to(emails: set[str] | frozenset[str]) -> Q:
    wanted = Q(pk__in=[])
    for email in emails:
        wanted |= Q(recipient__iexact=email)
    return wanted


def _letters(person: Person) -> Iterator[Row]:
    for mail in OutgoingMail.objects.filter(_to(emails_of(person))):
        yield {
            "recipient": mail.recipient,
            "subject": mail.subject,
            "queued_at": mail.queued_at,
            "sent_at": mail.sent_at,
            "text": mentions.words_of(mail),
            "facts": mail.facts,
            "last_error": mail.last_error,
        }


def _erase_letters(erasure: Erasure) -> None:
    """Nobody is left to write to; what was sent is a number. What tells others the address or phone is struck out."""
    own = OutgoingMail.objects.filter(_to(erasure.emails))
    own.filter(sent_at=None).delete()
    own.update(recipient=erasure.address, subject="", facts={}, mime=b"", last_error="")
    fields = ("subject", "facts", "last_error")
    mentions.strike(mentions.naming(OutgoingMail.objects.all(), erasure.marks, *fields), erasure.marks, *fields)


def _jobs(person: Person) -> Iterator[Row]:
    for job in Job.objects.filter(actor=person):
        yield {
            "kind": job.kind,
            "about": job.about,
            "status": job.get_status_display(),
            "queued_at": job.queued_at,
            "given": job.given,
            "report": job.report,
            "upload": OwnFile(name=job.upload.name or "", file=job.upload) if job.upload else None,
            "result": OwnFile(name=job.result_name, file=job.result) if job.result else None,
        }


def _erase_jobs(erasure: Erasure) -> None:
    """Whatever the person asked for, also what is under way, and whatever others were given that names them."""
    own = Job.objects.filter(actor=erasure.person)
    own.filter(status__in=jobs.OPEN).update(status=Job.Status.FAILED, ended_at=erasure.at)
    worker.forget(own)
    with_files = Job.objects.exclude(upload="", result="")
    named = [job.pk for job in with_files if any(_names(file, erasure) for file in (job.upload, job.result) if file)]
    worker.forget(Job.objects.filter(pk__in=named))
    fields = ("given", "report")
    mentions.strike(mentions.naming(Job.objects.all(), erasure.marks, *fields), erasure.marks, *fields)


def _names(file: FieldFile, erasure: Erasure) -> bool:
    with suppress(OSError), file.open("rb") as opened:
        return mentions.in_file(opened, erasure.marks)
    return False


def _keys(person: Person) -> Iterator[Row]:
    for key in IdempotencyKey.objects.filter(person=person):
        yield {"key": key.key, "created_at": key.created_at, "answer": key.answer}


def _erase_keys(erasure: Erasure) -> None:
    IdempotencyKey.objects.filter(person=erasure.person).delete()
    mentions.naming(IdempotencyKey.objects.all(), erasure.marks, "answer").delete()


section(
    "account",
    title=_("Account"),
    columns={
        "full_name": _("Full name"),
        "email": _("E-mail"),
        "phone": _("Phone"),
        "language": _("Language"),
        "joined_at": _("Joined"),
        "last_login": _("Last login"),
        "is_staff": _("Works in the admin"),
        "groups": _("Groups"),
    },
    models=(Person, Person.groups.through, Person.user_permissions.through),
    collect=_account,
    erase=_erase_account,
)
section(
    "addresses",
    title=_("E-mail addresses"),
    columns={"email": _("E-mail"), "verified": _("Confirmed"), "primary": _("Main address")},
    models=(EmailAddress, EmailConfirmation),
    collect=_addresses,
    erase=lambda erasure: None,  # with the ways to log in
)
section(
    "logins",
    title=_("Ways to log in"),
    columns={
        "kind": _("Kind"),
        "name": _("Name"),
        "since": _("Added"),
        "last_used_at": _("Last used"),
        "details": _("Particulars"),
    },
    models=(SocialAccount, SocialToken, Authenticator, UserSession, Session),
    collect=_logins,
    erase=_erase_logins,
)
section(
    "consents",
    rank=1,
    title=_("Consents"),
    columns={
        "purpose": _("Purpose"),
        "text_version": _("Version of the text"),
        "language": _("Language"),
        "channel": _("Given by"),
        "given_at": _("Given"),
        "withdrawn_at": _("Withdrawn at"),
    },
    models=(Consent,),
    collect=_consents,
    erase=_erase_consents,
)
section(
    "letters",
    rank=3,
    title=_("Letters to you"),
    columns={
        "recipient": _("To"),
        "subject": _("Subject"),
        "queued_at": _("Written"),
        "sent_at": _("Sent"),
        "text": _("Contents"),
        "facts": _("Facts"),
        "last_error": _("Last error"),
    },
    hidden=("text", "facts", "last_error"),
    models=(OutgoingMail,),
    collect=_letters,
    erase=_erase_letters,
)
section(
    "jobs",
    rank=3,
    title=_("Imports and exports that you asked for"),
    columns={
        "kind": _("Kind"),
        "about": _("About"),
        "status": _("Status"),
        "queued_at": _("Asked for"),
        "given": _("Given"),
        "report": _("Report"),
        "upload": _("File given"),
        "result": _("Result"),
    },
    hidden=("given", "report"),
    models=(Job,),
    collect=_jobs,
    erase=_erase_jobs,
)
section(
    "keys",
    rank=4,
    title=_("Keys of the app's requests"),
    columns={"key": _("Key"), "created_at": _("Made"), "answer": _("Answer")},
    hidden=("answer",),
    models=(IdempotencyKey,),
    collect=_keys,
    erase=_erase_keys,
)

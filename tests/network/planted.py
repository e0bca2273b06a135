"""One person with a value of their own in every field, answer, file, letter and log; and what others keep of them."""

import zipfile
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.core.files.base import ContentFile
from django.test import Client

from events import registration
from events.models import (
    Answer,
    AnswerFile,
    AttendeeAccess,
    Certificate,
    CheckIn,
    Event,
    EventStaff,
    HistoryEntry,
    Invitation,
    Message,
    Question,
    QuestionVersion,
    Registration,
    Speaker,
)
from network import outbox
from network.consents import Purpose
from network.directory import saved_lists
from network.entry_fields import PROFILE_FIELDS
from network.models import (
    IdempotencyKey,
    Job,
    Membership,
    OutgoingMail,
    Person,
)
from tests.factories import NOW, OrganisationFactory, PersonFactory, ProfileFactory, open_event
from tests.network import planted_joining
from tests.network.planted_changes import plant_changes
from tests.network.planted_contact import plant_contact
from tests.network.planted_hours import plant_hours
from tests.network.planted_newsletter import plant_newsletter
from tests.network.planted_newsroom import plant_newsroom

NAME = "Đặng Thị Trồng Cây"
EMAIL = "trong.cay@nha-rieng.example"
PHONE = "+84912345678"


@dataclass
class Planted:
    """Values by where they stand: `own` ones are the person's to take along, `others` keep the rest."""

    person: Person
    own: dict[str, str] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)

    def value(self, where: str) -> str:
        """Plant a value that stands nowhere else."""
        self.own[where] = f"Trồng-{len(self.own):02d}-{where}"
        return self.own[where]

    def other(self, where: str) -> str:
        """Plant a value about the person in what is somebody else's."""
        self.others[where] = f"Ươm-{len(self.others):02d}-{where}"
        return self.others[where]


def plant() -> Planted:
    """Plant everything."""
    person = PersonFactory.create(full_name=NAME, email=EMAIL, phone=PHONE)
    planted = Planted(person)
    planted.own |= {"full_name": NAME, "email": EMAIL, "phone": PHONE}
    beds = (
        _account, _network, plant_newsletter, plant_hours, plant_contact, planted_joining.plant, _jobs, _letters,
        _events, _others_events, plant_newsroom,
    )  # fmt: skip
    for bed in beds:
        bed(planted)
    return planted


def _account(planted: Planted) -> None:
    person = planted.person
    EmailAddress.objects.create(user=person, email=EMAIL, verified=True, primary=True)
    planted.own["second_email"] = "cay.trong@co-quan.example"
    EmailAddress.objects.create(user=person, email=planted.own["second_email"])
    SocialAccount.objects.create(
        user=person, provider="google", uid=planted.value("uid"), extra_data={"name": planted.value("social_name")}
    )
    Authenticator.objects.create(
        user=person, type=Authenticator.Type.WEBAUTHN, data={"name": planted.value("passkey"), "credential": {}}
    )
    planted.own["ip"] = "203.0.113.77"
    client = Client()
    client.force_login(person)
    UserSession.objects.all().delete()
    session_key = client.session.session_key
    assert session_key
    UserSession.objects.create(
        user=person, session_key=session_key, ip=planted.own["ip"], user_agent=planted.value("user_agent")
    )
    session = client.session
    session["note"] = planted.other("session")
    session.save()


def _network(planted: Planted) -> None:
    person = planted.person
    words = [column for field in PROFILE_FIELDS.values() if len(field.columns) == 2 for column in field.columns]
    planted.own |= {"shown_email": "cay@danh-ba.example", "shown_phone": "+84912777333"}
    profile = ProfileFactory.create(
        person=person,
        slug="trong-cay",
        contact_email=planted.own["shown_email"],
        contact_phone=planted.own["shown_phone"],
        links=[planted.value("link")],
        **{name: planted.value(name) for name in (*words, "languages", "ward", "website")},
    )
    profile.photo.save(f"{planted.value('photo_name')}.png", ContentFile(planted.value("photo").encode()))
    planted.own["photo_name"] = profile.photo.name.rpartition("/")[2]
    profile.relationships.create(
        kind="FOUNDED",
        target=OrganisationFactory.create(),
        note=planted.value("relation"),
        source_url=planted.value("proof"),
    )
    planted.own["slug"] = "trong-cay"
    plant_changes(planted, profile)
    Membership.objects.create(
        person=person, organisation=OrganisationFactory.create(), title=planted.value("position"), is_public=True
    )
    kept = saved_lists.make(person=person, name=planted.value("saved_list"), at=NOW)
    saved_lists.save(person=person, list_id=kept.pk, entry=OrganisationFactory.create(), at=NOW)
    saved_lists.share(person=person, list_id=kept.pk)
    IdempotencyKey.objects.create(
        person=person,
        key=planted.value("key"),
        fingerprint="0" * 64,
        answer={"said": planted.value("key_answer")},
        created_at=NOW,
    )
    IdempotencyKey.objects.create(
        person=PersonFactory.create(), key="k", fingerprint="1" * 64, answer={"email": EMAIL}, created_at=NOW
    )


def _jobs(planted: Planted) -> None:
    job = Job(
        kind="attendees.export",
        actor=planted.person,
        queued_at=NOW,
        given={"filter": planted.value("job_given")},
        report={"said": planted.value("job_report")},
        status=Job.Status.DONE,
        result_name=planted.value("job_name"),
    )
    job.upload.save("nhap.csv", ContentFile(planted.value("job_upload").encode()), save=False)
    job.result.save("xuat.csv", ContentFile(planted.value("job_result").encode()), save=True)
    elses = Job(kind="attendees.import", actor=PersonFactory.create(), queued_at=NOW, status=Job.Status.DONE)
    elses.report = {"rows": [{"row": 7, "facts": {"email": EMAIL}}]}
    elses.upload.save("ds.xlsx", ContentFile(_spreadsheet(f"{EMAIL} {planted.other('job_row')}")), save=True)


def _spreadsheet(text: str) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/sharedStrings.xml", f"<sst><si><t>{text}</t></si></sst>")
    return packed.getvalue()


def _letters(planted: Planted) -> None:
    mail = _letter(EMAIL, planted.value("subject"), f"{NAME}: {planted.value('letter')}")
    OutgoingMail.objects.filter(pk=mail.pk).update(
        sent_at=NOW, facts={"said": planted.value("letter_fact")}, last_error=planted.value("mail_error")
    )
    old = _letter(planted.own["second_email"].upper(), "Xác nhận", planted.value("letter_to_second"))
    OutgoingMail.objects.filter(pk=old.pk).update(sent_at=NOW)
    _letter(EMAIL, "Chưa gửi", planted.value("letter_unsent"))


def _letter(recipient: str, subject: str, text: str) -> OutgoingMail:
    letter = outbox.Letter(recipient=recipient, recipient_name=NAME, subject=subject, text=text, html=f"<p>{text}</p>")
    return outbox.queue(letter, at=NOW)


def registered(person: Person, event: Event, **given: object) -> Registration:
    """Register somebody with the one consent that it takes."""
    return registration.register(
        event_id=event.pk,
        person=person,
        at=NOW,
        channel=Registration.Channel.SITE,
        consents=(Purpose.REGISTRATION,),
        **given,  # type: ignore[arg-type]
    )


def _events(planted: Planted) -> None:
    person = planted.person
    row = registered(person, open_event())
    ticket = row.tickets.get()
    ticket.holder_name = planted.value("holder")
    ticket.save()
    _answer(planted, row)
    invitation = Invitation.objects.create(
        event=row.event, code=uuid4().hex, note=planted.value("invitation"), made_at=NOW
    )
    row.companions = [{"name": planted.value("companion"), "email": "ban@ban.example"}]
    row.invitation = invitation
    row.save()
    HistoryEntry.objects.create(
        registration=row, act="rejected", at=NOW, actor=None, facts={"reason": planted.value("reason")}
    )
    Certificate.objects.create(
        ticket=ticket,
        event=row.event,
        code=uuid4().hex,
        holder_name=planted.value("certified"),
        revoked_at=NOW,
        revoked_reason=planted.value("revoked_reason"),
        issued_at=NOW,
    )
    _at_the_door(planted, row.event)
    Speaker.objects.create(
        person=person,
        name=planted.value("speaker"),
        headline_vi=planted.value("speaks_vi"),
        headline_en=planted.value("speaks_en"),
    )
    text = f"Hẹn gặp! {NAME}, {PHONE}"
    Message.objects.create(
        event=row.event,
        sender=person,
        subject_vi=f"{NAME} nhắn",
        subject_en=f"From {NAME}",
        body_vi=text,
        body_en=text,
        audience={"search": EMAIL},
        sent_at=NOW,
    )


def _answer(planted: Planted, row: Registration) -> None:
    for order, (kind, value) in enumerate(
        [("LONG_TEXT", planted.value("answer")), ("CHOICES", [planted.value("choice")]), ("FILE", "x")]
    ):
        question = Question.objects.create(event=row.event, kind=kind, order=order)
        version = QuestionVersion.objects.create(question=question, number=1, label=f"Câu hỏi {order}")
        answer = Answer.objects.create(
            registration=row, question=question, version=version, value=value, answered_at=NOW
        )
    kept = AnswerFile(
        person=planted.person,
        answer=answer,
        name=planted.value("file_name"),
        content_type="text/plain",
        size=1,
        uploaded_at=NOW,
    )
    kept.file.save("tep.txt", ContentFile(planted.value("file").encode()), save=True)


def _at_the_door(planted: Planted, event: Event) -> None:
    """They keep a door, too, and looked at the list."""
    EventStaff.objects.create(person=planted.person, event=event, role=EventStaff.Role.DOOR)
    AttendeeAccess.objects.create(event=event, person=planted.person, act="VIEW", people=3, at=NOW)
    CheckIn.objects.create(
        list=event.checkin_lists.get(),
        event=event,
        nonce=uuid4(),
        device=planted.value("device"),
        scanned_by=planted.person,
        scanned_at=NOW,
        received_at=NOW,
        status=CheckIn.Status.ERROR,
        reason=CheckIn.Reason.INVALID,
    )


def _others_events(planted: Planted) -> None:
    """Somebody brought them along, before and after there were tickets; and the letters that tell of it."""
    host = PersonFactory.create(full_name="Phạm Văn Chủ")
    named = registered(host, open_event())
    named.companions = [{"name": planted.value("named_by_host"), "email": EMAIL.upper()}]
    named.save()
    brought = registered(host, open_event())
    ticket = brought.tickets.get()
    ticket.holder, ticket.holder_name = planted.person, planted.value("brought")
    ticket.save()
    mail = _letter(host.email, f"{NAME} đi cùng bạn", f"{NAME} ({planted.other('letter_to_host')}) đã nhận vé")
    OutgoingMail.objects.filter(pk=mail.pk).update(
        sent_at=NOW, facts={"name": NAME, "other": planted.person.pk, "email": EMAIL}
    )
    HistoryEntry.objects.create(
        registration=brought, act="transferred", at=NOW, actor=planted.person, facts={"to": f"{NAME} <{EMAIL}>"}
    )
    exported = Job(
        kind="attendees.export",
        actor=host,
        about=f"event:{brought.event_id}",
        queued_at=NOW,
        ended_at=NOW + timedelta(minutes=1),
        status=Job.Status.DONE,
    )
    exported.result.save("ds.csv", ContentFile(planted.other("list").encode()), save=True)

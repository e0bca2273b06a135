"""The letter that tells an author what became of their change, in the reviewer's words."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from network import outbox
from network.models import Change, OutgoingMail, Profile

KIND = "entry.reviewed"


def post(change: Change, *, at: datetime) -> None:
    """Leave a draft for the author. Called inside the transaction of the rule.

    What was decided and said is kept as it is now: a change that was asked back may be decided before this leaves.
    """
    facts = {"change": change.pk, "state": change.state, "words": change.words, "notes": _notes(change)}
    author = change.author
    draft = outbox.Draft(
        kind=KIND, facts=facts, recipient=author.email, language=author.preferred_language, thread=f"change:{change.pk}"
    )
    outbox.post([draft], at=at)


def _notes(change: Change) -> list[str]:
    return [said["note"] for said in change.decisions.values() if said["note"]]


def address_of(change: Change, language: str) -> str:
    """Where the author goes on."""
    prefix = "" if language == settings.LANGUAGE_CODE else f"/{language}"
    own = "" if isinstance(change.entry, Profile) else f"to-chuc/{change.entry.slug}/"
    return f"{settings.SITE_URL}{prefix}/ho-so/{own}"


@outbox.writer(KIND)
def write(mail: OutgoingMail) -> outbox.Letter:
    """Write the letter. Raises SubjectGone when the change or its author is no more."""
    rows = Change.objects.select_related("author", "profile__person", "organisation")
    change = rows.filter(pk=mail.facts["change"], author__is_active=True).first()
    if change is None:
        raise outbox.SubjectGone(mail.kind)
    with override(mail.language):
        subject, said = _told(mail.facts["state"])
        subject = subject % {"entry": str(change.entry)}
        words = [word for word in (mail.facts["words"], *mail.facts["notes"]) if word]
        text = "\n\n".join([
            _("Hello %(name)s,") % {"name": change.author.full_name.split()[-1]},
            said,
            *([_("What the reviewer says:"), *words] if words else []),
            address_of(change, mail.language),
        ])  # fmt: skip
        html = render_to_string("mail/account.html", {"subject": subject, "text": text, "language": mail.language})
    return outbox.Letter(
        recipient=mail.recipient,
        recipient_name=change.author.full_name,
        subject=subject,
        text=text,
        html=html,
        language=mail.language,
    )


def _told(state: str) -> tuple[str, str]:
    """The subject, and the sentence under the greeting."""
    state = Change.State(state)
    if state == Change.State.RETURNED:
        return _("One more question about %(entry)s"), _(
            "Somebody has read your change and asks for something first. What stands in the directory stays as it was."
        )
    if state == Change.State.REJECTED:
        return _("Your change of %(entry)s was not taken"), _(
            "Somebody has read your change. What stands in the directory stays as it was."
        )
    if state == Change.State.PARTLY:
        return _("Part of your change of %(entry)s is live"), _(
            "Somebody has read your change. Part of it stands in the directory now, the rest stays as it was."
        )
    return _("Your change of %(entry)s is live"), _("Somebody has read your change. It stands in the directory now.")

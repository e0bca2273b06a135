"""An issue as a letter: HTML that mail programs read, plain text beside it, and the ways out in its head (RFC 8058)."""

import re
from collections.abc import Mapping
from datetime import datetime
from html import unescape
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from cms.models import Newsletter
from cms.newsletters import parts
from network import outbox
from network.models import Mailing, MailingRecipient, OutgoingMail, Person
from network.newsletter import dispatch, links
from network.outbox import Letter, SubjectGone

LIST_ID = "bantin"
LINK = re.compile(r'<a\b[^>]*\bhref="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
BREAKS = re.compile(r"</p>|<br\s*/?>|</li>|</ul>|</ol>")
STYLED = {
    "<p>": '<p style="margin:0 0 14px;">',
    "<ul>": '<ul style="margin:0 0 14px;padding-left:22px;">',
    "<ol>": '<ol style="margin:0 0 14px;padding-left:22px;">',
    "<li>": '<li style="margin:0 0 6px;">',
    "<a ": '<a class="link" style="color:#0e7c86;text-decoration:underline;" ',
}


@outbox.writer(dispatch.ISSUE_KIND)
def write(mail: OutgoingMail) -> Letter:
    """Write the letter of one reader. Raises SubjectGone if it was stopped, or they left meanwhile."""
    rows = MailingRecipient.objects.select_related("mailing", "subscription__person")
    row = rows.filter(pk=mail.facts["recipient"]).first()
    if row is None or row.mailing.state == Mailing.State.STOPPED:
        raise SubjectGone("the issue")
    if row.subscription_id not in dispatch.still_wanted([row]):
        raise SubjectGone("the consent")
    token = links.own(row.subscription_id, row.mailing_id)
    return letter(row.mailing.contents, language=row.language, to=mail.recipient, token=token, at=row.mailing.begun_at)


def letter(
    contents: Mapping[str, Any], *, language: str, to: str, token: str, at: datetime | None, mark: str = ""
) -> Letter:
    """Return the issue as a letter in the reader's language, in Vietnamese where it is not written in theirs."""
    spoken = language if language in contents else "vi"
    told = contents[spoken]
    leave = links.leave_address(token, spoken)
    with override(spoken):
        number = told.get("number")
        context = {
            "subject": told["subject"],
            "preheader": told["preheader"],
            "language": spoken,
            "number": number,
            "date": parts.as_of(at) if at else "",
            "parts": [_ready(part) for part in told["parts"]],
            "home": links.address("/", spoken),
            "web_address": links.address(f"/ban-tin/{number}/", spoken) if number else "",
            "choices_address": links.choices_address(token, spoken),
            "leave_address": leave,
            "sender": settings.CONTACT_EMAIL,
        }
        return Letter(
            recipient=to,
            subject=f"{mark}{told['subject']}",
            text=_lines(render_to_string("mail/newsletter.txt", context)),
            html=render_to_string("mail/newsletter.html", context),
            language=spoken,
            headers={
                "List-Unsubscribe": f"<{leave}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                "List-Id": f"Startup Hai Phong <{LIST_ID}.{settings.MAIL_DOMAIN}>",
            },
        )


def _ready(part: parts.Part) -> parts.Part:
    if part["kind"] == "text":
        # Wagtail cleaned it when it was kept.
        return {**part, "mailed": mark_safe(styled(part["html"])), "plain": plain(part["html"])}
    return part


def styled(html: str) -> str:
    """Return a text with its styles inside: mail programs drop style sheets."""
    for tag, with_style in STYLED.items():
        html = html.replace(tag, with_style)
    return html


def plain(html: str) -> str:
    """Return a text as plain lines; a link's address stands behind its words."""
    linked = LINK.sub(lambda found: f"{found[2]} ({found[1]})", html)
    lines = strip_tags(BREAKS.sub("\n", linked.replace("<li>", "• ")))
    return unescape(lines).strip()


def _lines(text: str) -> str:
    """At most one empty line at a time."""
    return re.sub(r"\n\s*\n\s*\n+", "\n\n", text).strip() + "\n"


def body_text(contents: Mapping[str, Any], *, language: str, at: datetime | None) -> str:
    """Return an issue as plain text, without the lines that are one reader's."""
    whole = letter(contents, language=language, to="ban.doc@example.org", token="-", at=at).text
    return whole.partition("\n--\n")[0].strip() + "\n"


def preview(issue: Newsletter, *, language: str, at: datetime) -> Letter:
    """Return the issue as it would go out now; its links to leave belong to nobody."""
    found = parts.contents(issue)
    return letter(found, language=language, to="ban.doc@example.org", token="xem-thu", at=at)


def test(*, issue: Newsletter, actor: Person, at: datetime) -> None:
    """Send the issue as it is now, in each of its languages, to who is writing it."""
    found = parts.contents(issue)
    for language in issue.languages:
        with override(language):
            mark = f"[{_('Test')}] "
        outbox.queue(letter(found, language=language, to=actor.email, token="xem-thu", at=at, mark=mark), at=at)

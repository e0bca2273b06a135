"""What the letters about claims and colleagues say, in the active language."""

from collections.abc import Callable, Mapping

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from network.joining import addresses
from network.joining.entries import Entry
from network.joining.letter_form import Subject, Words
from network.models import ColleagueInvitation, Organisation


def claim_code(entry: Entry, code: str) -> Words:
    """The code that proves that somebody reads a mailbox at the entry's domain."""
    return Words(
        subject=_("%(code)s is your code for “%(entry)s”") % {"code": code, "entry": entry},
        paragraphs=[
            _("Somebody with an account at Startup Hải Phòng says that they speak for “%(entry)s”, and named this "
              "address. If that is you, type this code on the page where you asked for it.") % {"entry": entry}
        ],
        code=code,
        after=[_("It is good for half an hour. If you know nothing of this, tell nobody the code: nothing happens.")],
        why=_("You receive this letter because this address is at the domain of an entry in our directory."),
    )  # fmt: skip


def invitation(row: ColleagueInvitation, address: str, language: str) -> Words:
    """The invitation to join an organisation's entry."""
    facts = {
        "organisation": row.organisation.name,
        "role": row.get_role_display(),
        "inviter": row.invited_by.full_name if row.invited_by else "",
        "day": date_format(localtime(row.expires_at), "SHORT_DATE_FORMAT"),
    }
    return Words(
        subject=_("%(inviter)s invites you to keep “%(organisation)s” with them") % facts,
        paragraphs=[
            _("%(inviter)s invites you to the entry of “%(organisation)s” in Hai Phong's innovation network.") % facts,
            ROLE_SAYS[row.role](facts),
        ],
        act=_("See the invitation"),
        address=address,
        after=[_("The link is for you alone and good once, until %(day)s. If you do not want this, decline there or "
                 "do nothing.") % facts],
        why=_("You receive this letter because an owner of the entry wrote down your address."),
    )  # fmt: skip


ROLE_SAYS: Mapping[str, Callable[[Mapping[str, str]], str]] = {
    "OWNER": lambda facts: _("As an owner you change the entry, invite colleagues and hand out roles."),
    "EDITOR": lambda facts: _("As an editor you change the entry and keep it true."),
    "MEMBER": lambda facts: _("As a member you are shown with the organisation if you wish; you change nothing."),
}


def claim_granted(subject: Subject) -> Words:
    """The claim is granted."""
    return Words(
        subject=_("“%(entry)s” is yours to keep") % {"entry": subject.name},
        paragraphs=[
            _("You are an owner of the entry “%(entry)s” now. What you write there is what people read before they "
              "come to you.") % {"entry": subject.name},
            _("Look through it once: what is missing, what has changed?"),
        ],
        act=_("Look at the entry"),
        address=subject.entry_address(),
    )  # fmt: skip


def claim_waits(subject: Subject) -> Words:
    """The claim waits for staff."""
    return Words(
        subject=_("We are looking at your claim of “%(entry)s”") % {"entry": subject.name},
        paragraphs=[
            _("Thank you. The people who keep the directory will look at your claim of “%(entry)s” and write to you, "
              "usually within three working days.") % {"entry": subject.name},
        ],
        after=[_("You need not do anything.")],
    )  # fmt: skip


def claim_refused(subject: Subject) -> Words:
    """The claim is refused, and why."""
    return Words(
        subject=_("Your claim of “%(entry)s” was not granted") % {"entry": subject.name},
        paragraphs=[_("We could not make you an owner of “%(entry)s”. This is why:") % {"entry": subject.name}],
        quote=str(subject.facts.get("words", "")),
        after=[_("If something speaks for it that we do not know, claim it again and tell us.")],
        act=_("Open the page of the claim"),
        address=subject.at(addresses.claim_path(subject.entry)) if subject.entry is not None else "",
    )


def colleague_joined(subject: Subject) -> Words:
    """Who was invited has accepted."""
    name = subject.place.person.full_name if subject.place else _("Somebody of the network")
    facts = {"name": name, "entry": subject.name}
    return Words(
        subject=_("%(name)s has joined “%(entry)s”") % facts,
        paragraphs=[_("%(name)s has accepted your invitation and belongs to “%(entry)s” now.") % facts],
        act=_("See everybody"),
        address=subject.at(addresses.people_path(subject.entry)) if isinstance(subject.entry, Organisation) else "",
    )


KINDS: Mapping[str, Callable[[Subject], Words]] = {
    "claim_granted": claim_granted,
    "claim_waits": claim_waits,
    "claim_refused": claim_refused,
    "colleague_joined": colleague_joined,
}
"""By the kind of the letter, what it says."""

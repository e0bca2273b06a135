"""What the letters of the freshness ladder say, in the active language. Each carries a link that is good without
logging in, and opens a page with one button: a mail scanner that follows it confirms nothing."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from network.joining import addresses, signed_links
from network.joining.letter_form import Subject, Words


def _link(subject: Subject) -> str:
    if subject.entry is None:
        return ""
    token = signed_links.make(subject.entry, subject.reader, at=subject.written_at)
    return subject.at(addresses.confirmation_path(token))


def _edit(subject: Subject) -> str:
    return subject.at(addresses.edit_path(subject.entry)) if subject.entry is not None else ""


def _why() -> str:
    return _("You receive this letter because you keep this entry in our directory.")


def asked(subject: Subject) -> Words:
    """Day 0."""
    return Words(
        subject=_("Is “%(entry)s” still correct?") % {"entry": subject.name},
        paragraphs=[
            _("It is a year since the entry “%(entry)s” was last confirmed. People decide by it whom to write to.")
            % {"entry": subject.name},
            _("Look at it for a moment. If everything still holds, one click is enough."),
        ],
        act=_("Yes, still correct"),
        address=_link(subject),
        after=[_("Something has changed? Mend it here: %(address)s") % {"address": _edit(subject)}],
        why=_why(),
    )


def reminded(subject: Subject) -> Words:
    """Day 14."""
    return Words(
        subject=_("One click for “%(entry)s”") % {"entry": subject.name},
        paragraphs=[
            _("Two weeks ago we asked whether “%(entry)s” is still correct. We have not heard from you yet.")
            % {"entry": subject.name},
        ],
        act=_("Yes, still correct"),
        address=_link(subject),
        after=[_("Something has changed? Mend it here: %(address)s") % {"address": _edit(subject)}],
        why=_why(),
    )


def warned(subject: Subject) -> Words:
    """Day 30."""
    return Words(
        subject=_("“%(entry)s” leaves the directory in 15 days") % {"entry": subject.name},
        paragraphs=[
            _("Nobody has confirmed “%(entry)s” for more than a year. If we hear nothing, we take it off the directory "
              "in 15 days. Nothing is deleted.") % {"entry": subject.name},
        ],
        act=_("Keep it in the directory"),
        address=_link(subject),
        why=_why(),
        is_urgent=True,
    )  # fmt: skip


def unlisted(subject: Subject) -> Words:
    """Day 45."""
    return Words(
        subject=_("“%(entry)s” is off the directory") % {"entry": subject.name},
        paragraphs=[
            _("Nobody has confirmed “%(entry)s”, so we have taken it off the directory. Everything is kept: one click "
              "brings it back as it was.") % {"entry": subject.name},
            _("This is the last letter about it."),
        ],
        act=_("Bring it back"),
        address=_link(subject),
        why=_why(),
    )  # fmt: skip


KINDS: Mapping[str, Callable[[Subject], Words]] = {
    "freshness_asked": asked,
    "freshness_reminded": reminded,
    "freshness_warned": warned,
    "freshness_unlisted": unlisted,
}
"""By the kind of the letter, what it says."""

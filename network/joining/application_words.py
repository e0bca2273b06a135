"""What the letters about applications say, in the active language."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from network.joining import addresses
from network.joining.letter_form import Subject, Words


def received(subject: Subject) -> Words:
    """The application has arrived."""
    return Words(
        subject=_("We have your application: %(title)s") % {"title": subject.name},
        paragraphs=[
            _("Thank you for wanting to be part of it. Somebody of the centre reads every application and answers, "
              "usually within five working days."),
        ],
        act=_("See where it stands"),
        address=subject.at(addresses.APPLICATIONS),
    )  # fmt: skip


def returned(subject: Subject) -> Words:
    """Staff ask something."""
    return Words(
        subject=_("A question about your application: %(title)s") % {"title": subject.name},
        paragraphs=[_("We have read your application and need one more thing from you:")],
        quote=subject.application.words if subject.application else "",
        act=_("Complete the application"),
        address=subject.at(addresses.APPLICATIONS),
        after=[_("What you wrote is still there. Once you send it again, we go on reading.")],
        is_urgent=True,
    )


def accepted(subject: Subject) -> Words:
    """It is accepted; the entry stands."""
    return Words(
        subject=_("Welcome to the network: %(title)s") % {"title": subject.name},
        paragraphs=[
            _("Your application is accepted. Your entry stands in the directory of Hai Phong's innovation network, and "
              "it is yours to keep."),
            *([subject.application.words] if subject.application and subject.application.words else []),
        ],
        act=_("Look at the entry"),
        address=subject.entry_address() or subject.at(addresses.APPLICATIONS),
    )  # fmt: skip


def rejected(subject: Subject) -> Words:
    """It is not accepted, and why."""
    return Words(
        subject=_("Your application was not accepted: %(title)s") % {"title": subject.name},
        paragraphs=[_("We have read your application and cannot accept it now. This is why:")],
        quote=subject.application.words if subject.application else "",
        after=[_("You are welcome at every event, and you may apply again when things have changed.")],
        act=_("See where it stands"),
        address=subject.at(addresses.APPLICATIONS),
    )


KINDS: Mapping[str, Callable[[Subject], Words]] = {
    "application_received": received,
    "application_returned": returned,
    "application_accepted": accepted,
    "application_rejected": rejected,
}
"""By the kind of the letter, what it says."""

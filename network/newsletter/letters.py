"""The one letter of the newsletter that is the network's: whoever typed the address, did they mean it?"""

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from network import outbox
from network.models import OutgoingMail, Subscription
from network.newsletter import links, subscriptions


@outbox.writer(subscriptions.CONFIRM_KIND)
def write(mail: OutgoingMail) -> outbox.Letter:
    """Write it. Raises SubjectGone if the subscription is gone or has ended since."""
    row = Subscription.objects.filter(pk=mail.facts["subscription"], rounds=mail.facts["rounds"]).first()
    if row is None:
        raise outbox.SubjectGone("the subscription")
    with override(mail.language):
        context = {
            "subject": _("Confirm: the newsletter of Startup Hải Phòng"),
            "language": mail.language,
            "address": links.confirm_address(links.to_confirm(row.pk, row.rounds), mail.language),
        }
        return outbox.Letter(
            recipient=mail.recipient,
            subject=context["subject"],
            text=render_to_string("mail/newsletter_confirm.txt", context).strip() + "\n",
            html=render_to_string("mail/newsletter_confirm.html", context),
            language=mail.language,
        )

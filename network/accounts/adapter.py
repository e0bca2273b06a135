"""allauth's adapter: account mail goes through our outbox and looks like ours."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language

from network import outbox


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Queues account mail; allauth's own texts stay the plain part, wrapped in our letter."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Render allauth's subject and text, put them into our HTML letter, queue the mail."""
        site = {"name": settings.WAGTAIL_SITE_NAME, "domain": urlsplit(settings.SITE_URL).netloc}
        context = {**context, "email": email, "request": self.request, "current_site": site}
        subject = " ".join(render_to_string(f"{template_prefix}_subject.txt", context).split())
        text = render_to_string(f"{template_prefix}_message.txt", context).strip()
        html = render_to_string("mail/account.html", {**context, "subject": subject, "text": text})
        letter = outbox.Letter(
            recipient=email, subject=subject, text=text, html=html, language=(get_language() or "vi")[:2]
        )
        with transaction.atomic():
            outbox.queue(letter, at=timezone.now())

"""Passkeys: another way in, bound to the site's address."""

from urllib.parse import urlsplit

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext as _


class PasskeyAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is untyped
    """Names us and our keys."""

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Return the relying party: the host of SITE_URL, whatever a request claims, and the name that phones show."""
        return {"id": urlsplit(settings.SITE_URL).hostname or "localhost", "name": settings.WAGTAIL_SITE_NAME}

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        """Return a name to begin with; people rename their keys after their devices."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("Passkey %(number)s") % {"number": number}

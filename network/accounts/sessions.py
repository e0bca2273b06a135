"""Where somebody is logged in."""

from allauth.usersessions.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.contrib.auth import logout
from django.http import HttpRequest

from network.models import Person


def end_everywhere(request: HttpRequest, person: Person) -> None:
    """Log the person out on every device, this one included."""
    get_adapter().end_sessions(UserSession.objects.filter(user=person))
    logout(request)

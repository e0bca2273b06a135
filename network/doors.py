"""Every door declares who may pass it; a door that declares nothing fails the suite."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


class Permission(StrEnum):
    """Who may pass a door. The rule behind the door asks again, about the very thing concerned.

    DOOR is for those who let people in: somebody logged in, or an enrolled phone.
    """

    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    MENTOR = "mentor"
    DOOR = "door"
    ORGANISER = "organiser"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"
    DEVELOPER = "developer"


def declare(permission: Permission) -> Callable[[View], View]:
    """Mark a view, a resolver or a class with the permission that it enforces, for the generated tests."""

    def mark(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]
        return view

    return mark

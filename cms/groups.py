"""Who may do what in the newsroom: two groups, made and kept by `ensure_groups`.

Door volunteers and mentors are in neither: they do not enter the admin at all.
"""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

COMMS = "Ban truyền thông"
ORGANISERS = "Ban tổ chức"

# app.model → actions
PLANNING = {
    "events.event": ["view", "change"],
    "events.eventseries": ["view", "add", "change"],
    "events.venue": ["view", "add", "change"],
    "events.track": ["view", "add", "change", "delete"],
    "events.session": ["view", "add", "change", "delete"],
    "events.speaker": ["view", "add", "change"],
}
NETWORK = {
    "network.organisation": ["view", "add", "change"],
    "network.profile": ["view", "change"],
    "network.sector": ["view", "change"],
    "network.contactreport": ["settle"],
    "network.skill": ["view", "add", "change"],
    "network.role": ["view", "add", "change", "delete"],
    "network.relationship": ["view", "add", "change", "delete"],
    "network.fundfacts": ["view", "add", "change", "delete"],
    "network.startupfacts": ["view", "add", "change", "delete"],
    "network.centrefacts": ["view", "add", "change", "delete"],
    "network.clubfacts": ["view", "add", "change", "delete"],
    "network.fundinground": ["view", "add", "change", "delete"],
    "network.intellectualproperty": ["view", "add", "change", "delete"],
}
NEWSLETTER = {"cms.newsletter": ["view", "add", "change", "delete"], "network.mailing": ["view", "change"]}
# Names of people who registered are for those who run events, not for those who write about them.
# Not `network.person`: with it Wagtail's own list of users shows everybody's e-mail address.
PEOPLE = {"events.registration": ["view", "change"]}

PAGE_ACTIONS = ["add_page", "change_page", "publish_page", "lock_page", "unlock_page"]
# Wagtail keeps the permissions for images on its own model, whatever model holds the images.
FILE_ACTIONS = {
    "wagtailimages": ["add_image", "change_image", "choose_image"],
    "wagtaildocs": ["add_document", "change_document", "choose_document"],
}


def ensure_groups() -> None:
    """Make both groups and give them what they lack; what an administrator added stays."""
    comms, _created = Group.objects.get_or_create(name=COMMS)
    organisers, _created = Group.objects.get_or_create(name=ORGANISERS)
    wanted = _permissions(PLANNING | NETWORK | NEWSLETTER)
    comms.permissions.add(*wanted, *_reviewing(), *_admin_access(), *_translating())
    organisers.permissions.add(*_permissions(PLANNING | PEOPLE), *_admin_access())
    root, files = Page.objects.filter(depth=1).first(), Collection.objects.filter(depth=1).first()
    if root is None or files is None:
        return
    for permission in Permission.objects.filter(codename__in=PAGE_ACTIONS, content_type__app_label="wagtailcore"):
        GroupPagePermission.objects.get_or_create(group=comms, page=root, permission=permission)
    for permission in _on_files():
        GroupCollectionPermission.objects.get_or_create(group=comms, collection=files, permission=permission)


def _permissions(wanted: dict[str, list[str]]) -> Iterable[Permission]:
    matching = Q()
    for label, actions in wanted.items():
        app, model = label.split(".")
        names = [f"{action}_{model}" for action in actions]
        matching |= Q(content_type__app_label=app, codename__in=names)
    return Permission.objects.filter(matching)


def _admin_access() -> Iterable[Permission]:
    return Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin")


def _reviewing() -> Iterable[Permission]:
    return Permission.objects.filter(content_type__app_label="network", codename="review_entry")


def _translating() -> Iterable[Permission]:
    return Permission.objects.filter(content_type__app_label="wagtail_localize", codename="submit_translation")


def _on_files() -> Iterable[Permission]:
    matching = Q()
    for app, names in FILE_ACTIONS.items():
        matching |= Q(content_type__app_label=app, codename__in=names)
    return Permission.objects.filter(matching)

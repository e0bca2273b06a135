from importlib import import_module
from typing import Any

from django.apps import AppConfig, apps
from django.db.models import SlugField
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = _("Newsroom")

    def ready(self) -> None:
        """Listen for stories that go live, say what is held about people; groups come once all permissions exist."""
        from wagtail.admin.forms.models import register_form_field_override  # inline: needs the app registry
        from wagtail.signals import page_published  # inline: signals need the app registry

        from cms.forms.slug import FoldedSlugInput  # inline: as above
        from cms.newsletters import issues  # inline: as above
        from cms.pages import EventPage  # inline: as above
        from cms.publishing import open_event_of_story  # inline: as above
        from network import chores  # inline: as above

        register_form_field_override(SlugField, override={"widget": FoldedSlugInput})
        page_published.connect(open_event_of_story, sender=EventPage, dispatch_uid="cms.open_event_of_story")
        import_module("cms.own_data")
        chores.every(1, issues.begin_due)
        post_migrate.connect(_groups_after_the_last_app, dispatch_uid="cms.groups")


def _groups_after_the_last_app(sender: AppConfig, **_signal: Any) -> None:
    """Django makes each app's permissions after migrating it: only behind the last app are all of them there."""
    from cms.groups import ensure_groups  # inline: needs the app registry

    if sender == list(apps.get_app_configs())[-1]:
        ensure_groups()

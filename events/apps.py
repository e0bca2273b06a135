from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Events")

    def ready(self) -> None:
        """Say what is held about people, who writes letters, and what has to be looked after again and again."""
        from events import auto_exit, reminders, retention, waiting_list  # inline: needs the app registry
        from network import chores  # inline: as above

        import_module("events.badges")
        import_module("events.certificate_jobs")
        import_module("events.own_data")
        import_module("events.letters.writing")
        import_module("events.messages")
        import_module("events.bulk")
        chores.every(60, retention.sweep)
        chores.every(1, auto_exit.due)
        chores.every(1, waiting_list.expire_due)
        chores.every(5, reminders.send_due)

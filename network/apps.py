from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworkConfig(AppConfig):
    name = "network"
    verbose_name = _("Network")

    def ready(self) -> None:
        """Listen for proofs that somebody reads a mailbox; say what is held about people, and forget last letters."""
        from network import chores, erasure, idempotency, worker  # inline: needs the app registry
        from network.accounts import addresses  # inline: as above
        from network.directory import index  # inline: as above
        from network.entries import pictures  # inline: as above
        from network.joining import freshness  # inline: as above
        from network.mentoring import aftermath, busy, reminders  # inline: as above
        from network.newsletter import dispatch, subscriptions  # inline: as above

        addresses.listen()
        import_module("network.own_sections")
        import_module("network.own_entries")
        import_module("network.own_contact")
        import_module("network.contact.letters")
        import_module("network.organisation_export")
        import_module("network.organisation_import")
        import_module("network.own_lists")
        import_module("network.own_claims")
        import_module("network.joining.letters")
        import_module("network.own_changes")
        import_module("network.newsletter.own_data")
        import_module("network.newsletter.letters")
        chores.every(5, erasure.forget_farewells)
        chores.every(1, dispatch.turn)
        chores.every(60, subscriptions.forget_old)
        chores.every(60, idempotency.forget)
        chores.every(60, worker.forget_old)
        chores.every(1, index.catch_up)
        chores.every(24 * 60, index.verify)
        import_module("network.own_hours")
        import_module("network.mentoring.letters")
        chores.every(5, reminders.remind_due)
        chores.every(10, busy.refresh_due)
        chores.every(15, aftermath.settle_past)
        chores.every(60, freshness.remind)
        chores.every(60, pictures.forget_unused)

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Ties the notices of the rules to the bus."""

    name = "api"

    def ready(self) -> None:
        """Carry every notice, whichever process and door it comes from."""
        from network.notices import carry_by  # inline: models must be loaded first

        from .realtime.relay import relay  # inline: as above

        carry_by(relay)

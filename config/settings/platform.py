"""What is ours: GraphQL bounds, ticket keys, mail, logging."""

from .environment import DEMO, LOCAL, env

__all__ = [
    "GRAPHENE", "GRAPHQL_INTROSPECTION", "TICKET_SIGNING_KEY", "EMAIL_BACKEND", "EMAIL_HOST", "EMAIL_PORT",
    "EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD", "EMAIL_USE_TLS", "EMAIL_TIMEOUT", "DEFAULT_FROM_EMAIL",
    "MAIL_DOMAIN", "RELAY_DOMAIN", "CALENDAR_DOMAIN", "CONTACT_EMAIL", "CONTACT_PHONE", "LOGGING",
    "OUTBOX_IN_PROCESS", "JOBS_IN_PROCESS", "MAP_TILES", "MAP_TILES_CREDIT",
]  # fmt: skip

GRAPHENE = {"SCHEMA": "api.schema.schema", "ATOMIC_MUTATIONS": False}
GRAPHQL_INTROSPECTION: bool = env.bool("GRAPHQL_INTROSPECTION", default=LOCAL)

# 32 bytes in hex. Without it a key is derived from SECRET_KEY, so that the embedded default needs no setup.
TICKET_SIGNING_KEY: str = env.str("TICKET_SIGNING_KEY", default="")

# In the demo nothing leaves the machine: the outbox marks mail as sent and the mailbox page shows it.
EMAIL_BACKEND = env.str(
    "EMAIL_BACKEND",
    default="django.core.mail.backends.dummy.EmailBackend" if DEMO else "django.core.mail.backends.smtp.EmailBackend",
)
EMAIL_HOST = env.str("EMAIL_HOST", default="localhost")
EMAIL_PORT = env.int("EMAIL_PORT", default=25)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=False)
EMAIL_TIMEOUT = 20
MAIL_DOMAIN = env.str("MAIL_DOMAIN", default="startuphaiphong.example")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"Startup Hải Phòng <xinchao@{MAIL_DOMAIN}>")
# Answers to messages between members come to addresses of this domain, and from there to `manage.py receive_mail`.
# Without it letters link to the conversation on the site alone (docs/contact-relay.md).
RELAY_DOMAIN: str = env.str("RELAY_DOMAIN", default="")
# Whom the footer names. A telephone number is shown once there is one.
CONTACT_EMAIL = env.str("CONTACT_EMAIL", default=f"hotro@{MAIL_DOMAIN}")
CONTACT_PHONE = env.str("CONTACT_PHONE", default="0225 000 0000" if DEMO else "")
# The right-hand side of every calendar UID: fixed for life, whatever host the site moves to.
CALENDAR_DOMAIN = "startuphaiphong.vn"
# The embedded default sends from a thread of the one process; with several hosts run `manage.py send_mail`.
OUTBOX_IN_PROCESS = env.bool("OUTBOX_IN_PROCESS", default=DEMO)
# The same for imports, exports, badges: elsewhere run `manage.py work`.
JOBS_IN_PROCESS = env.bool("JOBS_IN_PROCESS", default=DEMO)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}

# Charts are drawn by the platform itself. With the template address of a tile server ({z}, {x}, {y}) they lie on its
# pictures; its terms ask for a credit, which stands below each chart. security.py lets pictures come from there.
MAP_TILES: str = env.str("MAP_TILES", default="")
MAP_TILES_CREDIT: str = env.str("MAP_TILES_CREDIT", default="© OpenStreetMap")

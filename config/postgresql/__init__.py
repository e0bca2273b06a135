"""Django's PostgreSQL backend, as `settings.stores` uses it."""

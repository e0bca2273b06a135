"""Database, cache, Redis, files. SQLite in one process unless DATABASE_URL and REDIS_URL say otherwise."""

from .environment import BASE_DIR, LOCAL, VAR_DIR, env

__all__ = [
    "DATABASES", "CACHES", "REDIS_URL", "STORAGES", "STATIC_URL", "STATIC_ROOT", "STATICFILES_DIRS",
    "MEDIA_URL", "MEDIA_ROOT", "WHITENOISE_MAX_AGE", "WHITENOISE_USE_FINDERS", "SESSION_ENGINE",
]  # fmt: skip

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Threads of this process queue at a lock instead of polling the file.
    DATABASES["default"]["ENGINE"] = "config.sqlite"
    # IMMEDIATE takes the write lock at BEGIN: with the default, 32 clients lock one another out when
    # a read transaction wants to become a writing one.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
    # Opening a file and its journal anew takes longer than most requests, and closing it as the last one more.
    DATABASES["default"]["CONN_MAX_AGE"] = None
else:
    DATABASES["default"]["ENGINE"] = "config.postgresql"
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

REDIS_URL: str = env.str("REDIS_URL", default="")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "platform",
        # Django's 300 would throw the counts of rate limits away as soon as a hall registers.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}
# Sessions stay in the database: a lost Redis must log nobody out.
SESSION_ENGINE = "network.accounts.identity"

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [path for path in [BASE_DIR / "frontend" / "dist"] if path.exists()]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # What people hand in and what is made of their data: outside MEDIA_ROOT and without an address.
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "private", "base_url": None},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if LOCAL
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}
WHITENOISE_MAX_AGE = 0 if LOCAL else 3600
WHITENOISE_USE_FINDERS = LOCAL

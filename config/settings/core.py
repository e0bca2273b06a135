"""Paths, applications, middleware, templates."""

from .environment import BASE_DIR, DEBUG, DEMO, LOCAL, SITE_URL, VAR_DIR

__all__ = [
    "BASE_DIR", "DEBUG", "DEMO", "LOCAL", "SITE_URL", "VAR_DIR", "INSTALLED_APPS", "MIDDLEWARE", "TEMPLATES",
    "ROOT_URLCONF", "ASGI_APPLICATION", "WSGI_APPLICATION", "DEFAULT_AUTO_FIELD", "FORM_RENDERER",
    "SILENCED_SYSTEM_CHECKS",
]  # fmt: skip

INSTALLED_APPS = [
    "config",
    "api",
    "frontend",
    "cms",
    "hub",
    "events",
    "network",
    # modeltranslation before the admin, so that its field classes are patched first (its manual)
    "modeltranslation",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    # without embeds, makemigrations writes a migration into site-packages
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.api.v3",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "allauth",
    "allauth.account",
    "allauth.headless",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.google",
    "allauth.socialaccount.providers.facebook",
    "allauth.socialaccount.providers.apple",
    "network.accounts.zalo",
    "channels",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "network.accounts.limits.RetryAfterMiddleware",
    "cms.middleware.NewsroomMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "frontend" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]
FORM_RENDERER = "frontend.forms.rendering.Renderer"

ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

SILENCED_SYSTEM_CHECKS = [
    # The e-mail is unique by a constraint on its lower case, stronger than the column's own uniqueness asked for here.
    "auth.W004",
    # Frames of our own host are let in: Wagtail shows the preview of a page in one.
    "security.W019",
]

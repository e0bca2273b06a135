"""Hosts, cookies, transport and the content policy: the site loads nothing from another host."""

from urllib.parse import urlsplit

from csp.constants import NONE, SELF, UNSAFE_EVAL, UNSAFE_INLINE
from django.core.management.utils import get_random_secret_key

from .environment import LOCAL, SITE_URL, VAR_DIR, env
from .platform import MAP_TILES
from .social import SOCIAL_ORIGINS

__all__ = [
    "SECRET_KEY", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE",
    "SESSION_COOKIE_SAMESITE", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    "SECURE_HSTS_PRELOAD", "SECURE_PROXY_SSL_HEADER", "SECURE_REFERRER_POLICY", "X_FRAME_OPTIONS",
    "CONTENT_SECURITY_POLICY", "CSP_ADMIN", "ALLAUTH_TRUSTED_PROXY_COUNT",
]  # fmt: skip


def _kept_secret_key() -> str:
    """A secret key made once and kept beside the embedded database, so that a restart logs nobody out."""
    path = VAR_DIR / "secret_key"
    if not path.exists():
        VAR_DIR.mkdir(parents=True, exist_ok=True)
        path.write_text(get_random_secret_key())
        path.chmod(0o600)
    return path.read_text()


SECRET_KEY: str = env.str("SECRET_KEY", default="") or _kept_secret_key()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["*"] if LOCAL else ["localhost", "127.0.0.1"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[SITE_URL])

_https = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = _https
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
# The Wagtail editor shows its preview of our own pages in a frame.
X_FRAME_OPTIONS = "SAMEORIGIN"
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)

# The host that charts take their ground from, if there is one.
_tiles = urlsplit(MAP_TILES)
_tile_origin = [f"{_tiles.scheme}://{_tiles.netloc}"] if _tiles.netloc else []
_policy = {
    "default-src": [SELF],
    # The QR reader is WebAssembly; compiling it needs this one keyword and no other eval.
    "script-src": [SELF, "'wasm-unsafe-eval'"],
    "img-src": [SELF, "data:", "blob:", *_tile_origin],
    "connect-src": [SELF],
    "worker-src": [SELF, "blob:"],
    "object-src": [NONE],
    "base-uri": [SELF],
    # Browsers hold a form to this also when it is led on, as the buttons of other services are.
    "form-action": [SELF, *SOCIAL_ORIGINS],
    "frame-ancestors": [SELF],
}
CONTENT_SECURITY_POLICY = {"DIRECTIVES": _policy}
CSP_ADMIN = {
    # Wagtail's editor writes inline styles and scripts; its pages get their own, wider policy.
    **_policy,
    "script-src": [SELF, UNSAFE_INLINE, UNSAFE_EVAL],
    "style-src": [SELF, UNSAFE_INLINE],
    "frame-src": [SELF],
}

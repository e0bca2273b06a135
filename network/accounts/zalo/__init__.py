"""Zalo for allauth: OAuth v4 with PKCE (https://developers.zalo.me/docs/social-api). It tells id, name and picture."""

"""Accounts in the API: who is asking. Signing up and logging in is allauth's, at /_allauth/."""

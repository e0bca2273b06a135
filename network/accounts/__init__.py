"""Accounts: what we ask of allauth."""

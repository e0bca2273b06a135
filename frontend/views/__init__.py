"""Thin views of the site."""

"""Panels that the newsroom needs and Wagtail does not have."""

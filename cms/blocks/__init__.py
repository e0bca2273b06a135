"""Blocks of which stories are made. Each has a template in `cms/templates/cms/blocks/`."""

from .story import Story

__all__ = ["Story"]

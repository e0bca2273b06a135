"""The newsroom's own views: events and the network beside Wagtail's pages. Each view is a thin door to one rule."""

"""The website: templates, styles and thin views; `app/` is the installable app."""

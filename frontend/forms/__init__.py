"""Forms of the site: they parse; rules decide."""

"""What the newsletter says: `parts` finds it, `letter` writes it, `issues` sends it, `archive` shows it on the web."""

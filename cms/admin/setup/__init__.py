"""Setting up how an event takes registrations: ticket types and places, questions, invitations, settings."""

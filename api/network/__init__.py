"""The network in the API: people, organisations, mentors."""

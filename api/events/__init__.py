"""Events in the API: programme, registrations and tickets, the doors, live numbers."""

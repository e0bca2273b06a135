"""Mentor hours: when a mentor can be booked (`hours`, `busy`), which slots that leaves (`slots`, `offers`), what is
booked (`booking`), what comes of it (`aftermath`), and the letters about it (`letters`).

Locks are taken in the order MentorHours → Person (by id) → Booking.
"""

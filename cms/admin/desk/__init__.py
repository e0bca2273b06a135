"""The attendee desk: who registered for an event, and what an organiser does for them, one by one or many at once.

Read `place` (whom it lets in), `listing` and `filters`, `attendee` (one registration), `acts`, `newcomer`, `bulk`,
`message`; `addresses` has them all.
"""

"""Events and everything around a seat: series, programme, registration, tickets, check-in, calendar.

Read `models/event.py` first, then `registration.py`: every rule has its shape. A rule is a typed, keyword-only
function; the actor and the clock come in as arguments; it owns its transaction and works in this order: may this
person? → lock → refuse early with a coded refusal → write → announce. Locks are taken in the order Event →
Registration → CheckInTally → Seats; whoever registers takes Seats first, and locks neither of the two before it.
The room knows nothing of Wagtail, GraphQL or sockets.
"""

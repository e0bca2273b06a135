"""The demonstration: the city's own facts, and around them people, clubs, funds and companies that we made up.

`content/` holds what is told, in both languages; one module per noun writes it down; `voyage` knows the order.
`manage.py load_demo` runs it. What the rules can do, the rules do: events are planned, opened and cancelled, the
demo logins register and some guests are let in by the same functions as in the platform. Only the crowd of past
years is written in bulk, and the counters are counted from its rows.

**Loading twice changes nothing.** Every row has a natural code (an organisation's code, a person's e-mail, an
event's code, a page's address). What is there is left as it is, edited or not; what is missing is made.

**Dates follow today** so that the demo never grows stale. Every date in `content/` counts weeks from the Monday of
this week; thus weekday and hour stay what they are. When `load_demo` runs in a later week, `tide` moves the demo
forward by whole weeks: events with their sessions, registrations and check-ins, articles and campaigns. The one
event with open doors moves to today. Nothing else is moved: not what somebody else created, not an event that was
rescheduled, not a page that was edited. The demo never moves back.
"""

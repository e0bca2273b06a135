"""Suggestions with reasons: who could help whom, and because of what (docs/suggestions.md).

`suggesting` is the rule; `candidates` finds who comes into question in the database, `ties` leaves out who knows one
another, `weighing` judges by what the viewer may see, `wording` says it. `dismissing`: “not for me”, and opting out.
"""

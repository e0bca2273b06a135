"""The newsletter's rules: who gets it, and how an issue goes out. What it says is the newsroom's (`cms.newsletters`).

Read `subscriptions` (asked for, confirmed, chosen, left), `audience` (who is written to), `mailings` (scheduled, begun,
paused, stopped), `dispatch` (so many letters a minute, each reader once), `returns` (letters that came back).
"""

"""How entries get their owners, and stay true: claims, colleagues, applications, freshness.

Read `entries` (what an entry is), `claims`, `colleagues`, `applications`, `freshness`.
"""

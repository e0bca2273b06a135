"""Realtime: rules announce, the bus carries, the hub wakes, streams read the database, sockets send.

What travels between processes is only "something changed here": the truth is read from the database, so nothing is
lost, doubled or out of order when a message is, and no personal data leaves the process that may show it.

    rule → events.notices → relay → bus (→ Redis → other processes' bus) → hub → stream → socket
"""

"""People and organisations: who they are, how they log in, what they say of themselves.

The lowest room: it knows nothing of events, pages, GraphQL or sockets.
"""

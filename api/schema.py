"""The schema: one root for each domain, put together. What the rooms hold is written in their own packages."""

import graphene

from .accounts.root import AccountsQuery
from .events.acts import EventsMutation
from .events.board import BoardQuery, EventsSubscription
from .events.door import DoorMutation, DoorQuery
from .events.root import EventsQuery
from .network.acts import NetworkMutation
from .network.root import NetworkQuery
from .pages.root import PagesQuery
from .pages.types import KINDS


class Query(AccountsQuery, EventsQuery, DoorQuery, BoardQuery, NetworkQuery, PagesQuery, graphene.ObjectType):
    """Questions."""


class Mutation(EventsMutation, DoorMutation, NetworkMutation, graphene.ObjectType):
    """Acts. What a rule refuses comes back as `errors` in the payload, and nothing is changed."""


class Subscription(EventsSubscription, graphene.ObjectType):
    """Live, over WebSocket at /graphql/ws (graphql-transport-ws)."""


schema = graphene.Schema(
    query=Query, mutation=Mutation, subscription=Subscription, types=list(dict.fromkeys(KINDS.values()))
)

"""The schema: one root for each domain, put together. What the rooms hold is written in their own packages."""

import graphene

from .accounts.root import AccountsQuery
from .events.acts import EventsMutation
from .events.at_door import AtDoorMutation, AtDoorQuery
from .events.board import BoardQuery
from .events.conflicts import ConflictsMutation, ConflictsQuery
from .events.desk import DeskQuery
from .events.devices import DeviceMutation, DeviceQuery
from .events.door import DoorQuery
from .events.door_acts import DoorMutation
from .events.door_snapshot import SnapshotQuery
from .events.forms import FormQuery
from .events.live import EventsSubscription
from .events.root import EventsQuery
from .network.consents import ConsentsMutation, ConsentsQuery
from .network.contact import ContactMutation, ContactQuery
from .network.entries import EntriesMutation, EntriesQuery
from .network.hours import HoursQuery, HoursSubscription
from .network.hours_acts import HoursMutation
from .network.joining import JoiningMutation, JoiningQuery
from .network.newsletter import NewsletterMutation, NewsletterQuery
from .network.overview import OverviewQuery
from .network.own_data import OwnDataMutation, OwnDataQuery
from .network.root import NetworkQuery
from .network.saved_lists import SavedListsMutation, SavedListsQuery
from .network.search import SearchQuery
from .network.suggestions import SuggestionsMutation, SuggestionsQuery
from .pages.previews import PreviewsMutation, PreviewsQuery
from .pages.root import PagesQuery
from .pages.site import SiteQuery
from .pages.types import KINDS


class Query(
    AccountsQuery,
    EventsQuery,
    FormQuery,
    DoorQuery,
    SnapshotQuery,
    ConflictsQuery,
    DeviceQuery,
    AtDoorQuery,
    BoardQuery,
    DeskQuery,
    NetworkQuery,
    OverviewQuery,
    SearchQuery,
    SavedListsQuery,
    EntriesQuery,
    ConsentsQuery,
    JoiningQuery,
    NewsletterQuery,
    OwnDataQuery,
    ContactQuery,
    SuggestionsQuery,
    HoursQuery,
    PagesQuery,
    PreviewsQuery,
    SiteQuery,
    graphene.ObjectType,
):
    """Questions."""


class Mutation(
    EventsMutation,
    DoorMutation,
    ConflictsMutation,
    DeviceMutation,
    AtDoorMutation,
    SavedListsMutation,
    EntriesMutation,
    ConsentsMutation,
    JoiningMutation,
    NewsletterMutation,
    OwnDataMutation,
    ContactMutation,
    SuggestionsMutation,
    PreviewsMutation,
    HoursMutation,
    graphene.ObjectType,
):
    """Acts. What a rule refuses comes back as `errors` in the payload, and nothing is changed."""


class Subscription(EventsSubscription, HoursSubscription, graphene.ObjectType):
    """Live, over WebSocket at /graphql/ws (graphql-transport-ws)."""


schema = graphene.Schema(
    query=Query, mutation=Mutation, subscription=Subscription, types=list(dict.fromkeys(KINDS.values()))
)

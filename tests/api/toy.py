"""A small schema that stands for any other: the transport is tested apart from what it carries."""

from __future__ import annotations

from typing import ClassVar

import graphene

from api.errors import forbidden
from api.permission import streamed
from api.realtime.hub import hub
from network.doors import Permission


class Thing(graphene.ObjectType):
    """A thing that holds things."""

    name = graphene.String()
    things = graphene.List(lambda: Thing)
    shelf = graphene.Field(lambda: ThingConnection, first=graphene.Int())

    def resolve_things(self, info):
        return []

    def resolve_shelf(self, info, first=20):
        return ThingConnection(edges=[])


class ThingEdge(graphene.ObjectType):
    """Relay's edge."""

    node = graphene.Field(Thing)


class ThingConnection(graphene.ObjectType):
    """Relay's connection."""

    edges = graphene.List(ThingEdge)


class Query(graphene.ObjectType):
    """Fields for every case of the transport."""

    hello = graphene.String(name=graphene.String())
    twice = graphene.Int(n=graphene.Int(required=True))
    thing = graphene.Field(Thing)
    shelf = graphene.Field(ThingConnection, first=graphene.Int())
    secret = graphene.String()
    broken = graphene.String()
    who = graphene.String()

    def resolve_hello(self, info, name="you"):
        return f"Hello {name}"

    def resolve_twice(self, info, n):
        return 2 * n

    def resolve_thing(self, info):
        return Thing(name="box")

    def resolve_shelf(self, info, first=20):
        return ThingConnection(edges=[])

    def resolve_secret(self, info):
        raise forbidden()

    def resolve_broken(self, info):
        raise RuntimeError("password=hunter2 at /srv/db")

    def resolve_who(self, info):
        return getattr(info.context.viewer, "email", None)


class Note(graphene.Mutation):
    """Notes a text."""

    text = graphene.String()

    class Arguments:
        text = graphene.String(required=True)

    def mutate(self, info, text):
        return Note(text=text)


class Mutation(graphene.ObjectType):
    """One act."""

    note = Note.Field()


class Board:
    """What the toy streams read, in the place of a database."""

    numbers: ClassVar[dict[str, int]] = {}
    reads = 0
    may_follow = True


class Subscription(graphene.ObjectType):
    """Streams of every kind."""

    count = graphene.Int(upto=graphene.Int(required=True))
    number = graphene.Int(topic=graphene.String(required=True))
    private = graphene.Int()
    failing = graphene.Int()

    @streamed(Permission.PUBLIC)
    async def subscribe_count(self, info, upto):
        for number in range(1, upto + 1):
            yield number

    @streamed(Permission.PUBLIC, shared=True)
    async def subscribe_number(self, info, topic):
        with hub.listening(topic) as listener:
            Board.reads += 1
            yield Board.numbers.get(topic, 0)
            async for _change in listener.changes():
                Board.reads += 1
                yield Board.numbers.get(topic, 0)

    @streamed(Permission.ORGANISER)
    async def subscribe_private(self, info):
        await info.context.permit(lambda viewer: Board.may_follow)
        with hub.listening("private") as listener:
            yield 0
            async for _change in listener.changes():
                yield Board.numbers.get("private", 0)

    @streamed(Permission.PUBLIC)
    async def subscribe_failing(self, info):
        yield 1
        raise RuntimeError("password=hunter2")


schema = graphene.Schema(query=Query, mutation=Mutation, subscription=Subscription)

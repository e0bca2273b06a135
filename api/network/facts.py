"""What only some kinds of organisations have. Each of the `…Facts` is read from the organisation itself, field by field
as the caller may see it."""

from typing import Any

import graphene

from network import models

from ..batch import load
from ..fields import choices, chosen, identifier, text
from .seeing import seen, seen_text, seen_value

StartupStage = choices("StartupStage", models.Stage, "How far a startup is; a fund says at which stages it invests.")
Currency = choices("Currency", models.Currency, "What amounts are counted in; whole units, no cents.")
RightKind = choices("RightKind", models.IntellectualProperty.Kind, "The kinds of intellectual property.")


class Skill(graphene.ObjectType):
    """What somebody helps with, or looks for help with."""

    id = identifier()
    code = graphene.String(required=True)
    name = text("name")


class FundFacts(graphene.ObjectType):
    """What a venture fund, a public fund or angels give."""

    ticket_min = seen_value(graphene.BigInt, "ticket_min", "In whole units.", field="ticket", facts="fund_facts")
    ticket_max = seen_value(graphene.BigInt, "ticket_max", "In whole units.", field="ticket", facts="fund_facts")
    currency = seen_value(Currency, "currency", field="ticket", facts="fund_facts")
    stages = graphene.List(graphene.NonNull(StartupStage), required=True)
    offices = seen_text("offices", facts="fund_facts")
    has_local_office = seen_value(
        graphene.Boolean, "has_local_office", "In Hai Phong.", field="offices", facts="fund_facts"
    )
    fund_size = seen_value(graphene.BigInt, "fund_size", "In whole units.", facts="fund_facts")

    def resolve_stages(self: Any, info: Any) -> list[str]:
        load(self, "fund_facts")
        return seen(self, "stages", info).stages or []


class StartupFacts(graphene.ObjectType):
    """Where a startup stands."""

    stage = seen_value(StartupStage, "stage", facts="startup_facts")
    team_size = seen_value(graphene.Int, "team_size", "People in the team.", facts="startup_facts")
    products = seen_text("products", facts="startup_facts")
    raises_now = seen_value(
        graphene.Boolean, "raises_now", "Whether it looks for investment now.", facts="startup_facts"
    )


class CentreFacts(graphene.ObjectType):
    """What a centre, an incubator, a space or a research organisation offers."""

    services = seen_text("services", facts="centre_facts")
    equipment = seen_text("equipment", facts="centre_facts")
    capacity = seen_value(graphene.Int, "capacity", "Work places.", facts="centre_facts")
    area_m2 = seen_value(graphene.Int, "area_m2", field="capacity", facts="centre_facts")


class ClubFacts(graphene.ObjectType):
    """Which university a club or centre is at."""

    university = seen_text("university", facts="club_facts")
    members = seen_value(graphene.Int, "members", facts="club_facts")


class FundingRound(graphene.ObjectType):
    """Money that a startup raised, and where that can be read."""

    id = identifier()
    stage = chosen(StartupStage, "stage")
    amount = graphene.BigInt(description="In whole units of the currency.")
    currency = chosen(Currency, "currency")
    announced_on = graphene.Date(required=True)
    investors = graphene.String(required=True, description="Their names.")
    source_url = graphene.String(required=True, description="Where it was announced.")


class IntellectualProperty(graphene.ObjectType):
    """A right that an organisation holds or has applied for."""

    id = identifier()
    kind = chosen(RightKind, "kind")
    title = graphene.String(required=True)
    number = graphene.String(required=True)
    year = graphene.Int()
    is_granted = graphene.Boolean(required=True)

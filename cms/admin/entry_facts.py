"""What only some kinds of organisations have, and the skills that people bring and organisations look for."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import BooleanColumn, Column

from cms.admin.lists import RelatedIndex, RowViewSet
from cms.admin.programme import side_by_side
from network.doors import Permission, declare
from network.models import (
    CentreFacts,
    ClubFacts,
    FundFacts,
    FundingRound,
    IntellectualProperty,
    Skill,
    Stage,
    StartupFacts,
)


class Stages(forms.CheckboxSelectMultiple):
    """The stages of a fund, ticked off; the field keeps them as JSON."""

    def __init__(self, attrs: Any = None) -> None:
        super().__init__(attrs, choices=Stage.choices)

    def format_value(self, value: Any) -> Any:
        """The field hands its value over as text."""
        return super().format_value(json.loads(value) if isinstance(value, str) else value)


@declare(Permission.EDITOR)
class OfOrganisations(RelatedIndex):
    """Facts, each of an organisation."""

    related = ("organisation",)


@declare(Permission.EDITOR)
class OfStartups(RelatedIndex):
    """Rounds, each of a startup."""

    related = ("startup",)


class FundFactsViewSet(RowViewSet):
    """Dữ liệu quỹ."""

    model = FundFacts
    url_prefix = "du-lieu-quy"
    icon = "pick"
    menu_label = _("Facts of funds")
    index_view_class = OfOrganisations
    list_display = ["__str__", "ticket_min", "ticket_max", "currency"]
    list_filter = ["currency", "has_local_office"]
    panels = [
        FieldPanel("organisation"),
        FieldRowPanel([FieldPanel("ticket_min"), FieldPanel("ticket_max"), FieldPanel("currency")]),
        FieldPanel("stages", widget=Stages),
        side_by_side("offices"),
        FieldRowPanel([FieldPanel("has_local_office"), FieldPanel("fund_size")]),
    ]


class StartupFactsViewSet(RowViewSet):
    """Dữ liệu startup."""

    model = StartupFacts
    url_prefix = "du-lieu-startup"
    icon = "pick"
    menu_label = _("Facts of startups")
    index_view_class = OfOrganisations
    list_display = ["__str__", "stage", "team_size"]
    list_filter = ["stage", "raises_now"]
    panels = [
        FieldPanel("organisation"),
        FieldRowPanel([FieldPanel("stage"), FieldPanel("team_size"), FieldPanel("raises_now")]),
        side_by_side("products"),
    ]


class CentreFactsViewSet(RowViewSet):
    """Dữ liệu trung tâm."""

    model = CentreFacts
    url_prefix = "du-lieu-trung-tam"
    icon = "pick"
    menu_label = _("Facts of centres")
    index_view_class = OfOrganisations
    list_display = ["__str__", "capacity", "area_m2"]
    panels = [
        FieldPanel("organisation"),
        FieldRowPanel([FieldPanel("capacity"), FieldPanel("area_m2")]),
        side_by_side("services"),
        side_by_side("equipment"),
    ]


class ClubFactsViewSet(RowViewSet):
    """Dữ liệu câu lạc bộ."""

    model = ClubFacts
    url_prefix = "du-lieu-clb"
    icon = "pick"
    menu_label = _("Facts of clubs")
    index_view_class = OfOrganisations
    list_display = ["__str__", "university", "members"]
    panels = [FieldPanel("organisation"), side_by_side("university"), FieldPanel("members")]


class FundingRoundViewSet(RowViewSet):
    """Vòng gọi vốn."""

    model = FundingRound
    url_prefix = "vong-goi-von"
    icon = "pick"
    menu_label = _("Funding rounds")
    index_view_class = OfStartups
    list_display = ["__str__", "stage", "amount", "currency", "announced_on"]
    list_filter = ["stage", "currency"]
    panels = [
        FieldPanel("startup"),
        FieldRowPanel([FieldPanel("stage"), FieldPanel("announced_on")]),
        FieldRowPanel([FieldPanel("amount"), FieldPanel("currency")]),
        FieldPanel("investors"),
        FieldPanel("source_url"),
    ]


class IntellectualPropertyViewSet(RowViewSet):
    """Sở hữu trí tuệ."""

    model = IntellectualProperty
    url_prefix = "so-huu-tri-tue"
    icon = "lock"
    menu_label = _("Intellectual property")
    index_view_class = OfOrganisations
    list_display = [
        "title",
        Column("organisation", label=_("Organisation")),
        "kind",
        BooleanColumn("is_granted", label=_("Granted")),
    ]
    list_filter = ["kind", "is_granted"]
    panels = [
        FieldPanel("organisation"),
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("number")]),
        FieldRowPanel([FieldPanel("year"), FieldPanel("is_granted")]),
    ]


class SkillViewSet(RowViewSet):
    """Kỹ năng."""

    model = Skill
    url_prefix = "ky-nang"
    icon = "tag"
    menu_label = _("Skills")
    list_display = ["name", "code", "order"]
    panels = [side_by_side("name"), FieldRowPanel([FieldPanel("code"), FieldPanel("order")])]

"""What the city wants its network to be by 2030: figures of its plan, each with the place it stands in."""

from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

YEAR: Final = 2030
SOURCE: Final = _("The city's plan for the city of innovation, to 2030")


@dataclass(frozen=True, kw_only=True)
class Target:
    """A target: at least so many. `headline` is its number in the plan's list of fifteen; None: it stands elsewhere."""

    code: str
    name: Any
    wanted: int
    headline: int | None = None


TARGETS: Final = (
    Target(code="university-centres-clubs", name=_("Startup centres or clubs at universities"), wanted=5, headline=4),
    Target(code="startups", name=_("Startups in the network"), wanted=400),
    Target(code="vc-connected", name=_("Venture funds that are connected"), wanted=30),
    Target(code="vc-offices", name=_("Venture funds with an office in Hai Phong"), wanted=5),
)

"""A reason in words, in the active language."""

from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from network.models import Profile, Stage
from network.models.person import Language
from network.suggestions.kinds import Code, Kind, Reason


def because(reason: Reason, kind: Kind) -> str:
    """Return why, as one clause: it follows the word “because”."""
    facts = reason.facts
    match reason.code:
        case Code.NEED:
            return _need(kind) % {"skills": _names(facts)}
        case Code.SECTOR:
            return _("works in the same field: %(sectors)s") % {"sectors": _names(facts)}
        case Code.STAGE:
            said = _("is at a stage that you invest in: %(stage)s")
            if kind is Kind.FUNDS:
                said = _("invests at your stage: %(stage)s")
            return said % {"stage": Stage(facts["stage"]).label}
        case Code.RAISES:
            return _("looks for investment now")
        case Code.TICKET:
            return _ticket(facts)
        case Code.COMMON:
            return _("you both work with %(name)s") % {"name": facts["organisation"].name}
        case Code.LANGUAGE:
            return _("speaks your language: %(language)s") % {"language": Language(facts["language"]).label}
        case Code.NEAR:
            return _("is in your ward: %(ward)s") % {"ward": facts["ward"]}
        case Code.AVAILABLE:
            is_open = facts["availability"] == Profile.Availability.OPEN
            return _("takes new requests") if is_open else _("has a little time")


def _need(kind: Kind) -> str:
    return (
        _("helps with what you look for: %(skills)s")
        if kind is Kind.MENTORS
        else _("looks for what you know: %(skills)s")
    )


def _names(facts: dict[str, Any]) -> str:
    return "; ".join(row.name for row in facts["named"])


def _ticket(facts: dict[str, Any]) -> str:
    least, most = (number_format(facts[name], force_grouping=True) if facts[name] else "" for name in ("least", "most"))
    amounts = {"least": least, "most": most, "currency": facts["currency"]}
    if least and most:
        return _("invests %(least)s to %(most)s %(currency)s") % amounts
    return (_("invests from %(least)s %(currency)s") if least else _("invests up to %(most)s %(currency)s")) % amounts

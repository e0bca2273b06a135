"""Forms that carry what was typed to a rule, and show what the rule refuses at its field."""

from collections.abc import Iterable
from typing import Any

from django import forms

from network.refusals import Refusal
from network.wording import word


class CarryingForm(forms.Form):
    """Every name of a field is the field that a refusal names; nothing is judged here."""

    use_required_attribute = False

    def __init__(self, **form: Any) -> None:
        super().__init__(label_suffix="", **form)
        if self.is_bound:
            # What is kept or numbered anew is written into it.
            self.data = self.data.copy()

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        """Write each refusal at its field; what has no field here stands above the form."""
        for refusal in refusals:
            self.add_error(self.place_of(refusal), word(refusal))

    def place_of(self, refusal: Refusal) -> str | None:
        """Return the field of this form that a refusal is about."""
        return refusal.field if refusal.field in self.fields else None

    @property
    def summary(self) -> list[dict[str, str]]:
        """What to mend, in the order of the form: {label, url, text}."""
        return [
            {"label": self.told_as(name), "url": f"#{_anchor(self[name])}", "text": errors[0]}
            for name in self.fields
            if (errors := self.errors.get(name))
        ]

    def told_as(self, name: str) -> str:
        """Return what a field is called where it stands alone."""
        return str(self[name].label)


def _anchor(bound: forms.BoundField) -> str:
    """The element to go to: the input, or the first of a group."""
    return f"{bound.auto_id}_0" if isinstance(bound.field.widget, forms.RadioSelect) else str(bound.auto_id)

"""A plain <input> is drawn as Django's templates draw it."""

from typing import Any

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from frontend.forms.rendering import INPUTS, Renderer

ATTRIBUTES: list[dict[str, Any]] = [
    {},
    {"id": "id_a", "maxlength": 120, "required": True, "disabled": False, "placeholder": gettext_lazy("Full name")},
    {"data-x": '"><script>', "title": mark_safe("&amp;"), "step": 0.5},
]
WIDGETS: list[forms.Widget] = [
    forms.TextInput(), forms.EmailInput(), forms.URLInput(), forms.NumberInput(), forms.HiddenInput(),
    forms.PasswordInput(render_value=True), forms.CheckboxInput(), forms.TextInput({"type": "search"}),
    forms.DateInput(),
]  # fmt: skip


@pytest.mark.parametrize("value", [None, "", 'Đỗ "Hà" <\'&>', mark_safe("&amp;"), 1234567, True, False, 1.5])
@pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: type(widget).__name__)
def test_an_input_is_drawn_as_by_djangos_templates(widget: forms.Widget, value: Any) -> None:
    for attributes in ATTRIBUTES:
        drawn, by_django = (
            widget.render("a.b", value, attributes, renderer=renderer) for renderer in (Renderer(), TemplatesSetting())
        )
        assert drawn == by_django
        assert type(drawn) is type(by_django)


def test_every_other_widget_is_left_to_django() -> None:
    assert forms.Select.template_name not in INPUTS
    select = forms.Select(choices=[("a", "A")])
    assert select.render("s", "a", renderer=Renderer()) == select.render("s", "a", renderer=TemplatesSetting())
    assert {widget.template_name for widget in WIDGETS} - INPUTS == {forms.DateInput.template_name}

"""Numbers, dates and steps."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class NumberBlock(blocks.StructBlock):
    """One number as it is read: “1.000+”, with what it counts."""

    value = blocks.CharBlock(label=_("Number"), max_length=12)
    unit = blocks.CharBlock(label=_("Unit"), max_length=12, required=False)
    label = blocks.CharBlock(label=_("What it counts"), max_length=120)


class NumbersBlock(blocks.StructBlock):
    """Two to six numbers side by side."""

    title = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    items = blocks.ListBlock(NumberBlock(), label=_("Numbers"), min_num=2, max_num=6)

    class Meta:
        label = _("Numbers")
        icon = "table"
        template = "cms/blocks/numbers.html"


class PledgeBlock(blocks.StructBlock):
    """How far a pledge has come: 312 of 1,000."""

    value = blocks.IntegerBlock(label=_("Reached"), min_value=0)
    target = blocks.IntegerBlock(label=_("Of"), min_value=1)
    unit = blocks.CharBlock(label=_("Unit"), max_length=40, required=False)
    label = blocks.CharBlock(label=_("What was pledged"), max_length=160)

    class Meta:
        label = _("Pledge")
        icon = "success"
        template = "cms/blocks/pledge.html"


class MilestoneBlock(blocks.StructBlock):
    """A point in time."""

    when = blocks.CharBlock(label=_("When"), max_length=40, help_text=_("As it is read: “Quý I/2027”, “05/12/2026”"))
    title = blocks.CharBlock(label=_("What"), max_length=160)
    text = blocks.TextBlock(label=_("Details"), rows=2, required=False)
    state = blocks.ChoiceBlock(
        label=_("State"),
        choices=[("done", _("Done")), ("now", _("Under way")), ("next", _("Ahead"))],
        default="next",
    )


class TimelineBlock(blocks.StructBlock):
    """Milestones in order."""

    title = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    items = blocks.ListBlock(MilestoneBlock(), label=_("Milestones"), min_num=1)

    class Meta:
        label = _("Timeline")
        icon = "date"
        template = "cms/blocks/timeline.html"


class StepBlock(blocks.StructBlock):
    """One thing to do."""

    title = blocks.CharBlock(label=_("Step"), max_length=120)
    text = blocks.TextBlock(label=_("Details"), rows=2, required=False)


class StepsBlock(blocks.StructBlock):
    """How to take part, step by step."""

    title = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    items = blocks.ListBlock(StepBlock(), label=_("Steps"), min_num=2, max_num=8)

    class Meta:
        label = _("Steps")
        icon = "list-ol"
        template = "cms/blocks/steps.html"

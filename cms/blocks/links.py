"""Ways onward: calls to action and cards."""

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from network.consents import TEXTS, Purpose
from network.vietnamese import slug

ADDRESSES = ("/", "https://", "http://", "mailto:", "tel:", "#")
"""How an address begins that a browser opens and does not run."""


class LinkValue(blocks.StructValue):
    """Where a link leads: to a page of ours in the reader's language, or to an address."""

    @property
    def href(self) -> str:
        """The address; empty where neither is given or the page is gone."""
        page = self.get("page")
        address = (page.localized.url or "") if page else self.get("url") or ""
        # The form refuses others; what came in by another door leads nowhere.
        return address if address.startswith(ADDRESSES) else ""


class LinkBlock(blocks.StructBlock):
    """A page of this site or an address elsewhere."""

    page = blocks.PageChooserBlock(label=_("Page of this site"), required=False)
    url = blocks.CharBlock(
        label=_("or address"), max_length=400, required=False, help_text=_("“/su-kien/” or “https://…”")
    )

    class Meta:
        label = _("Link")
        value_class = LinkValue

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """An address must be one that a browser opens, never a script."""
        cleaned = super().clean(value)
        url = cleaned.get("url") or ""
        if url and not url.startswith(ADDRESSES):
            wrong = ValidationError(_("Start the address with “/” or “https://”."))
            raise StructBlockValidationError(block_errors={"url": wrong})
        return cleaned


class CallToActionBlock(blocks.StructBlock):
    """The one act that matters."""

    title = blocks.CharBlock(label=_("Call"), max_length=120)
    text = blocks.TextBlock(label=_("Text"), rows=2, required=False)
    button = blocks.CharBlock(label=_("Words on the button"), max_length=40)
    link = LinkBlock()

    class Meta:
        label = _("Call to action")
        icon = "pick"
        template = "cms/blocks/call_to_action.html"


class SignUpValue(blocks.StructValue):
    """A sign-up says what one agrees to."""

    @property
    def agreed_to(self) -> str:
        """The text of the consent, in the reader's language."""
        return TEXTS[Purpose.NEWSLETTER].text(get_language() or "vi")

    @property
    def anchor(self) -> str:
        """What the field is called on the page."""
        return f"sign-up-{slug(self['title'])}"


class SignUpBlock(blocks.StructBlock):
    """The field to get the newsletter by."""

    title = blocks.CharBlock(label=_("Call"), max_length=120)
    text = blocks.TextBlock(label=_("Text"), rows=2, required=False)

    class Meta:
        label = _("Sign up for the newsletter")
        icon = "mail"
        template = "cms/blocks/signup.html"
        value_class = SignUpValue


class CardBlock(blocks.StructBlock):
    """One card."""

    label = blocks.CharBlock(label=_("Line above"), max_length=40, required=False)
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.TextBlock(label=_("Text"), rows=2, required=False)
    link = LinkBlock(required=False)


class CardsBlock(blocks.StructBlock):
    """Cards side by side."""

    title = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    items = blocks.ListBlock(CardBlock(), label=_("Cards"), min_num=1, max_num=9)

    class Meta:
        label = _("Cards")
        icon = "grip"
        template = "cms/blocks/cards.html"

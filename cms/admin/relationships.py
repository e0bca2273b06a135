"""Who has to do with whom, and which parts people play, as those who keep the directory write it."""

from typing import Any

from django.forms import ModelForm
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.log_actions import log

from cms.admin.desk.place import add_refusals
from cms.admin.lists import AddRow, RelatedIndex, RowViewSet
from network import relating
from network.doors import Permission, declare
from network.models import Relationship, Role
from network.refusals import Refusal
from network.relating import RelationshipFacts


@declare(Permission.EDITOR)
class Relationships(RelatedIndex):
    """Who to whom."""

    related = ("organisation", "profile__person", "target")


@declare(Permission.EDITOR)
class Roles(RelatedIndex):
    """Who plays which part."""

    related = ("profile__person",)


@declare(Permission.EDITOR)
class AddRelationship(AddRow):
    """A new relationship, told by the rule: twice the same is refused, partners from either side."""

    def form_valid(self, form: ModelForm) -> HttpResponse:
        """Tell it, or say at the field why not."""
        try:
            return super().form_valid(form)
        except Refusal as refusal:
            add_refusals(form, refusal)
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)

    def save_instance(self) -> Relationship:
        """Have the rule write it."""
        said: dict[str, Any] = self.form.cleaned_data
        facts = RelationshipFacts(
            kind=said["kind"],
            target_id=said["target"].pk,
            organisation_id=said["organisation"].pk if said["organisation"] else None,
            profile_id=said["profile"].pk if said["profile"] else None,
            since=said["since"],
            until=said["until"],
            note=said["note"],
            source_url=said["source_url"],
            is_public=said["is_public"],
        )
        made = relating.relate(facts=facts, actor=self.request.user)
        log(instance=made, action="wagtail.create")
        return made


class RelationshipViewSet(RowViewSet):
    """Quan hệ."""

    model = Relationship
    url_prefix = "quan-he"
    icon = "link"
    menu_label = _("Relationships")
    index_view_class = Relationships
    add_view_class = AddRelationship
    list_display = ["__str__", "since", "until", BooleanColumn("is_public", label=_("Shown"))]
    list_filter = ["kind", "is_public"]
    panels = [
        FieldPanel("kind"),
        FieldRowPanel(
            [FieldPanel("organisation"), FieldPanel("profile")], heading=_("Who: an organisation or a person")
        ),
        FieldPanel("target"),
        FieldRowPanel([FieldPanel("since"), FieldPanel("until")]),
        FieldPanel("note"),
        FieldPanel("source_url"),
        FieldPanel("is_public"),
    ]


class RoleViewSet(RowViewSet):
    """Vai trò."""

    model = Role
    url_prefix = "vai-tro"
    icon = "user"
    menu_label = _("Roles of people")
    index_view_class = Roles
    list_display = ["profile", "kind", "since", "until"]
    list_filter = ["kind"]
    panels = [FieldPanel("profile"), FieldPanel("kind"), FieldRowPanel([FieldPanel("since"), FieldPanel("until")])]

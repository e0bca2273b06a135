"""Entries of the directory as their owners write them and reviewers read them."""

from typing import Any

import graphene
from graphene.utils.str_converters import to_camel_case

from network import models, permissions, queries
from network.doors import Permission
from network.entries import history, review, submission
from network.entries.columns import PICTURES, read_all, written_fields
from network.entries.review import Verdict
from network.entries.submission import Edit, Outcome
from network.entries.words import label_of
from network.entry_fields import fields_of
from network.global_ids import number_of
from network.refusals import NotFound, NotPermitted
from network.visibility import chosen as chosen_visibility

from ..acts import Act
from ..addresses import site_address
from ..batch import together
from ..connection import Edges, connection, paged
from ..errors import forbidden
from ..fields import choices, chosen, identifier
from ..permission import permitted
from .entry_inputs import EntryVisibility, given, organisation_inputs, profile_inputs
from .own_data import Json
from .types import Organisation, Profile

ChangeState = choices("ChangeState", models.Change.State, "What became of a change; PENDING and RETURNED are open.")
FieldDecision = choices("FieldDecision", models.Change.Decision, "What a reviewer decides about one field.")
MOST = 100


def _values(values: dict[str, Any]) -> dict[str, Any]:
    return {to_camel_case(name): value for name, value in values.items()}


class ChangedField(graphene.ObjectType):
    """A field of an entry in a change."""

    name = graphene.String(required=True, description="Of the field, as reviews decide it.")
    label = graphene.String(required=True, description="What it is called, in the language of the answer.")
    old = graphene.Field(Json, required=True, description="By the names of inputs, what the entry said.")
    new = graphene.Field(Json, required=True, description="By the names of inputs, what it is to say.")
    decision = graphene.Field(FieldDecision, description="Null while it is undecided.")
    note = graphene.String(required=True, description="What the reviewer says about this field.")
    old_picture_url = graphene.String(description="For those who may read the change.")
    new_picture_url = graphene.String(description="For those who may read the change.")


class VisibilityChange(graphene.ObjectType):
    """That somebody else sees a field than before."""

    name = graphene.String(required=True)
    old = EntryVisibility(required=True)
    new = EntryVisibility(required=True)


class EntryChange(graphene.ObjectType):
    """A change of an entry: what was, what is to be, and what became of it."""

    id = identifier()
    state = chosen(ChangeState, "state")
    version = graphene.Int(required=True, description="Counts the amendments; who reviews says which one they read.")
    entry = graphene.String(required=True, description="Whose entry: the name.")
    author = graphene.String(required=True, description="Who wrote it.")
    reviewer = graphene.String(description="Who decided or asked back.")
    made_at = graphene.DateTime(required=True)
    amended_at = graphene.DateTime(required=True)
    decided_at = graphene.DateTime()
    words = graphene.String(required=True, description="What the reviewer said.")
    fields = graphene.List(graphene.NonNull(ChangedField), required=True)
    visibility = graphene.List(graphene.NonNull(VisibilityChange), required=True)

    resolve_entry = staticmethod(lambda row, info: str(row.entry))
    resolve_author = staticmethod(lambda row, info: row.author.full_name)
    resolve_reviewer = staticmethod(lambda row, info: row.reviewer.full_name if row.reviewer else None)

    @staticmethod
    def resolve_fields(row: models.Change, info: Any) -> list[ChangedField]:
        return [_changed(row, name, sides) for name, sides in row.values.items()]

    @staticmethod
    def resolve_visibility(row: models.Change, info: Any) -> list[VisibilityChange]:
        return [VisibilityChange(name=name, **sides) for name, sides in row.visibility.items()]

    @staticmethod
    def recall(text: str, viewer: Any) -> models.Change | None:
        """Find it for somebody who may read it."""
        return history.readable(change_id=number_of(text, "Change"), viewer=viewer)


def _changed(row: models.Change, name: str, sides: dict[str, Any]) -> ChangedField:
    said = row.decisions.get(name, {})
    shown = {
        f"{side}_picture_url": site_address(f"/ho-so/anh/{row.pk}/{side}/")
        for side in ("old", "new")
        if name in PICTURES and sides[side][name]
    }
    return ChangedField(
        name=name,
        label=label_of(name),
        old=_values(sides["old"]),
        new=_values(sides["new"]),
        decision=str(said["decision"]) if said else None,
        note=said.get("note", ""),
        **shown,
    )


EntryChangeConnection = connection(EntryChange)


class FieldVisibility(graphene.ObjectType):
    """Who sees a field of one's own entry."""

    field = graphene.String(required=True)
    visibility = EntryVisibility(required=True)
    may_hide = graphene.Boolean(required=True, description="Whether its owner chooses.")


class MyProfile(graphene.ObjectType):
    """The viewer's own entry, hidden fields included."""

    profile = graphene.Field(Profile, required=True, description="As it is live.")
    values = graphene.Field(Json, required=True, description="All that is live, by the names of inputs.")
    visibility = graphene.List(graphene.NonNull(FieldVisibility), required=True, description="Field by field.")
    photo_url = graphene.String(description="Of the photo that is live.")
    is_trusted = graphene.Boolean(required=True, description="Whether changes go live without a review.")
    pending_change = graphene.Field(EntryChange, description="What waits, or was asked back.")

    resolve_profile = staticmethod(lambda row, info: row)
    resolve_values = staticmethod(lambda row, info: _values(read_all(row)))
    resolve_photo_url = staticmethod(lambda row, info: site_address(row.photo.url) if row.photo else None)

    @staticmethod
    def resolve_visibility(row: models.Profile, info: Any) -> list[FieldVisibility]:
        return [
            FieldVisibility(field=name, visibility=str(chosen_visibility(row, field)), may_hide=field.may_hide)
            for name, field in fields_of(row).items()
            if name in written_fields(row)
        ]

    @staticmethod
    def resolve_pending_change(row: models.Profile, info: Any) -> models.Change | None:
        return submission.open_change(row, info.context.viewer)


class EntriesQuery(graphene.ObjectType):
    """What owners and reviewers read."""

    my_profile = graphene.Field(MyProfile, description="The viewer's own entry; null for who has none.")
    entry_history = graphene.List(
        graphene.NonNull(EntryChange),
        required=True,
        organisation=graphene.String(description="The slug of an organisation whose entry the viewer keeps."),
        person=graphene.String(description="The slug of somebody's entry; for those who keep the directory."),
        description=f"The changes of an entry, newest first, {MOST} at most; without arguments, of one's own.",
    )
    pending_changes = paged(EntryChangeConnection, "What waits for review, the longest first; for reviewers.")

    @permitted(Permission.SIGNED_IN)
    def resolve_my_profile(self: Any, info: Any) -> Any:
        return queries.own_profile(info.context.viewer)

    @permitted(Permission.SIGNED_IN)
    def resolve_entry_history(self: Any, info: Any, organisation: str = "", person: str = "") -> Any:
        entry = history.entry_of(viewer=info.context.viewer, organisation=organisation, person=person)
        return together(history.of_entry(entry)[:MOST]) if entry is not None else []

    @permitted(Permission.EDITOR)
    def resolve_pending_changes(self: Any, info: Any, first: int | None = None, after: str | None = None) -> Edges:
        if not permissions.may_review_entries(info.context.viewer):
            raise forbidden()
        return Edges(history.waiting(), first, after)


def _submitted(caller: Any, entry: Any, typed: dict[str, Any]) -> Outcome:
    values, visibility = given(typed)
    edit = Edit(values=values, visibility=visibility)
    return submission.submit(entry=entry, actor=caller.viewer, edit=edit, at=caller.at)


class UpdateMyProfile(Act, permission=Permission.MENTOR, budget="edit_entry"):
    """Keep one's own entry true. What needs a review waits; the entry stays as it was until then."""

    Input = profile_inputs("The new words; what is left out stays as it is, null empties it.")

    mentor = graphene.Field(Profile, description="The entry as it is live.")
    pending_change = graphene.Field(EntryChange, description="What waits for review now.")
    live_change = graphene.Field(EntryChange, description="What went live at once.")

    @staticmethod
    def do(caller: Any, **typed: Any) -> dict[str, Any]:
        profile = queries.own_profile(caller.viewer)
        if profile is None:
            raise NotPermitted()
        outcome = _submitted(caller, profile, typed)
        mentor = queries.own_profile(caller.viewer)
        return {"mentor": mentor, "pending_change": outcome.waiting, "live_change": outcome.live}


class UpdateOrganisation(Act, permission=Permission.SIGNED_IN, budget="edit_entry"):
    """Keep the entry of an organisation true, as its owner or editor."""

    Input = organisation_inputs("Which, and the new words; what is left out stays as it is, null empties it.")

    organisation = graphene.Field(Organisation, description="The entry as it is live.")
    pending_change = graphene.Field(EntryChange, description="What waits for review now.")
    live_change = graphene.Field(EntryChange, description="What went live at once.")

    @staticmethod
    def do(caller: Any, slug: str, **typed: Any) -> dict[str, Any]:
        organisation = queries.any_organisation(slug=slug)
        if organisation is None:
            raise NotFound(kind="organisation")
        outcome = _submitted(caller, organisation, typed)
        shown = queries.any_organisation(slug=slug)
        return {"organisation": shown, "pending_change": outcome.waiting, "live_change": outcome.live}


class WithdrawChange(Act, permission=Permission.SIGNED_IN):
    """Take back one's own change that waits."""

    class Input:
        """Which."""

        change_id = graphene.ID(required=True, description="The change's id.")

    change = graphene.Field(EntryChange)

    @staticmethod
    def do(caller: Any, *, change_id: str) -> dict[str, Any]:
        number = number_of(change_id, "Change")
        return {"change": submission.withdraw(change_id=number, actor=caller.viewer, at=caller.at)}


class UndoChange(Act, permission=Permission.SIGNED_IN, budget="edit_entry"):
    """Let an entry say again what it said before a change that went live: at once for those who keep the directory,
    for owners by a change like any other."""

    class Input:
        """Which."""

        change_id = graphene.ID(required=True, description="The change's id.")

    pending_change = graphene.Field(EntryChange, description="What waits for review now.")
    live_change = graphene.Field(EntryChange, description="What went live at once.")

    @staticmethod
    def do(caller: Any, *, change_id: str) -> dict[str, Any]:
        outcome = history.undo(change_id=number_of(change_id, "Change"), actor=caller.viewer, at=caller.at)
        return {"pending_change": outcome.waiting, "live_change": outcome.live}


class DecisionInput(graphene.InputObjectType):
    """About one field."""

    field = graphene.String(required=True, description="`ChangedField.name`.")
    decision = FieldDecision(required=True, description="Whether it goes live.")
    note = graphene.String(description="What to tell the author about it.")


class ReviewChange(Act, permission=Permission.EDITOR):
    """Decide every field of a change, or ask its author for more; the first decision stands."""

    class Input:
        """Which version of which change, and what is decided."""

        change_id = graphene.ID(required=True, description="The change's id.")
        version = graphene.Int(required=True, description="The one that was read.")
        decisions = graphene.List(
            graphene.NonNull(DecisionInput), description="Every field of the change; none of them to ask back."
        )
        words = graphene.String(description="To the author; needed to ask back, and to turn down without a note.")
        over = graphene.List(
            graphene.NonNull(graphene.String),
            description="Fields that may be approved although the entry says something else by now (ENTRY_MOVED).",
        )

    change = graphene.Field(EntryChange)

    @staticmethod
    def do(caller: Any, *, change_id: str, version: int, **said: Any) -> dict[str, Any]:
        read = {
            "change_id": number_of(change_id, "Change"),
            "version": version,
            "words": said.get("words") or "",
            "actor": caller.viewer,
            "at": caller.at,
        }
        decisions = said.get("decisions") or []
        if not decisions:
            return {"change": review.ask_back(**read)}
        approved = models.Change.Decision.APPROVED
        verdicts = {
            row["field"]: Verdict(approves=row["decision"].value == approved, note=row.get("note") or "")
            for row in decisions
        }
        return {"change": review.decide(verdicts=verdicts, over=said.get("over") or (), **read)}


class EntriesMutation(graphene.ObjectType):
    """What owners write and reviewers decide."""

    update_my_profile = UpdateMyProfile.Field(required=True)
    update_organisation = UpdateOrganisation.Field(required=True)
    withdraw_change = WithdrawChange.Field(required=True)
    undo_change = UndoChange.Field(required=True)
    review_change = ReviewChange.Field(required=True)

"""Lists of entries that the viewer keeps."""

from typing import Any

import graphene

from network import models
from network.directory import entries, saved_lists
from network.doors import Permission
from network.global_ids import number_of
from network.refusals import NotFound

from ..acts import Act
from ..addresses import site_address
from ..batch import load, together
from ..fields import identifier
from ..permission import permitted
from .types import Organisation, Profile


class SavedEntry(graphene.ObjectType):
    """An organisation or a person on a list: one of the two is null."""

    id = identifier()
    added_at = graphene.DateTime(required=True, description="When it was put there.")
    organisation = graphene.Field(Organisation, description="Null for a person.")
    person = graphene.Field(Profile, description="Null for an organisation.")

    resolve_organisation = staticmethod(lambda row, info: load(row, "organisation"))
    resolve_person = staticmethod(lambda row, info: load(row, "profile"))


class SavedList(graphene.ObjectType):
    """A named list of entries."""

    id = identifier()
    name = graphene.String(required=True, description="As its owner calls it.")
    share_url = graphene.String(description="The secret address by which others read it; null while it is not shared.")
    entries = graphene.List(
        graphene.NonNull(SavedEntry), required=True, description="What stands on it, the newest first."
    )

    @staticmethod
    def resolve_share_url(row: models.SavedList, info: Any) -> str | None:
        return site_address(f"/danh-sach/chia-se/{row.secret}/") if row.secret else None

    @staticmethod
    def resolve_entries(row: models.SavedList, info: Any) -> Any:
        return load(row, "entries", lambda: [saved_lists.shown()])

    @staticmethod
    def recall(text: str, viewer: Any) -> models.SavedList | None:
        """Find the viewer's own."""
        return saved_lists.own(viewer).filter(pk=number_of(text, "SavedList")).first()


def _held() -> graphene.Field:
    return graphene.Field(SavedList, description="The list as it is now.")


class SaveEntry(Act, permission=Permission.SIGNED_IN, budget="save_entry"):
    """Put an entry of the directory on one of the viewer's lists, or on a new one. What stands there stays."""

    class Input:
        """The entry, and the list or the name of a new one."""

        entry_id = graphene.ID(required=True, description="An organisation's or a person's.")
        list_id = graphene.ID(description="One of the viewer's lists.")
        list_name = graphene.String(description="Without `listId`: what the list is called; it is made if need be.")

    list = _held()

    @staticmethod
    def do(caller: Any, *, entry_id: str, list_id: str | None = None, list_name: str | None = None) -> dict[str, Any]:
        entry = _entry(entry_id)
        if list_id:
            number = number_of(list_id, "SavedList")
        else:
            number = saved_lists.make(person=caller.viewer, name=list_name or "", at=caller.at).pk
        saved_lists.save(person=caller.viewer, list_id=number, entry=entry, at=caller.at)
        return {"list": saved_lists.own_list(person=caller.viewer, list_id=number)}


class RemoveSavedEntry(Act, permission=Permission.SIGNED_IN):
    """Take an entry off one of the viewer's lists."""

    class Input:
        """Which."""

        saved_entry_id = graphene.ID(required=True, description="The entry's id on the list.")

    list = _held()

    @staticmethod
    def do(caller: Any, *, saved_entry_id: str) -> dict[str, Any]:
        held = saved_lists.remove(person=caller.viewer, entry_id=number_of(saved_entry_id, "SavedEntry"))
        return {"list": saved_lists.own_list(person=caller.viewer, list_id=held.pk)}


class ShareList(Act, permission=Permission.SIGNED_IN):
    """Give one of the viewer's lists a secret address, or take it away: then it is never good again."""

    class Input:
        """Which, and whether it is shared from now on."""

        list_id = graphene.ID(required=True, description="One of the viewer's lists.")
        is_shared = graphene.Boolean(required=True, description="False: nobody else reads it from now on.")

    list = _held()

    @staticmethod
    def do(caller: Any, *, list_id: str, is_shared: bool) -> dict[str, Any]:
        rule = saved_lists.share if is_shared else saved_lists.unshare
        held = rule(person=caller.viewer, list_id=number_of(list_id, "SavedList"))
        return {"list": saved_lists.own_list(person=caller.viewer, list_id=held.pk)}


class DeleteList(Act, permission=Permission.SIGNED_IN):
    """Throw one of the viewer's lists away."""

    class Input:
        """Which."""

        list_id = graphene.ID(required=True, description="One of the viewer's lists.")

    is_deleted = graphene.Boolean(description="True once it is gone.")

    @staticmethod
    def do(caller: Any, *, list_id: str) -> dict[str, Any]:
        saved_lists.delete(person=caller.viewer, list_id=number_of(list_id, "SavedList"))
        return {"is_deleted": True}


def _entry(text: str) -> models.Organisation | models.Profile:
    """The listed entry of a global id. Raises NotFound."""
    organisation = entries.listed_organisations().filter(pk=number_of(text, "Organisation")).first()
    found = organisation or entries.listed_people().filter(pk=number_of(text, "Profile")).first()
    if found is None:
        raise NotFound(kind="entry")
    return found


class SavedListsQuery(graphene.ObjectType):
    """The viewer's lists, and those that were shared."""

    saved_lists = graphene.List(graphene.NonNull(SavedList), required=True, description="The viewer's lists, by name.")
    shared_list = graphene.Field(
        SavedList, secret=graphene.String(required=True), description="A list by the secret of its address."
    )

    @permitted(Permission.SIGNED_IN)
    def resolve_saved_lists(self: Any, info: Any) -> Any:
        return together(saved_lists.own(info.context.viewer).prefetch_related(None))

    @permitted(Permission.PUBLIC)
    def resolve_shared_list(self: Any, info: Any, secret: str) -> Any:
        try:
            return saved_lists.shared(secret=secret.replace("\0", ""))
        except NotFound:
            return None


class SavedListsMutation(graphene.ObjectType):
    """Keeping lists."""

    save_entry = SaveEntry.Field(required=True)
    remove_saved_entry = RemoveSavedEntry.Field(required=True)
    share_list = ShareList.Field(required=True)
    delete_list = DeleteList.Field(required=True)

"""What the newsroom's software holds about those who work in it, registered as sections of their own data.

Pages stay as they are: what the newsroom publishes about people is taken down by an editor, not by an account.
"""

from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.admin.models import EditingSession, FormState
from wagtail.models import (
    APIToken,
    Comment,
    CommentReply,
    ModelLogEntry,
    PageLogEntry,
    PageSubscription,
    Revision,
    TaskState,
    UploadedFile,
)
from wagtail.users.models import UserProfile

from network import mentions, own_data
from network.models import Person
from network.own_data import Erasure, OwnFile, Row

COMMENTS = "wagtail_admin_comments"


def _profile(person: Person) -> Iterator[Row]:
    for row in UserProfile.objects.filter(user=person):
        yield {
            "picture": OwnFile(name=row.avatar.name, file=row.avatar) if row.avatar else None,
            "language": row.preferred_language,
            "time_zone": row.current_time_zone,
            "theme": row.theme,
        }


def _erase_profile(erasure: Erasure) -> None:
    for row in UserProfile.objects.filter(user=erasure.person):
        if row.avatar:
            row.avatar.delete(save=False)
        row.delete()
    for upload in UploadedFile.objects.filter(uploaded_by_user=erasure.person):
        upload.file.delete(save=False)
        upload.delete()
    for model in (APIToken, EditingSession, FormState, PageSubscription):
        model.objects.filter(user=erasure.person).delete()


def _words(person: Person) -> Iterator[Row]:
    for comment in Comment.objects.filter(user=person):
        yield {"kind": str(_("Comment")), "text": comment.text, "at": comment.created_at}
    for reply in CommentReply.objects.filter(user=person):
        yield {"kind": str(_("Reply")), "text": reply.text, "at": reply.created_at}
    for state in TaskState.objects.filter(finished_by=person):
        yield {"kind": str(_("Review")), "text": state.comment, "at": state.finished_at}
    for token in APIToken.objects.filter(user=person):
        yield {"kind": str(_("Access token")), "text": token.name, "at": token.created}
    for form in FormState.objects.filter(user=person):
        yield {"kind": str(_("Unsaved form")), "text": form.data, "at": None}
    for upload in UploadedFile.objects.filter(uploaded_by_user=person):
        yield {"kind": str(_("Unfinished upload")), "text": upload.file.name, "at": None}


def _erase_words(erasure: Erasure) -> None:
    Comment.objects.filter(user=erasure.person).update(text="")
    CommentReply.objects.filter(user=erasure.person).update(text="")
    TaskState.objects.filter(finished_by=erasure.person).update(comment="")
    written = Revision.objects.alias(as_text=Cast("content", TextField()))
    for revision in written.filter(as_text__contains=f'"user": {erasure.person.pk}'):
        revision.content[COMMENTS] = _without_words(revision.content.get(COMMENTS, []), erasure.person)
        Revision.objects.filter(pk=revision.pk).update(content=revision.content)


def _without_words(comments: list[dict[str, Any]], person: Person) -> list[dict[str, Any]]:
    """A revision holds a copy of the comments and replies of its day."""
    return [
        {
            **comment,
            **({"text": ""} if comment.get("user") == person.pk else {}),
            **({"replies": _without_words(comment["replies"], person)} if "replies" in comment else {}),
        }
        for comment in comments
    ]


def _logged(person: Person) -> Iterator[Row]:
    for entry in _about(ModelLogEntry.objects.all(), person):
        yield {"about": entry.label, "act": entry.action, "at": entry.timestamp, "facts": entry.data}
    for entry in ModelLogEntry.objects.filter(user=person):
        yield {"about": entry.label, "act": entry.action, "at": entry.timestamp, "facts": {}}
    for entry in PageLogEntry.objects.filter(user=person):
        yield {"about": entry.label, "act": entry.action, "at": entry.timestamp, "facts": {}}


def _about(rows: "QuerySet[ModelLogEntry]", person: Person) -> "QuerySet[ModelLogEntry]":
    """Entries about rows that are the person's: the account, the mentor's entry, a registration, a ticket."""
    wanted = Q(pk__in=[])
    for model, keys in _rows_of(person):
        kind = ContentType.objects.get_for_model(model)
        wanted |= Q(content_type=kind, object_id__in=[str(key) for key in keys])
    return rows.filter(wanted)


def _rows_of(person: Person) -> Iterator[tuple[type[Model], list[object]]]:
    """Rows of our own rooms that point to the person."""
    yield Person, [person.pk]
    for relation in Person._meta.related_objects:
        if relation.related_model._meta.app_label in {"network", "events"}:
            held = relation.related_model._default_manager.filter(**{relation.field.name: person})
            yield relation.related_model, list(held.values_list("pk", flat=True))


def _erase_logged(erasure: Erasure) -> None:
    """Before the rows themselves go: afterwards nothing tells that an entry was about them."""
    _about(ModelLogEntry.objects.all(), erasure.person).update(label=erasure.name, data={})
    kinds = [ContentType.objects.get_for_model(model) for model, _keys in _rows_of(erasure.person)]
    for rows, fields in (
        (ModelLogEntry.objects.all(), ("label", "data")),
        (PageLogEntry.objects.all(), ("label", "data")),
        (Revision.objects.all(), ("object_str", "content")),
    ):
        mentions.strike(mentions.naming(rows, erasure.marks, *fields), erasure.marks, *fields)
    revisions = Revision.objects.filter(content_type__in=kinds, object_str__icontains=erasure.marks.name)
    mentions.strike(revisions, erasure.marks, "object_str", "content")


own_data.section(
    "newsroom",
    title=_("Your settings in the newsroom"),
    columns={
        "picture": _("Picture"),
        "language": _("Language"),
        "time_zone": _("Time zone"),
        "theme": _("Theme"),
    },
    models=(UserProfile, EditingSession, PageSubscription),
    collect=_profile,
    erase=_erase_profile,
    rank=4,
)
own_data.section(
    "newsroom_words",
    title=_("Your comments in the newsroom"),
    columns={"kind": _("Kind"), "text": _("Contents"), "at": _("When")},
    models=(Comment, CommentReply, TaskState, APIToken, FormState, UploadedFile),
    collect=_words,
    erase=_erase_words,
    rank=4,
)
own_data.section(
    "newsroom_log",
    title=_("The newsroom's log"),
    columns={"about": _("About"), "act": _("Act"), "at": _("When"), "facts": _("Facts")},
    hidden=("facts",),
    models=(ModelLogEntry, PageLogEntry, Revision),
    collect=_logged,
    leave=_erase_logged,
    erase=lambda erasure: None,
    rank=4,
)

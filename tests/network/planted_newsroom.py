"""What the newsroom, Wagtail, keeps of somebody."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from wagtail.admin.models import FormState
from wagtail.models import (
    APIToken,
    Comment,
    CommentReply,
    GroupApprovalTask,
    ModelLogEntry,
    Page,
    PageLogEntry,
    Revision,
    TaskState,
    UploadedFile,
    Workflow,
    WorkflowState,
)
from wagtail.users.models import UserProfile

from network.models import Person
from tests.factories import NOW

if TYPE_CHECKING:
    from tests.network.planted import Planted


def plant_newsroom(planted: Planted) -> None:
    """Comments, tokens, logs, uploads, a revision and a review."""
    person = planted.person
    kind = ContentType.objects.get_for_model(Person)
    profile = UserProfile.get_for_user(person)
    profile.avatar.save("anh.png", ContentFile(planted.value("avatar").encode()), save=True)
    page = Page.objects.exclude(depth=1).first()
    assert page is not None
    comment = Comment.objects.create(page=page, user=person, text=planted.value("comment"), contentpath="title")
    CommentReply.objects.create(comment=comment, user=person, text=planted.value("reply"))
    APIToken.objects.create(user=person, name=planted.value("token"), key_hash="a" * 64, prefix="abc")
    FormState.objects.create(
        user=person, data=planted.value("form"), content_type=kind, object_id="", last_updated_at=NOW
    )
    upload = UploadedFile(uploaded_by_user=person)
    upload.file.save("dang-tai.txt", ContentFile(planted.other("upload").encode()), save=True)
    planted.own["upload_name"] = upload.file.name.rpartition("/")[2]
    _reviewed(planted, page)
    ModelLogEntry.objects.create(
        content_type=kind,
        object_id=str(person.pk),
        label=planted.value("log_label"),
        action="wagtail.edit",
        data={"said": planted.value("log_data")},
        timestamp=NOW,
    )
    PageLogEntry.objects.create(
        content_type=ContentType.objects.get_for_model(Page),
        page_id=page.pk,
        label=f"Trang của {person.email}",
        action="wagtail.edit",
        data={"comment": {"text": str(person.phone)}},
        timestamp=NOW,
    )
    Revision.objects.create(
        content_type=ContentType.objects.get_for_model(Page),
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id=str(page.pk),
        created_at=NOW,
        object_str=f"Liên hệ {person.email}",
        content=json.loads(json.dumps({"body": f"Gọi {person.phone} hoặc viết cho {person.email}"})),
    )


def _reviewed(planted: Planted, page: Page) -> None:
    workflow = Workflow.objects.create(name="Duyệt")
    task = GroupApprovalTask.objects.create(name="Duyệt bài")
    state = WorkflowState.objects.create(
        content_type=ContentType.objects.get_for_model(Page),
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id=str(page.pk),
        workflow=workflow,
    )
    revision = page.save_revision()
    TaskState.objects.create(
        workflow_state=state,
        revision=revision,
        task=task,
        finished_by=planted.person,
        finished_at=NOW,
        comment=planted.value("review"),
    )

"""The contact relay: writing to an entry of the directory, and reading what came back. No address is ever told."""

from typing import Any

import graphene

from network import models
from network.contact import blocking, parties, queries, reporting, writing
from network.doors import Permission
from network.global_ids import number_of
from network.refusals import NotFound

from ..acts import Act
from ..addresses import site_address
from ..batch import compute, load
from ..connection import Edges, connection, paged
from ..fields import choices, chosen, identifier
from ..permission import permitted

MessageChannel = choices("MessageChannel", models.ContactMessage.Channel, "The door that a message came by.")
ReportReason = choices("ReportReason", models.ContactReport.Reason, "What is wrong with a message.")


class ContactMessage(graphene.ObjectType):
    """One message of a thread."""

    id = identifier()
    sender_name = graphene.String(required=True, description="Family name first.")
    is_mine = graphene.Boolean(required=True, description="Whether the viewer wrote it.")
    by_writer = graphene.Boolean(required=True, description="By who began the thread; else for the entry.")
    body = graphene.String(required=True, description="Plain text; empty once its sender's account is erased.")
    channel = chosen(MessageChannel, "channel")
    sent_at = graphene.DateTime(required=True)

    def resolve_sender_name(self: Any, info: Any) -> str:
        return load(self, "sender").full_name

    def resolve_is_mine(self: Any, info: Any) -> bool:
        return self.sender_id == info.context.viewer.pk


class ContactThread(graphene.ObjectType):
    """What somebody who wrote to an entry and those behind the entry say to each other."""

    id = identifier()
    subject = graphene.String(required=True)
    writer_name = graphene.String(required=True, description="Who began it.")
    entry_name = graphene.String(required=True, description="Whose entry was written to.")
    is_mine = graphene.Boolean(required=True, description="Whether the viewer began it.")
    is_unread = graphene.Boolean(required=True, description="Whether it holds something new for the viewer.")
    is_blocked = graphene.Boolean(required=True, description="Whether the viewer's side has blocked the other.")
    started_at = graphene.DateTime(required=True)
    last_at = graphene.DateTime(required=True, description="When something was last said.")
    messages = graphene.List(graphene.NonNull(ContactMessage), required=True, description="Oldest first.")
    url = graphene.String(required=True, description="Its page on the site.")

    def resolve_writer_name(self: Any, info: Any) -> str:
        return load(self, "writer").full_name

    def resolve_entry_name(self: Any, info: Any) -> str:
        return parties.entry_name(self)

    def resolve_is_mine(self: Any, info: Any) -> bool:
        return self.writer_id == info.context.viewer.pk

    def resolve_is_blocked(self: Any, info: Any) -> bool:
        return bool(compute(self, "is_blocked", lambda rows: queries.blocked(rows, info.context.viewer)))

    def resolve_messages(self: Any, info: Any) -> Any:
        return load(self, "messages")

    def resolve_url(self: Any, info: Any) -> str:
        return site_address(f"/nhan-tin/{self.pk}/")

    @staticmethod
    def recall(text: str, viewer: Any) -> models.ContactThread | None:
        """Find it for who stands in it."""
        return queries.thread(thread_id=number_of(text, "ContactThread"), person=viewer)


ContactThreadConnection = connection(ContactThread)


def _thread_id() -> graphene.ID:
    return graphene.ID(required=True, description="The thread.")


class SendMessage(Act, permission=Permission.SIGNED_IN, budget="write_message"):
    """Begin a thread with an entry that takes messages. The viewer's name and words are passed on, nothing else."""

    class Input:
        """To whom, and what."""

        entry_id = graphene.ID(required=True, description="A Profile or an Organisation.")
        subject = graphene.String(required=True, description="120 characters at most.")
        body = graphene.String(required=True, description="Plain text, 4,000 characters at most.")

    thread = graphene.Field(ContactThread, description="The new thread.")

    @staticmethod
    def do(caller: Any, *, entry_id: str, subject: str, body: str) -> dict[str, Any]:
        entry = queries.entry_of_id(
            profile_id=number_of(entry_id, "Profile"), organisation_id=number_of(entry_id, "Organisation")
        )
        if entry is None:
            raise NotFound(kind="entry")
        made = writing.send(
            entry=entry,
            actor=caller.viewer,
            subject=subject,
            body=body,
            channel=models.ContactMessage.Channel.API,
            at=caller.at,
        )
        return {"thread": queries.thread(thread_id=made.pk, person=caller.viewer)}


class ReplyToThread(Act, permission=Permission.SIGNED_IN, budget="write_message"):
    """Say something in a thread that the viewer stands in."""

    class Input:
        """Where, and what."""

        thread_id = _thread_id()
        body = graphene.String(required=True, description="Plain text, 4,000 characters at most.")

    thread = graphene.Field(ContactThread, description="The thread as it is now.")

    @staticmethod
    def do(caller: Any, *, thread_id: str, body: str) -> dict[str, Any]:
        number = number_of(thread_id, "ContactThread")
        channel = models.ContactMessage.Channel.API
        writing.reply(thread_id=number, actor=caller.viewer, body=body, channel=channel, at=caller.at)
        return {"thread": queries.thread(thread_id=number, person=caller.viewer)}


class MarkThreadRead(Act, permission=Permission.SIGNED_IN):
    """Remember that the viewer has read a thread."""

    class Input:
        """Which."""

        thread_id = _thread_id()

    thread = graphene.Field(ContactThread, description="The thread as it is now.")

    @staticmethod
    def do(caller: Any, *, thread_id: str) -> dict[str, Any]:
        found = ContactThread.recall(thread_id, caller.viewer)
        if found is None:
            raise NotFound(kind="thread")
        queries.mark_read(thread=found, person=caller.viewer, at=caller.at)
        return {"thread": ContactThread.recall(thread_id, caller.viewer)}


class BlockSender(Act, permission=Permission.SIGNED_IN):
    """Take no more messages from the other side of a thread, in any thread; they are not told. Or lift the block."""

    class Input:
        """Whom, by a thread with them."""

        thread_id = _thread_id()
        lift = graphene.Boolean(description="Lift the block instead.")

    thread = graphene.Field(ContactThread, description="The thread as it is now.")

    @staticmethod
    def do(caller: Any, *, thread_id: str, lift: bool | None = None) -> dict[str, Any]:
        number = number_of(thread_id, "ContactThread")
        if lift:
            blocking.unblock(thread_id=number, actor=caller.viewer)
        else:
            blocking.block(thread_id=number, actor=caller.viewer, at=caller.at)
        return {"thread": queries.thread(thread_id=number, person=caller.viewer)}


class ReportMessage(Act, permission=Permission.SIGNED_IN, budget="report_message"):
    """Take a message of the other side to those who keep the directory: they see this one and no other."""

    class Input:
        """Which, and what is wrong with it."""

        message_id = graphene.ID(required=True, description="The message.")
        reason = ReportReason(required=True, description="What is wrong with it.")
        note = graphene.String(description="In the viewer's words, 400 characters at most.")

    is_reported = graphene.Boolean(description="True once it is done.")

    @staticmethod
    def do(caller: Any, *, message_id: str, reason: Any, note: str | None = None) -> dict[str, Any]:
        number = number_of(message_id, "ContactMessage")
        reporting.report(message_id=number, actor=caller.viewer, reason=reason.value, note=note or "", at=caller.at)
        return {"is_reported": True}


class ContactQuery(graphene.ObjectType):
    """The viewer's messages."""

    my_threads = paged(ContactThreadConnection, "Threads that the viewer stands in, the last said first.")
    thread = graphene.Field(ContactThread, id=graphene.ID(required=True), description="One that the viewer stands in.")

    @permitted(Permission.SIGNED_IN)
    def resolve_my_threads(self: Any, info: Any, first: int | None = None, after: str | None = None) -> Edges:
        return Edges(queries.threads(info.context.viewer), first, after)

    @permitted(Permission.SIGNED_IN)
    def resolve_thread(self: Any, info: Any, id: str) -> Any:
        return ContactThread.recall(id, info.context.viewer)


class ContactMutation(graphene.ObjectType):
    """Writing, blocking, reporting."""

    send_message = SendMessage.Field(required=True)
    reply_to_thread = ReplyToThread.Field(required=True)
    mark_thread_read = MarkThreadRead.Field(required=True)
    block_sender = BlockSender.Field(required=True)
    report_message = ReportMessage.Field(required=True)

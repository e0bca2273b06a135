"""Being left in peace: a side of a thread takes no more messages from the other.

The other side is told nothing; what they write then “could not be delivered”, as where nobody is left to read.
"""

from datetime import datetime

from django.db import transaction

from network.contact import parties
from network.contact.parties import Side
from network.models import ContactBlock, ContactThread, Person
from network.refusals import NotFound


def block(*, thread_id: int, actor: Person, at: datetime) -> ContactThread:
    """Block the other side of a thread, for every thread with them; for an organisation, any owner does. Return it.

    Raises NotFound: none, or not the actor's.
    """
    thread, side = _own(thread_id, actor)
    with transaction.atomic():
        ContactBlock.objects.bulk_create(
            [ContactBlock(made_at=at, **_party(thread, side, "by"), **_party(thread, side.other, "of"))],
            ignore_conflicts=True,
        )
    return thread


def unblock(*, thread_id: int, actor: Person) -> ContactThread:
    """Lift a block; nothing happens where there is none. Raises NotFound."""
    thread, side = _own(thread_id, actor)
    parties.blocks(thread, by=side).delete()
    return thread


def _own(thread_id: int, actor: Person) -> tuple[ContactThread, Side]:
    thread = ContactThread.objects.select_related("writer", "person", "organisation").filter(pk=thread_id).first()
    side = parties.side_of(thread, actor) if thread else None
    if thread is None or side is None:
        raise NotFound(kind="thread")
    return thread, side


def _party(thread: ContactThread, side: Side, role: str) -> dict[str, int | None]:
    if side is Side.WRITER:
        return {f"{role}_person_id": thread.writer_id}
    if thread.organisation_id is not None:
        return {f"{role}_organisation_id": thread.organisation_id}
    return {f"{role}_person_id": thread.person_id}

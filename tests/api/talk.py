"""A thread of the relay in the world of the operations: the attendee wrote to the mentor."""

from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress

from network.global_ids import global_id
from network.models import ContactMessage, ContactThread, Person, Profile
from tests.factories import NOW

MESSAGE = "id senderName isMine byWriter body channel sentAt"
THREAD = f"id subject writerName entryName isMine isUnread isBlocked startedAt lastAt url messages {{ {MESSAGE} }}"
ERRORS = "errors { code field message }"
BODY = "Chào chị, nhóm em cần người chỉ cách bán cho nhà máy."


@dataclass
class Talk:
    """The thread and whom one may write to."""

    thread: ContactThread
    message: ContactMessage
    entry: Profile

    @property
    def variables(self) -> dict[str, Any]:
        """What the operations are asked with."""
        return {
            "thread": global_id(self.thread),
            "message": global_id(self.message),
            "partner": global_id(self.entry),
        }


def talk(writer: Person | None, mentor: Person | None) -> Talk:
    """Both have proven their mailboxes."""
    assert writer is not None
    assert mentor is not None
    for person in (writer, mentor):
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    Profile.objects.filter(person=mentor).update(takes_messages=True)
    thread = ContactThread.objects.create(
        writer=writer, person=mentor, subject="Bán cho nhà máy", started_at=NOW, last_at=NOW
    )
    message = ContactMessage.objects.create(
        thread=thread, sender=writer, by_writer=True, body=BODY, channel="SITE", sent_at=NOW
    )
    return Talk(thread=thread, message=message, entry=Profile.objects.get(person=mentor))


def _act(name: str, given: str, answer: str, variable: str) -> str:
    return f"mutation (${variable}: ID!) {{ {name}(input: {{{given}}}) {{ {answer} {ERRORS} }} }}"


_ANSWER = f"thread {{ {THREAD} }}"
CONTACT_QUERIES = {
    "myThreads": f"{{ myThreads {{ nodes {{ {THREAD} }} totalCount pageInfo {{ hasNextPage }} }} }}",
    "suggestions": "query ($partner: ID!) { suggestions(for: $partner, kind: STARTUPS) { entryId score "
    "reasons { code text weight } profile { slug } organisation { slug sectors { name } } } }",
    "thread": f"query ($thread: ID!) {{ thread(id: $thread) {{ {THREAD} }} }}",
}
CONTACT_MUTATIONS = {
    "sendMessage": _act("sendMessage", f'entryId: $partner, subject: "Hỏi", body: "{BODY}"', _ANSWER, "partner"),
    "replyToThread": _act("replyToThread", 'threadId: $thread, body: "Dạ vâng."', _ANSWER, "thread"),
    "markThreadRead": _act("markThreadRead", "threadId: $thread", _ANSWER, "thread"),
    "blockSender": _act("blockSender", "threadId: $thread", _ANSWER, "thread"),
    "dismissSuggestion": _act("dismissSuggestion", "entryId: $partner", "isDismissed", "partner"),
    "setSuggestionsOptOut": _act("setSuggestionsOptOut", "entryId: $partner, out: true", "isOut", "partner"),
    "reportMessage": _act("reportMessage", "messageId: $message, reason: SPAM", "isReported", "message"),
}

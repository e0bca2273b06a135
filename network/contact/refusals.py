"""What the relay says when it will not pass something on."""

from network.refusals import Refusal


class NotVerified(Refusal):
    """Only somebody whose mailbox is proven may write: an answer must be able to reach them."""

    code = "NOT_VERIFIED"


class TakesNoMessages(Refusal):
    """The entry takes no messages, by its owner's choice."""

    code = "TAKES_NO_MESSAGES"


class OwnEntry(Refusal):
    """One's own entry, or that of an organisation of one's own."""

    code = "OWN_ENTRY"


class NotDelivered(Refusal):
    """It reaches nobody: they take no more messages from here, or nobody is left to read. Which, is not told."""

    code = "NOT_DELIVERED"


class BlockedByYou(Refusal):
    """Whoever blocks somebody writes to them again after lifting the block."""

    code = "BLOCKED_BY_YOU"


class WaitsForAnswer(Refusal):
    """Several messages in a row went unanswered: it is the other side's turn. Facts: `most`."""

    code = "WAITS_FOR_ANSWER"


class WritingStopped(Refusal):
    """Those who keep the directory stopped the actor from writing."""

    code = "WRITING_STOPPED"


class UnknownSender(Refusal):
    """An answer by mail came from an address that its person has not confirmed."""

    code = "UNKNOWN_SENDER"

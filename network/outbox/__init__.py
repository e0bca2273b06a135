"""Mail goes out through an outbox: a row in the transaction of its cause, sent afterwards by a worker.

A rule leaves a draft (`post`: which letter, about what, to whom) and is done; the worker writes the message just before
it first goes out, by the writer that a room registered for its kind. Once written it stays as it is, Message-ID
included, so that a second attempt after a crash is recognisably the same message. Delivery is at least once: a worker
killed between the server's "accepted" and our commit sends it again. Letters of a thread leave in their order.

Read `letter`, `posting`, `writing`, `delivery`.
"""

from .delivery import LEASE, MAX_ATTEMPTS, deliver_due, start_worker, work
from .letter import Letter, Picture, compose
from .posting import Draft, post, queue
from .writing import SubjectGone, opened, writer, written

__all__ = [
    "LEASE", "MAX_ATTEMPTS", "Draft", "Letter", "Picture", "SubjectGone", "compose", "deliver_due", "opened", "post",
    "queue", "start_worker", "work", "writer", "written",
]  # fmt: skip

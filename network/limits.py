"""Rate limits on what people do: counted by account and by address, in the cache that all processes share.

An account is one person and its bound is tight; behind one address may sit a hall of three thousand, all of whom
register within ten minutes, so its bound only stops machines. Logging in has limits of its own (`network.accounts`).
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass

from network import counting
from network.refusals import TooManyTries


@dataclass(frozen=True, kw_only=True)
class Budget:
    """How often one account, and one address, may do something within `seconds`."""

    account: int
    address: int
    seconds: int


BUDGETS: Mapping[str, Budget] = {
    "register": Budget(account=30, address=20_000, seconds=600),
    "upload": Budget(account=40, address=20_000, seconds=3600),
    "answer": Budget(account=60, address=20_000, seconds=600),
    "check_certificate": Budget(account=600, address=1_200, seconds=600),
    "take_out": Budget(account=20, address=2_000, seconds=3600),
    "confirm": Budget(account=10, address=2_000, seconds=600),
    "confirm_letter": Budget(account=5, address=2_000, seconds=3600),
    "directory_file": Budget(account=60, address=600, seconds=600),
    "save_entry": Budget(account=300, address=20_000, seconds=3600),
    "register_at_door": Budget(account=600, address=3_000, seconds=600),
    "enrol": Budget(account=60, address=300, seconds=600),
    "edit_entry": Budget(account=60, address=10_000, seconds=600),
    "add_people": Budget(account=30, address=10_000, seconds=3600),
    "write_message": Budget(account=30, address=3_000, seconds=3600),
    "report_message": Budget(account=20, address=2_000, seconds=3600),
    "claim": Budget(account=30, address=2_000, seconds=3600),
    "claim_letter": Budget(account=5, address=500, seconds=3600),
    "invite_colleague": Budget(account=30, address=2_000, seconds=3600),
    "answer_invitation": Budget(account=60, address=2_000, seconds=3600),
    "apply": Budget(account=20, address=2_000, seconds=3600),
    "confirm_entry": Budget(account=120, address=2_000, seconds=3600),
    "hand_on": Budget(account=20, address=10_000, seconds=3600),
    "book_hour": Budget(account=30, address=5_000, seconds=3600),
    "set_hours": Budget(account=60, address=2_000, seconds=3600),
    "choose": Budget(account=60, address=2_000, seconds=3600),
    "subscribe": Budget(account=10, address=100, seconds=3600),
}
"""By act. Adding people, handing on and booking write to people who did not ask for it."""
"""By act. `claim_letter`, `invite_colleague`, `add_people`, `hand_on` write to people who did not ask for it."""


PREFIX = "limit"


def spend(*, act: str, account: int | None, address: str, times: int = 1) -> None:
    """Count that `account` (None: nobody logged in), from `address`, does `act`.

    Raises TooManyTries (facts `seconds` and `minutes`) beyond the budget.
    Without a cache nothing is counted and nobody is stopped.
    """
    budget, now = BUDGETS[act], time.time()
    began = int(now) - int(now) % budget.seconds
    bounds = {f"{PREFIX}:{act}:address:{address}:{began}": budget.address}
    if account is not None:
        bounds[f"{PREFIX}:{act}:account:{account}:{began}"] = budget.account
    counts = counting.count(list(bounds), times=times, seconds=budget.seconds)
    if any(count > most for count, most in zip(counts, bounds.values(), strict=True)):
        seconds = began + budget.seconds - int(now)
        raise TooManyTries(seconds=seconds, minutes=-(-seconds // 60))

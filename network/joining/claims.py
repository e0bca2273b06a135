"""Claiming an entry that staff made: one claim wins, whoever comes later waits for staff.

claim()      by an address at the entry's domain that the account has confirmed
send_code()  by a letter to such an address, then `confirm()` with the code from it
confirm()    also takes a code that staff handed out (`network.joining.claim_codes`)
ask()        by staff (`network.joining.claim_decisions`)
"""

from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare

from network import people
from network.directory import index
from network.joining import claim_codes, domains, entries, letters, tokens
from network.joining.entries import Entry
from network.joining.refusals import AlreadyYours, ClaimAlreadyOpen, ClaimNotOpen, ClaimNotProven
from network.models import Claim, Membership, Organisation, Person, Profile
from network.refusals import Invalid, NotFound

DIGITS = 8
LASTS = timedelta(minutes=30)
MOST_TRIES = 5
LONGEST_NOTE = 1000


def proven_address(person: Person, entry: Entry) -> str:
    """Return the confirmed address of the person that proves a claim of the entry; "" for none."""
    confirmed = EmailAddress.objects.filter(user=person, verified=True).order_by("pk").values_list("email", flat=True)
    return next((email for email in confirmed if domains.proves(email, entry)), "")


def claim(*, entry: Entry, actor: Person, at: datetime) -> Claim:
    """Claim by a confirmed address of the account. The claim is granted, or waits if the entry has an owner.

    Raises NotFound, AlreadyYours, ClaimAlreadyOpen, ClaimNotProven.
    """
    with transaction.atomic():
        held = _claimable(entry, actor)
        email = proven_address(actor, held)
        if not email:
            raise ClaimNotProven()
        _refuse_waiting(held, actor)
        row = _pending(held, actor, at)
        row.way, row.email = Claim.Way.ADDRESS, email
        return settle(row, at=at)


def send_code(*, entry: Entry, email: str, actor: Person, language: str, at: datetime) -> Claim:
    """Send a code to an address at the entry's domain; a code that was sent before is void.

    Raises NotFound, AlreadyYours, ClaimAlreadyOpen, and Invalid at `email`: malformed, or not_its_domain (also where
    the entry's domain proves nothing).
    """
    address = people.email_cleaned(email)
    with transaction.atomic():
        held = _claimable(entry, actor)
        if not domains.proves(address, held):
            raise Invalid(field="email", reason="not_its_domain")
        _refuse_waiting(held, actor)
        code = tokens.digits(DIGITS)
        row = _pending(held, actor, at)
        row.way, row.email, row.tries = Claim.Way.LETTER, address, 0
        row.code_until = at + LASTS
        row.save()
        row.code_print = tokens.print_of(code, purpose="claim", about=row.pk)
        row.save(update_fields=["code_print"])
        letters.claim_code(entry=held, recipient=address, code=code, language=language, at=at)
    return row


def confirm(*, entry: Entry, code: str, actor: Person, at: datetime) -> Claim:
    """Claim by a code: the one from the letter, or one that staff handed out.

    Raises NotFound, AlreadyYours, ClaimAlreadyOpen, and Invalid at `code`: required, wrong, expired. Wrong tries count.
    """
    typed = tokens.bared(code)
    if not typed:
        raise Invalid(field="code", reason="required")
    with transaction.atomic():
        held = _claimable(entry, actor)
        _refuse_waiting(held, actor)
        row = _open(held, actor).filter(status=Claim.Status.PENDING).first()
        refused = _refused(row, typed, at) if typed.isdigit() else None
        if refused is None:
            if not typed.isdigit():
                claim_codes.use(entry=held, code=typed, actor=actor, at=at)
                row = _pending(held, actor, at)
                row.way, row.email = Claim.Way.CODE, ""
            assert row is not None
            return settle(row, at=at)
    raise refused  # after the wrong try is written


def ask(*, entry: Entry, note: str, actor: Person, at: datetime) -> Claim:
    """Ask staff to decide, saying why one may speak for the entry.

    Raises NotFound, AlreadyYours, ClaimAlreadyOpen, and Invalid at `note`: required, too_long.
    """
    said = note.strip()
    if not said:
        raise Invalid(field="note", reason="required")
    if len(said) > LONGEST_NOTE:
        raise Invalid(field="note", reason="too_long", limit=LONGEST_NOTE)
    with transaction.atomic():
        held = _claimable(entry, actor)
        _refuse_waiting(held, actor)
        row = _pending(held, actor, at)
        row.way, row.note = Claim.Way.STAFF, said
        return _wait(row, at)


def withdraw(*, claim_id: int, actor: Person, at: datetime) -> Claim:
    """Take one's own claim back before it is decided. Raises NotFound, ClaimNotOpen."""
    with transaction.atomic():
        row = Claim.objects.select_for_update().filter(pk=claim_id, person=actor).first()
        if row is None:
            raise NotFound()
        if row.status not in Claim.OPEN:
            raise ClaimNotOpen()
        row.status, row.decided_at, row.code_print = Claim.Status.WITHDRAWN, at, ""
        row.save()
    return row


def settle(row: Claim, *, at: datetime) -> Claim:
    """Grant what is proven, or let it wait if the entry has an owner. Called with the entry held."""
    entry = entry_of(row)
    if has_owner(entry):
        return _wait(row, at)
    try:
        with transaction.atomic():
            grant(row, at=at)
    except IntegrityError:  # the constraint knows of an owner by a claim whom we did not see
        return _wait(row, at)
    return row


has_owner = entries.has_owner
"""Named here so that a test can take this guard away."""


def grant(row: Claim, *, at: datetime) -> None:
    """Write that the claim is granted, and make the person the entry's owner."""
    row.status, row.decided_at, row.code_print = Claim.Status.GRANTED, at, ""
    row.save()
    hand_over(entry_of(row), row.person, at=at)
    letters.post("claim_granted", person=row.person, entry=entry_of(row), at=at)


def hand_over(entry: Entry, person: Person, *, at: datetime) -> None:
    """Make somebody an owner of an organisation's entry, or the one whom a person's entry is about."""
    if isinstance(entry, Organisation):
        made = {"role": Membership.Role.OWNER}
        Membership.objects.update_or_create(person=person, organisation=entry, defaults=made)
        return
    former = entry.person
    entry.person = person
    entry.save()
    index.refresh(profiles=[entry.pk])
    known = Membership.objects.filter(person=person).values("organisation")
    Membership.objects.filter(person=former).exclude(organisation__in=known).update(person=person)


def entry_of(row: Any) -> Entry:
    """Return the entry that a row is about."""
    entry: Entry = row.organisation if row.organisation_id else row.profile
    return entry


def _wait(row: Claim, at: datetime) -> Claim:
    row.status, row.code_print = Claim.Status.WAITING, ""
    row.save()
    letters.post("claim_waits", person=row.person, entry=entry_of(row), at=at)
    return row


def _claimable(entry: Entry, actor: Person) -> Entry:
    """Hold the entry; refuse whoever keeps it already, or has another entry of a person."""
    held = entries.hold_again(entry)
    if isinstance(held, Profile):
        if Profile.objects.filter(person=actor).exists():
            raise AlreadyYours()
    elif Membership.objects.filter(person=actor, organisation=held, role=Membership.Role.OWNER).exists():
        raise AlreadyYours()
    return held


def _open(entry: Entry, actor: Person) -> QuerySet[Claim]:
    rows = Claim.objects.filter(person=actor, status__in=Claim.OPEN, **entries.names(entry))
    return rows.select_related("organisation", "profile__person", "person")


def _refuse_waiting(entry: Entry, actor: Person) -> None:
    if _open(entry, actor).filter(status=Claim.Status.WAITING).exists():
        raise ClaimAlreadyOpen()


def _pending(entry: Entry, actor: Person, at: datetime) -> Claim:
    """The person's claim that waits for its code, or a new one that is not written yet."""
    row = _open(entry, actor).first()
    return row or Claim(person=actor, status=Claim.Status.PENDING, made_at=at, **entries.names(entry))


def _refused(row: Claim | None, typed: str, at: datetime) -> Invalid | None:
    """What is wrong with a code from a letter; a wrong try is written down."""
    is_good = row is not None and row.code_print and row.code_until is not None and at < row.code_until
    if row is None or not is_good or row.tries >= MOST_TRIES:
        return Invalid(field="code", reason="expired")
    if constant_time_compare(tokens.print_of(typed, purpose="claim", about=row.pk), row.code_print):
        return None
    row.tries += 1
    row.save(update_fields=["tries"])
    return Invalid(field="code", reason="wrong")

"""Subscriptions: asked for with an address, confirmed from the mailbox, chosen and left by a signed link.

Nothing but the one letter that asks to confirm is sent to an address before somebody who reads it confirmed. Whoever
has an account subscribes by their consent (`network.consents`); their row here only holds what they chose.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import Q

from network import consents, outbox
from network.consents import TEXTS, Purpose
from network.models import Consent, MailingRecipient, Person, Sector, Subscription
from network.models.person import Language
from network.newsletter import links
from network.newsletter.links import LinkNotValid
from network.outbox.posting import NOWHERE
from network.people import email_cleaned
from network.refusals import Invalid

Channel = Consent.Channel
Ended = Subscription.Ended
CONFIRM_KIND = "newsletter.confirm"
BETWEEN_LETTERS = timedelta(minutes=10)
"""Whoever types somebody's address again and again sends them no more than a letter in so long."""
UNCONFIRMED_KEPT = timedelta(days=8)
ENDED_KEPT = timedelta(days=30)
"""So long a bare address stays after the end: what comes back late must find it."""
KIND = re.compile(r"[A-Z_]{1,20}")
MOST = 20


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What somebody wants to read, and says that they are. No fields or no kinds of events: all of them."""

    sectors: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    language: str = Language.VIETNAMESE


def ask(*, email: str, choices: Choices, channel: Channel, at: datetime) -> None:
    """Somebody typed an address: a letter to it asks whether they meant it.

    Answers the same whatever is known of the address. Raises Invalid at `email` (malformed) and at `sectors`, `kinds`,
    `roles`, `language`.
    """
    address, wanted = email_cleaned(email), _checked(choices)
    with transaction.atomic():
        person = Person.objects.filter(email__iexact=address, is_active=True).first()
        row = _row_for(person, address, wanted, channel, at)
        if row is None:
            return
        outbox.post(
            [
                outbox.Draft(
                    kind=CONFIRM_KIND,
                    facts={"subscription": row.pk, "rounds": row.rounds},
                    recipient=address,
                    language=wanted.language,
                )
            ],
            at=at,
        )


def _row_for(
    person: Person | None, address: str, wanted: Choices, channel: Channel, at: datetime
) -> Subscription | None:
    """The row that is to be confirmed, made now if there is none; None if its letter went out a moment ago."""
    owner = {"person": person} if person else {"email": address}
    stated = {"language": wanted.language, "channel": channel, "asked_at": at}
    chosen = {"sectors": list(wanted.sectors), "kinds": list(wanted.kinds), "roles": list(wanted.roles)}
    rows = Subscription.objects.select_for_update()
    text = TEXTS[Purpose.NEWSLETTER].version
    row, is_new = rows.get_or_create(**owner, defaults={**stated, **chosen, "text_version": text})
    if is_new:
        return row
    if at - row.asked_at < BETWEEN_LETTERS:
        return None
    # What a stranger types must not change what a reader chose: then only the letter is asked for anew.
    news = {"asked_at": at} if is_standing(row) else {**stated, **chosen}
    for name, value in news.items():
        setattr(row, name, value)
    row.save(update_fields=list(news))
    return row


def confirm(*, token: str, at: datetime) -> Subscription:
    """Somebody who reads the mailbox confirms; once more changes nothing. Raises LinkNotValid."""
    subscription_id, rounds = links.confirmed(token)
    with transaction.atomic():
        rows = Subscription.objects.select_for_update(of=("self",)).select_related("person")
        row = rows.filter(pk=subscription_id).first()
        if row is None or row.rounds != rounds:
            raise LinkNotValid()
        person = row.person
        if person is not None:
            consents.give(
                person=person,
                purposes=[Purpose.NEWSLETTER],
                language=row.language,
                channel=Channel(row.channel),
                at=at,
            )
        row.confirmed_at = row.confirmed_at if is_standing(row) else at
        row.text_version = TEXTS[Purpose.NEWSLETTER].version
        row.ended_at, row.ended_by, row.soft_bounces = None, "", 0
        row.save()
    return row


def read(token: str) -> Subscription:
    """Return the subscription of a letter's link. Raises LinkNotValid."""
    return _of(links.opened(token).subscription_id)


def choose(*, token: str, choices: Choices) -> Subscription:
    """Keep what a reader wants to read. Raises LinkNotValid, and Invalid as `ask` does."""
    wanted = _checked(choices)
    row = read(token)
    row.sectors, row.kinds, row.roles = list(wanted.sectors), list(wanted.kinds), list(wanted.roles)
    row.language = wanted.language
    row.save(update_fields=["sectors", "kinds", "roles", "language"])
    return row


def leave(*, token: str, at: datetime) -> Subscription:
    """A reader leaves, at once and for good; once more changes nothing. Raises LinkNotValid."""
    link = links.opened(token)
    with transaction.atomic():
        row = _of(link.subscription_id)
        was_standing = is_standing(row)
        end(row, Ended.LEFT, at=at)
        if was_standing and link.mailing_id:
            received = MailingRecipient.objects.filter(mailing_id=link.mailing_id, subscription=row, left_at=None)
            received.update(left_at=at)
    return row


def end(row: Subscription, why: str, *, at: datetime) -> None:
    """Send nothing more. Whoever left or complained has withdrawn; whose mailbox is dead has not said anything."""
    if row.person is not None and why != Ended.BOUNCED:
        consents.withdraw(person=row.person, purpose=Purpose.NEWSLETTER, at=at)
    # Somebody with an account may have agreed again since their row last ended.
    if row.ended_at is None or (row.person is not None and row.ended_by != why):
        row.ended_at, row.ended_by, row.rounds = at, why, row.rounds + 1
        row.save(update_fields=["ended_at", "ended_by", "rounds"])


def of_person(*, person: Person, at: datetime) -> Subscription:
    """Return the row that holds what somebody with an account chose, made now if there is none."""
    defaults = {"language": person.preferred_language, "asked_at": at}
    return Subscription.objects.get_or_create(person=person, defaults=defaults)[0]


def is_standing(row: Subscription) -> bool:
    """Whether the next issue goes to them."""
    if row.person is not None:
        return row.person.is_active and Purpose.NEWSLETTER in consents.standing(row.person) and not _is_dead(row)
    return row.confirmed_at is not None and row.ended_at is None


def _is_dead(row: Subscription) -> bool:
    return row.ended_by == Ended.BOUNCED


def forget_old(*, at: datetime) -> int:
    """Forget bare addresses that nobody confirmed, and those that left a month ago; return how many. A chore."""
    unconfirmed = Subscription.objects.filter(
        person=None, confirmed_at=None, asked_at__lt=at - UNCONFIRMED_KEPT, received=None
    )
    count: int = unconfirmed.delete()[0]
    left = Subscription.objects.filter(Q(ended_at__lt=at - ENDED_KEPT), person=None).exclude(email__endswith=NOWHERE)
    for row in left:
        forget(row)
        count += 1
    return count


def forget(row: Subscription) -> None:
    """Leave nobody in the row; that a letter went to somebody stays a number."""
    row.email = f"{uuid4().hex}{NOWHERE}" if row.person_id is None else ""
    row.sectors, row.kinds, row.roles = [], [], []
    row.save()


def _of(subscription_id: int) -> Subscription:
    row = Subscription.objects.select_related("person").filter(pk=subscription_id).first()
    if row is None or row.email.endswith(NOWHERE):
        raise LinkNotValid()
    return row


def _checked(choices: Choices) -> Choices:
    known = set(Sector.objects.values_list("code", flat=True))
    _refuse_unknown("sectors", choices.sectors, lambda code: code in known)
    _refuse_unknown("kinds", choices.kinds, lambda kind: KIND.fullmatch(kind) is not None)
    _refuse_unknown("roles", choices.roles, lambda role: role in Subscription.Role.values)
    _refuse_unknown("language", (choices.language,), lambda language: language in Language.values)
    return Choices(
        sectors=_once(choices.sectors),
        kinds=_once(choices.kinds),
        roles=_once(choices.roles),
        language=choices.language,
    )


def _refuse_unknown(field: str, values: Iterable[str], is_known: Callable[[str], bool]) -> None:
    listed = list(values)
    if len(listed) > MOST:
        raise Invalid(field=field, reason="too_many", most=MOST)
    if not all(is_known(value) for value in listed):
        raise Invalid(field=field, reason="unknown")


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(value) for value in values))

"""The wording of refusals, in the active language: said at the doors, written in one place.

`word(refusal)` looks the code up here; the facts fill the gaps. A code without wording fails a test.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.refusals import Refusal

WORDING: Mapping[str, Any] = {
    "NOT_PERMITTED": gettext_lazy("You may not do this. Log in with the account that has this role."),
    "NOT_FOUND": gettext_lazy("This does not exist, or no longer."),
    "CONSENT_REQUIRED": gettext_lazy("To register you, we need your consent to use your data for the event."),
    "TOO_MANY_TRIES": gettext_lazy("That was very often in a short time. Try again in %(minutes)s minutes."),
    "IDEMPOTENCY_KEY_REUSED": gettext_lazy("This key was sent before with another request. Choose a new one."),
    "TOO_MANY_LISTS": gettext_lazy("You keep %(most)s lists already. Throw one away first."),
    "LAST_ADMINISTRATOR": gettext_lazy("You are the last administrator. Give somebody else this right first."),
    "ALREADY_RELATED": gettext_lazy("The directory tells of this relationship already."),
    "RELATIONSHIP_ENDED": gettext_lazy("This relationship ended before, on %(until)s."),
    "CLAIM_NOT_PROVEN": gettext_lazy(
        "None of your confirmed addresses is at this entry's domain. Name one there, or ask us to decide."
    ),
    "CLAIM_ALREADY_OPEN": gettext_lazy(
        "You have claimed this entry before. We are looking at it and will write to you."
    ),
    "ALREADY_YOURS": gettext_lazy("You keep this entry already, or have an entry of your own."),
    "CLAIM_NOT_OPEN": gettext_lazy("This claim was decided or taken back meanwhile."),
    "INVITATION_GONE": gettext_lazy(
        "This invitation was answered or taken back, or it has expired. Ask for a new one."
    ),
    "ALREADY_COLLEAGUE": gettext_lazy("Whoever has this address belongs to the organisation already."),
    "ALREADY_INVITED": gettext_lazy(
        "This address is invited already. Take that invitation back first to send another."
    ),
    "LAST_OWNER": gettext_lazy("An entry keeps at least one owner. Make somebody else an owner first."),
    "TOO_MANY_COLLEAGUES": gettext_lazy("An organisation has room for %(most)s people and open invitations."),
    "APPLICATION_NOT_IN_STATE": gettext_lazy("The application has moved on meanwhile. Load the page again."),
    "ALREADY_APPLIED": gettext_lazy("Your application of this kind is still open. Complete that one."),
    "LOOKS_LIKE_ANOTHER": gettext_lazy(
        "The directory has entries that look like this one. Claim one of them, or say that yours is another."
    ),
    "CANNOT_MERGE": gettext_lazy("Choose two different entries of which neither was merged before."),
    "LINK_NOT_VALID": gettext_lazy("This link is incomplete or no longer good. Log in to confirm the entry."),
    "INVALID.not_its_domain": gettext_lazy(
        "This address does not show that you speak for the entry. Name one at its own domain, or ask us to decide."
    ),
    "INVALID.in_use": gettext_lazy("Another entry has this already. Claim that one, or ask us."),
    "INVALID.not_a_web_address": gettext_lazy("Write the whole web address, like “https://example.org”."),
    "CHANGE_NOT_WAITING": gettext_lazy("This change does not wait any more: somebody has decided or taken it back."),
    "CHANGE_AMENDED": gettext_lazy("Its author has amended this change meanwhile. Read it again."),
    "ENTRY_MOVED": gettext_lazy("The entry says something else by now. Look at the marked fields again."),
    "DIRECTORY_CONSENT_REQUIRED": gettext_lazy("To be shown in the directory, you need to agree to it first."),
    "EVENT_NOT_FOUND": gettext_lazy("There is no such event."),
    "EVENT_FULL": gettext_lazy("Every place is taken. Look at the other dates of the programme."),
    "REGISTRATION_NOT_YET_OPEN": gettext_lazy("Registration opens at %(opens_at)s."),
    "REGISTRATION_CLOSED": gettext_lazy("Registration for this event is closed."),
    "ALREADY_REGISTERED": gettext_lazy("You already have a ticket for this event. It is under “My tickets”."),
    "REGISTRATION_NOT_FOUND": gettext_lazy("There is no such registration in your account."),
    "REGISTRATION_NOT_ACTIVE": gettext_lazy("This registration was cancelled before."),
    "TOO_LATE_TO_CANCEL": gettext_lazy("The place can no longer be given back: the event is over or you are in."),
    "TICKET_TYPE_NOT_OFFERED": gettext_lazy("This kind of ticket is not on offer now. Choose another."),
    "TICKET_TYPE_IN_USE": gettext_lazy(
        "People registered for it, a check-in list names it, or it is the only one: withdraw it."
    ),
    "TOO_MANY_PLACES": gettext_lazy("One registration may have at most %(most)s places of this kind."),
    "INVITATION_NOT_VALID": gettext_lazy("This invitation is not valid: used up, expired, or for another event."),
    "REGISTRATION_NOT_IN_STATE": gettext_lazy("This cannot be done any more: the registration has changed meanwhile."),
    "OFFER_EXPIRED": gettext_lazy("The place was kept for you until %(expired_at)s and has gone to the next."),
    "TICKET_NOT_FOUND": gettext_lazy("There is no such ticket in your account."),
    "TICKET_NOT_VALID": gettext_lazy("This ticket was given back, used or handed on before."),
    "TOO_LATE_TO_CHANGE": gettext_lazy("Answers could be changed until %(until)s. Ask the organiser."),
    "NO_FEE": gettext_lazy("There is no fee to be marked, or it is marked already."),
    "TOO_MANY_FILES": gettext_lazy("You have uploaded many files today. Send the form first, or come back tomorrow."),
    "AUDIENCE_CHANGED": gettext_lazy("There are %(recipients)s people in this group now, not %(expected)s."),
    "NOBODY_TO_WRITE_TO": gettext_lazy("Nobody is in this group. Choose another filter."),
    "NEWSLETTER_LINK_NOT_VALID": gettext_lazy(
        "This link is incomplete or no longer good. Ask for the newsletter once more."
    ),
    "MAILING_NOT_IN_STATE": gettext_lazy("This cannot be done any more: the issue has gone on meanwhile."),
    "CAPACITY_BELOW_TAKEN": gettext_lazy("%(taken)s places are taken already. Choose at least that many."),
    "EVENT_NOT_IN_STATE": gettext_lazy("This cannot be done any more: the state of the event has changed."),
    "CHECKIN_LIST_NOT_FOUND": gettext_lazy("You are not on duty at this event. Ask the organiser for the role."),
    "CHECKIN_LIST_IN_USE": gettext_lazy("It cannot be removed: it was scanned at, or a list or a phone depends on it."),
    "GATE_IN_USE": gettext_lazy("It cannot be removed: it was scanned at, or a check-in list names it."),
    "ENROLMENT_NOT_VALID": gettext_lazy("This code is not good any more. Ask the organiser to show a new one."),
    "GATE_DEVICE_NOT_FOUND": gettext_lazy("This phone is not in use at the doors any more."),
    "SCAN_NOT_FOUND": gettext_lazy("There is no such check-in from this device."),
    "TOO_LATE_TO_ANNUL": gettext_lazy("A check-in can be taken back within %(minutes)s minutes. Ask the organiser."),
    "NONCE_REUSED": gettext_lazy("This scan was already sent with another code. Scan again."),
    "NOBODY_THERE": gettext_lazy("There is nobody yet whom this could be done for."),
    "EVENT_NOT_OVER": gettext_lazy("This can be done once the event is over, from %(ends_at)s."),
    "NOT_ATTENDED": gettext_lazy("Nobody was let in with this ticket."),
    "CERTIFICATE_NOT_FOUND": gettext_lazy("There is no such certificate."),
    "CERTIFICATE_REVOKED": gettext_lazy("This certificate was revoked at %(revoked_at)s."),
    "NOT_VERIFIED": gettext_lazy("Confirm your e-mail address first: then answers can reach you."),
    "TAKES_NO_MESSAGES": gettext_lazy("This entry takes no messages."),
    "OWN_ENTRY": gettext_lazy("This is your own entry."),
    "NOT_DELIVERED": gettext_lazy("Your message could not be delivered. Nobody got it."),
    "BLOCKED_BY_YOU": gettext_lazy("You blocked this conversation. Lift the block to write again."),
    "WAITS_FOR_ANSWER": gettext_lazy("You wrote %(most)s messages without an answer. Wait until they write back."),
    "WRITING_STOPPED": gettext_lazy("Your messages were stopped after a report. Write to us if this is a mistake."),
    "UNKNOWN_SENDER": gettext_lazy(
        "The answer came from an address that is not confirmed in your account. Write from one that is."
    ),
    "ALREADY_SETTLED": gettext_lazy("Somebody else has settled this report meanwhile."),
    "INVALID.too_many_links": gettext_lazy("A message takes at most %(most)s links. Say in words what it is about."),
    "INVALID.no_attachments": gettext_lazy(
        "Your words were passed on, your files were not: messages carry text alone."
    ),
    "INVALID.full": gettext_lazy("There is no more room: %(most)s at most."),
    "MENTOR_NOT_BOOKABLE": gettext_lazy("This mentor takes no bookings now. Look at the other mentors."),
    "SLOT_TAKEN": gettext_lazy("This time is no longer free. Choose another one."),
    "ANOTHER_HOUR_THEN": gettext_lazy("There is another hour at this time already. Choose another one."),
    "TOO_MANY_BOOKINGS": gettext_lazy("You have %(most)s hours to come, and that is the most. Cancel one first."),
    "OWN_HOUR": gettext_lazy("These are your own hours."),
    "BOOKING_NOT_FOUND": gettext_lazy("There is no such hour in your account."),
    "BOOKING_NOT_STANDING": gettext_lazy("This cannot be done any more: the hour was cancelled or is done with."),
    "BOOKING_BEGUN": gettext_lazy("The hour has begun: it can be neither moved nor cancelled."),
    "BOOKING_NOT_OVER": gettext_lazy("This can be done from %(from_at)s."),
    "TOO_LATE_FOR_NO_SHOW": gettext_lazy("This could be said within %(days)s days."),
    "FEEDBACK_GIVEN": gettext_lazy("You have said what you thought of this hour already."),
    "INVALID.nowhere_to_meet": gettext_lazy("Say where you meet: a link, or a place."),
    "INVALID.overlaps": gettext_lazy("This overlaps another row of the same day."),
    "INVALID.not_a_calendar": gettext_lazy("This is no calendar that can be read. Export an .ics file once more."),
    "INVALID.required": gettext_lazy("Please fill this in."),
    "INVALID.too_long": gettext_lazy("This is too long: at most %(limit)s characters."),
    "INVALID.unknown": gettext_lazy("This choice does not exist. Choose from the list."),
    "INVALID.before_start": gettext_lazy("The end must be after the start."),
    "INVALID.before_opening": gettext_lazy("Registration must close after it opens."),
    "INVALID.malformed": gettext_lazy("Write it like “%(example)s”."),
    "INVALID.not_a_name": gettext_lazy("Write the name as it should stand on your ticket, in letters only."),
    "INVALID.past": gettext_lazy("This lies in the past. Choose a later time."),
    "INVALID.leads": gettext_lazy("Other questions wait for this answer. Change those first."),
    "INVALID.wrong": gettext_lazy("This does not match. Look again, or have a new code sent."),
    "INVALID.expired": gettext_lazy("This code is no longer good. Have a new one sent."),
    "INVALID.negative": gettext_lazy("This cannot be less than zero."),
    "INVALID.repeated": gettext_lazy("This stands here twice."),
    "INVALID.out_of_range": gettext_lazy("Choose a number from %(least)s to %(most)s."),
    "INVALID.below_least": gettext_lazy("The upper limit must not be below the lower one."),
    "INVALID.circle": gettext_lazy("These questions would wait for one another. Choose another one."),
    "INVALID.circle_of_lists": gettext_lazy("These lists would wait for one another. Choose another one."),
    "INVALID.itself": gettext_lazy("This is the list itself. Choose another one."),
    "INVALID.not_with_multiple": gettext_lazy("Not together with “any number of times”."),
    "INVALID.of_the_event": gettext_lazy("The event’s own list is for the event as a whole."),
    "INVALID.fixed": gettext_lazy("This was answered already and cannot be another kind. Add a new question."),
    "INVALID.too_short": gettext_lazy("Please write at least %(least)s characters."),
    "INVALID.too_many": gettext_lazy("Choose at most %(most)s."),
    "INVALID.too_few": gettext_lazy("Choose at least %(least)s."),
    "INVALID.too_big": gettext_lazy("The file is too big: at most %(megabytes)s MB."),
    "INVALID.unknown_kind": gettext_lazy("Hand in a PDF, a picture (JPEG, PNG) or an Office document."),
    "INVALID.too_many_rows": gettext_lazy("The file has more than %(most)s rows. Split it."),
    "INVALID.not_asked": gettext_lazy("This is not asked of whoever has this kind of ticket."),
    "INVALID.no_column": gettext_lazy("The file has no such column. The first row names the columns."),
    "INVALID.same_as_row": gettext_lazy("The same address stands in row %(row)s."),
    "INVALID.unreadable": gettext_lazy("This could not be read. Please write it anew."),
    "INVALID.unknown_placeholder": gettext_lazy(
        "%(placeholder)s is no placeholder of this letter. There are: %(known)s."
    ),
    "INVALID.stray_braces": gettext_lazy("Braces are only for this letter's placeholders: %(known)s."),
    "INVALID.format_code": gettext_lazy(
        "“%(code)s” is a code that readers would see as it stands. Placeholders are: %(known)s."
    ),
    "INVALID.markup": gettext_lazy("Plain text only: no HTML tags or codes."),
    "INVALID.control_character": gettext_lazy(
        "There is an invisible character in it. Type the text anew instead of pasting it."
    ),
    "INVALID.one_line": gettext_lazy("A subject is one line."),
    "INVALID.same_organisation": gettext_lazy("Row %(row)s is about the same organisation."),
    "INVALID.taken_by_another": gettext_lazy("“%(name)s” has this already."),
    "INVALID.with_itself": gettext_lazy("Nobody has a relationship with themselves. Choose another one."),
    "INVALID.one_source": gettext_lazy("Choose either an organisation or a person."),
    "INVALID.taken": gettext_lazy("“%(value)s” is taken by another event."),
    "INVALID.taken_entry": gettext_lazy("“%(value)s” is the tax code of another entry."),
    "INVALID.fixed_visibility": gettext_lazy("This is what the directory consists of: everybody sees it."),
    "INVALID.no_picture": gettext_lazy("This is no picture that we can read. Choose a JPEG, PNG or WebP."),
    "INVALID.too_many_pixels": gettext_lazy("The picture is too large: at most %(megapixels)s megapixels."),
    "INVALID.expired_picture": gettext_lazy("This picture is not kept any longer. Upload it again."),
}


def key(refusal: Refusal) -> str:
    """Return the name under which a refusal is worded."""
    return f"{refusal.code}.{refusal.facts['reason']}" if refusal.code == "INVALID" else refusal.code


def word(refusal: Refusal) -> str:
    """Return what to tell the person, in the active language."""
    return word_by_key(key(refusal), refusal.facts)


def word_by_key(name: str, facts: Mapping[str, Any]) -> str:
    """Return the wording of that name (`key`), its gaps filled with the facts, in the active language."""
    wording = WORDING.get(name)
    if wording is None:
        return _("This did not work. Please try again.")
    return str(wording) % {fact: _said(value) for fact, value in facts.items()}


def _said(value: object) -> object:
    if isinstance(value, datetime):
        return formats.date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, date):
        return formats.date_format(value)
    return value

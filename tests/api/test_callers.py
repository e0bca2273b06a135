"""Every operation as every kind of caller; the table below covers the schema, or a test fails."""

import re

import pytest
from asgiref.sync import sync_to_async
from django.db import transaction

from api.schema import schema
from network.doors import Permission
from tests.api.operations import MUTATIONS, QUERIES, SUBSCRIPTIONS, world
from tests.api.sockets import ORIGIN, Socket

PHONES = ["phone", "other_phone"]
"""Gate phones, of this event and of another: strangers everywhere but at doors."""

CALLERS = ["anonymous", "attendee", "mentor", "door", "organiser", "editor", "reviewer", *PHONES]
OK, NOBODY = "OK", "UNAUTHENTICATED"


def everybody(outcome, **others):
    if "anonymous" in others:
        others = dict.fromkeys(PHONES, others["anonymous"]) | others
    return {caller: others.get(caller, outcome) for caller in CALLERS}


def door(outcome, **others):
    """Of a door: strangers do not pass, a phone of the event does, and one of another event meets `outcome`."""
    return everybody(outcome, anonymous=NOBODY, phone=OK, other_phone=outcome) | others


PUBLIC = everybody(OK)
SIGNED_IN = everybody(OK, anonymous=NOBODY)

EXPECTED = {
    "me": PUBLIC,
    "events": PUBLIC,
    "event": PUBLIC,
    "seriesList": PUBLIC,
    "series": PUBLIC,
    "organisations": PUBLIC,
    "organisation": PUBLIC,
    "mentors": PUBLIC,
    "mentor": PUBLIC,
    "person": PUBLIC,
    "compareFunds": PUBLIC,
    "networkNumbers": PUBLIC,
    "organisationFacets": PUBLIC,
    "people": PUBLIC,
    "peopleFacets": PUBLIC,
    "directorySearch": PUBLIC,
    "savedLists": SIGNED_IN,
    "sharedList": PUBLIC,
    "saveEntry": SIGNED_IN,
    "removeSavedEntry": everybody("NOT_FOUND", attendee=OK, anonymous=NOBODY),
    "shareList": everybody("NOT_FOUND", attendee=OK, anonymous=NOBODY),
    "deleteList": everybody("NOT_FOUND", attendee=OK, anonymous=NOBODY),
    "sectors": PUBLIC,
    "news": PUBLIC,
    "page": PUBLIC,
    "campaigns": PUBLIC,
    "site": PUBLIC,
    "redirect": PUBLIC,
    "pagePreview": PUBLIC,
    "createPagePreview": everybody("NOT_PERMITTED", anonymous=NOBODY),
    "myTickets": SIGNED_IN,
    "myDoorEvents": SIGNED_IN,
    "ticket": everybody("NULL", attendee=OK, anonymous=NOBODY),
    "checkInBoard": everybody("FORBIDDEN", organiser=OK, anonymous=NOBODY),
    "registrationForm": PUBLIC,
    "consentTexts": PUBLIC,
    "newsletters": PUBLIC,
    "newsletterChoices": PUBLIC,
    "subscribeToNewsletter": PUBLIC,
    "confirmNewsletter": PUBLIC,
    "chooseNewsletter": PUBLIC,
    "leaveNewsletter": PUBLIC,
    "myRegistrations": SIGNED_IN,
    "myConsents": SIGNED_IN,
    "myData": SIGNED_IN,
    "myRegistration": everybody("NULL", attendee=OK, anonymous=NOBODY),
    "registrations": everybody("FORBIDDEN", organiser=OK, anonymous=NOBODY),
    "registration": everybody("NULL", organiser=OK, anonymous=NOBODY),
    "deskCounts": everybody("FORBIDDEN", organiser=OK, anonymous=NOBODY),
    "messageRecipients": everybody("FORBIDDEN", organiser=OK, anonymous=NOBODY),
    "acceptOffer": everybody("REGISTRATION_NOT_FOUND", attendee=OK, anonymous=NOBODY),
    "declineOffer": everybody("REGISTRATION_NOT_FOUND", attendee=OK, anonymous=NOBODY),
    "changeAnswers": everybody("REGISTRATION_NOT_FOUND", attendee=OK, organiser=OK, anonymous=NOBODY),
    "addPeople": everybody("REGISTRATION_NOT_FOUND", attendee=OK, organiser=OK, anonymous=NOBODY),
    "leaveGroup": everybody("REGISTRATION_NOT_FOUND", attendee=OK, organiser=OK, anonymous=NOBODY),
    "transferTicket": everybody("TICKET_NOT_FOUND", attendee=OK, anonymous=NOBODY),
    "approveRegistration": everybody("REGISTRATION_NOT_FOUND", organiser=OK, anonymous=NOBODY),
    "rejectRegistration": everybody("REGISTRATION_NOT_FOUND", organiser=OK, anonymous=NOBODY),
    "moveRegistration": everybody("REGISTRATION_NOT_FOUND", organiser=OK, anonymous=NOBODY),
    "resendTickets": everybody("REGISTRATION_NOT_FOUND", organiser=OK, anonymous=NOBODY),
    "markFeeReceived": everybody("REGISTRATION_NOT_FOUND", door=OK, organiser=OK, anonymous=NOBODY),
    "registerOnBehalf": everybody("NOT_PERMITTED", organiser=OK, anonymous=NOBODY),
    "messageAttendees": everybody("NOT_PERMITTED", organiser=OK, anonymous=NOBODY),
    "giveConsent": SIGNED_IN,
    "withdrawConsent": SIGNED_IN,
    "sendDeletionCode": SIGNED_IN,
    "deleteMe": SIGNED_IN,
    "register": everybody(OK, attendee="ALREADY_REGISTERED", anonymous=NOBODY),
    "cancelRegistration": everybody("REGISTRATION_NOT_FOUND", attendee=OK, organiser=OK, anonymous=NOBODY),
    "redeem": door("CHECKIN_LIST_NOT_FOUND", door=OK, organiser=OK),
    "admitParty": door("SCAN_NOT_FOUND", door=OK, phone="SCAN_NOT_FOUND"),
    "uploadScans": door("CHECKIN_LIST_NOT_FOUND", door=OK, organiser=OK),
    "doorSnapshot": door("CHECKIN_LIST_NOT_FOUND", door=OK, organiser=OK),
    "doorChanges": door("CHECKIN_LIST_NOT_FOUND", door=OK, organiser=OK),
    "checkInConflicts": everybody("FORBIDDEN", organiser=OK, anonymous=NOBODY),
    "settleCheckIn": everybody("SCAN_NOT_FOUND", organiser=OK, anonymous=NOBODY),
    "annul": door("SCAN_NOT_FOUND", door=OK, phone="SCAN_NOT_FOUND"),
    "doorSearch": door("CHECKIN_LIST_NOT_FOUND", door=OK, organiser=OK),
    "registerAtDoor": door("CHECKIN_LIST_NOT_FOUND", door=OK, organiser=OK),
    "thisDevice": everybody("NULL", anonymous=NOBODY, phone=OK, other_phone=OK),
    "enrolDevice": PUBLIC,
    "reportDevice": everybody("GATE_DEVICE_NOT_FOUND", anonymous=NOBODY, phone=OK, other_phone="INVALID"),
    "leaveDevice": everybody("GATE_DEVICE_NOT_FOUND", anonymous=NOBODY, phone=OK, other_phone=OK),
    "mentorHours": PUBLIC,
    "myBookings": SIGNED_IN,
    "myMentorHours": everybody("NULL", mentor=OK, anonymous=NOBODY),
    "bookHour": everybody(OK, mentor="OWN_HOUR", anonymous=NOBODY),
    "rescheduleBooking": everybody("BOOKING_NOT_FOUND", attendee=OK, mentor=OK, anonymous=NOBODY),
    "cancelBooking": everybody("BOOKING_NOT_FOUND", attendee=OK, mentor=OK, anonymous=NOBODY),
    "markNoShow": everybody("BOOKING_NOT_FOUND", attendee=OK, mentor=OK, anonymous=NOBODY),
    "keepBookingNotes": everybody("BOOKING_NOT_FOUND", attendee=OK, mentor=OK, anonymous=NOBODY),
    "giveFeedback": everybody("BOOKING_NOT_FOUND", attendee=OK, mentor=OK, anonymous=NOBODY),
    "setMentorHours": everybody("NOT_PERMITTED", mentor=OK, anonymous=NOBODY),
    "myBookingsChanged": SIGNED_IN,
    "myProfile": everybody("NULL", mentor=OK, anonymous=NOBODY),
    "entryHistory": SIGNED_IN,
    "pendingChanges": everybody("FORBIDDEN", reviewer=OK, anonymous=NOBODY),
    "updateMyProfile": everybody("NOT_PERMITTED", mentor=OK, anonymous=NOBODY),
    "suggestions": everybody("FORBIDDEN", mentor=OK, reviewer=OK, anonymous=NOBODY),
    "dismissSuggestion": SIGNED_IN,
    "setSuggestionsOptOut": everybody("NOT_PERMITTED", mentor=OK, anonymous=NOBODY),
    "myThreads": SIGNED_IN,
    "thread": everybody("NULL", attendee=OK, mentor=OK, anonymous=NOBODY),
    "sendMessage": everybody("NOT_VERIFIED", attendee=OK, mentor="OWN_ENTRY", anonymous=NOBODY),
    "replyToThread": everybody("NOT_FOUND", attendee=OK, mentor=OK, anonymous=NOBODY),
    "markThreadRead": everybody("NOT_FOUND", attendee=OK, mentor=OK, anonymous=NOBODY),
    "blockSender": everybody("NOT_FOUND", attendee=OK, mentor=OK, anonymous=NOBODY),
    "reportMessage": everybody("NOT_FOUND", mentor=OK, anonymous=NOBODY),
    "myApplications": SIGNED_IN,
    "similarOrganisations": SIGNED_IN,
    "claimEntry": SIGNED_IN,
    "confirmClaim": SIGNED_IN,
    "inviteColleague": everybody("NOT_PERMITTED", attendee=OK, anonymous=NOBODY),
    "acceptInvitation": SIGNED_IN,
    "declineInvitation": SIGNED_IN,
    "confirmEntry": everybody("NOT_PERMITTED", attendee=OK, anonymous=NOBODY),
    "proposeOrganisation": SIGNED_IN,
    "applyToJoin": SIGNED_IN,
    "withdrawApplication": everybody("NOT_FOUND", attendee=OK, anonymous=NOBODY),
    "updateOrganisation": everybody("NOT_PERMITTED", mentor=OK, anonymous=NOBODY),
    "withdrawChange": everybody("NOT_FOUND", mentor=OK, anonymous=NOBODY),
    "undoChange": everybody("NOT_PERMITTED", mentor=OK, reviewer=OK, anonymous=NOBODY),
    "reviewChange": everybody("NOT_PERMITTED", reviewer=OK, anonymous=NOBODY),
    "eventCounter": PUBLIC,
    "checkIns": door("FORBIDDEN", door=OK, organiser=OK),
    "eventStatistics": everybody("FORBIDDEN", organiser=OK, anonymous=NOBODY),
}
LIVE = EXPECTED | {"myRegistration": everybody("REGISTRATION_NOT_FOUND", attendee=OK, anonymous=NOBODY)}
"""Where a stream and a query bear the same name, what the stream answers."""

HTTP = {**QUERIES, **MUTATIONS}
NULLABLE = {"myMentorHours", "myProfile", "thisDevice", "thread", "ticket", "registration", "myRegistration"}


def root_fields():
    types = schema.graphql_schema
    for kind in (types.query_type, types.mutation_type, types.subscription_type):
        for name, field in kind.fields.items():
            yield name, field.subscribe if kind is types.subscription_type else field.resolve


def used(query, variables):
    return {name: value for name, value in variables.items() if re.search(rf"\${name}\b", query)}


def outcome(name, answer):
    """OK, NULL, or the code of the refusal, wherever it stands."""
    if answer.get("errors"):
        return answer["errors"][0]["extensions"]["code"]
    found = answer["data"][name]
    if isinstance(found, dict) and found.get("errors"):
        return found["errors"][0]["code"]
    return "NULL" if found is None and name in NULLABLE else OK


def test_every_root_field_declares_its_permission():
    assert [
        name for name, resolver in root_fields() if not isinstance(getattr(resolver, "permission", None), Permission)
    ] == []


def test_the_tables_cover_the_schema():
    names = {name for name, _resolver in root_fields()}
    assert names == set(EXPECTED)
    assert names == {*QUERIES, *MUTATIONS, *SUBSCRIPTIONS}


@pytest.mark.parametrize("name", [name for name, _ in root_fields()])
def test_what_is_declared_is_what_strangers_meet(name):
    declared = {name: resolver.permission for name, resolver in root_fields()}[name]
    assert (EXPECTED[name]["anonymous"] == OK) == (declared is Permission.PUBLIC)


@pytest.mark.django_db
@pytest.mark.usefixtures("today")
@pytest.mark.parametrize("name", list(HTTP))
def test_over_http(name, client, post):
    """Each caller finds the same world: what the one before did is undone."""
    made, told, answers = world(), {}, {}
    callers = CALLERS
    for caller in callers:
        before = transaction.savepoint()
        client.logout()
        if made.callers.get(caller):
            client.force_login(made.callers[caller])
        headers = {"X-Device-Token": made.phones[caller].token} if caller in PHONES else {}
        answers[caller] = post(HTTP[name], used(HTTP[name], made.variables), **headers).json()
        told[caller] = outcome(name, answers[caller])
        transaction.savepoint_rollback(before)
    assert told == {caller: EXPECTED[name][caller] for caller in callers}, answers


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("today")
@pytest.mark.parametrize("caller", CALLERS)
@pytest.mark.parametrize("name", list(SUBSCRIPTIONS))
async def test_over_websocket(name, caller, client, settings):
    made = await sync_to_async(world)()
    headers = [ORIGIN]
    payload = {"deviceToken": made.phones[caller].token} if caller in PHONES else {}
    if made.callers.get(caller):
        await sync_to_async(client.force_login)(made.callers[caller])
        headers.append((b"cookie", f"{settings.SESSION_COOKIE_NAME}={client.session.session_key}".encode()))
    variables = await sync_to_async(lambda: made.variables)()
    async with Socket(*headers) as socket:
        await socket.init(**payload)
        await socket.subscribe(SUBSCRIPTIONS[name], **used(SUBSCRIPTIONS[name], variables))
        message = await socket.hear()
    code = message["payload"][0]["extensions"]["code"] if message["type"] == "error" else OK
    assert code == LIVE[name][caller], message


@pytest.mark.django_db
@pytest.mark.usefixtures("today")
@pytest.mark.parametrize(("name", "code"), [("checkInBoard", "FORBIDDEN"), ("redeem", "CHECKIN_LIST_NOT_FOUND")])
def test_a_role_at_one_event_is_none_at_another(name, code, client, post):
    made, other = world(), world()
    client.force_login(other.callers["organiser"])
    assert outcome(name, post(HTTP[name], used(HTTP[name], made.variables)).json()) == code


@pytest.mark.django_db
@pytest.mark.usefixtures("today")
def test_without_the_guard_a_stranger_would_get_in(client, post, monkeypatch):
    """Control: it is the declaration that turns strangers away."""
    assert outcome("myDoorEvents", post(QUERIES["myDoorEvents"]).json()) == NOBODY
    monkeypatch.setattr("api.permission.admit", lambda permission, info: None)
    assert outcome("myDoorEvents", post(QUERIES["myDoorEvents"]).json()) == OK

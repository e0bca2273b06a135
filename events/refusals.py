"""What the rules of events refuse. Codes are part of the API; wording is given at the doors."""

from network.refusals import Refusal


class EventNotFound(Refusal):
    """There is no such event, or the actor may not know of it."""

    code = "EVENT_NOT_FOUND"


class EventFull(Refusal):
    """Every place is taken."""

    code = "EVENT_FULL"


class TicketTypeNotOffered(Refusal):
    """There is no such ticket type, it is not on offer now, or it is by invitation only."""

    code = "TICKET_TYPE_NOT_OFFERED"
    field = "ticket_type_id"


class TicketTypeInUse(Refusal):
    """Somebody registered for it: it can be withdrawn from offer, not removed. An event keeps at least one."""

    code = "TICKET_TYPE_IN_USE"


class TooManyPlaces(Refusal):
    """One registration may not have so many places. Facts: `most`."""

    code = "TOO_MANY_PLACES"
    field = "companions"


class InvitationNotValid(Refusal):
    """The code is unknown, used up, revoked, expired, or for something else."""

    code = "INVITATION_NOT_VALID"
    field = "invitation"


class RegistrationNotInState(Refusal):
    """The registration is not in a state in which this can be done. Facts: `status`."""

    code = "REGISTRATION_NOT_IN_STATE"


class OfferExpired(Refusal):
    """The offered place was not accepted in time. Facts: `expired_at`."""

    code = "OFFER_EXPIRED"


class TicketNotFound(Refusal):
    """There is no such ticket, or it is somebody else's."""

    code = "TICKET_NOT_FOUND"


class TicketNotValid(Refusal):
    """The ticket was given back, or has been let in: it cannot be handed on."""

    code = "TICKET_NOT_VALID"


class TooLateToChange(Refusal):
    """The deadline has passed. Facts: `until`."""

    code = "TOO_LATE_TO_CHANGE"


class TooManyFiles(Refusal):
    """Too many files wait for an answer to name them."""

    code = "TOO_MANY_FILES"
    field = "file"


class NoFee(Refusal):
    """There is no fee to be marked, or it is marked already."""

    code = "NO_FEE"


class RegistrationNotYetOpen(Refusal):
    """Registration opens later. Facts: `opens_at`."""

    code = "REGISTRATION_NOT_YET_OPEN"


class RegistrationClosed(Refusal):
    """Registration is over, or the event is cancelled or postponed."""

    code = "REGISTRATION_CLOSED"


class AlreadyRegistered(Refusal):
    """The person holds an active registration. Facts: `registration_id`."""

    code = "ALREADY_REGISTERED"


class RegistrationNotFound(Refusal):
    """There is no such registration, or it is somebody else's."""

    code = "REGISTRATION_NOT_FOUND"


class RegistrationNotActive(Refusal):
    """The registration was already cancelled or has ended."""

    code = "REGISTRATION_NOT_ACTIVE"


class TooLateToCancel(Refusal):
    """The event is over or cancelled, or the ticket was let in already: there is no place to give back."""

    code = "TOO_LATE_TO_CANCEL"


class CapacityBelowTaken(Refusal):
    """More places are taken than the new capacity has. Facts: `taken`."""

    code = "CAPACITY_BELOW_TAKEN"
    field = "capacity"


class AlreadyDecided(Refusal):
    """The event is not in a state in which this can be done. Facts: `status`."""

    code = "EVENT_NOT_IN_STATE"


class CheckInListNotFound(Refusal):
    """There is no such list, or the actor does not work at its event."""

    code = "CHECKIN_LIST_NOT_FOUND"


class CheckInListInUse(Refusal):
    """The list is the event's own, was scanned at, or another list or a phone depends on it: it cannot be removed."""

    code = "CHECKIN_LIST_IN_USE"


class GateInUse(Refusal):
    """The gate was scanned at, or a list names it: it cannot be removed."""

    code = "GATE_IN_USE"


class EnrolmentNotValid(Refusal):
    """The code of a gate phone is unknown, used, expired or revoked, or its event is over."""

    code = "ENROLMENT_NOT_VALID"
    field = "code"


class GateDeviceNotFound(Refusal):
    """There is no such gate phone in use, or the actor does not run its event."""

    code = "GATE_DEVICE_NOT_FOUND"


class ScanNotFound(Refusal):
    """There is no such admission to take back."""

    code = "SCAN_NOT_FOUND"


class TooLateToAnnul(Refusal):
    """An admission can be taken back only within 15 minutes, by the device that made it."""

    code = "TOO_LATE_TO_ANNUL"


class NonceReused(Refusal):
    """The nonce belongs to another scan: another list, code or person, or one that was taken back."""

    code = "NONCE_REUSED"
    field = "nonce"


class NobodyThere(Refusal):
    """There is nobody whom this could be done for: no valid ticket, or nobody was let in."""

    code = "NOBODY_THERE"


class EventNotOver(Refusal):
    """This can be done once the event is over. Facts: `ends_at`."""

    code = "EVENT_NOT_OVER"


class NotAttended(Refusal):
    """With this ticket nobody was let in, or the admission was taken back."""

    code = "NOT_ATTENDED"


class CertificateNotFound(Refusal):
    """There is no such certificate, or the actor may not know of it."""

    code = "CERTIFICATE_NOT_FOUND"


class CertificateRevoked(Refusal):
    """The certificate was revoked. Facts: `revoked_at`."""

    code = "CERTIFICATE_REVOKED"


class AudienceChanged(Refusal):
    """The group that a message is for is not as large as the sender counted. Facts: `expected`, `recipients`."""

    code = "AUDIENCE_CHANGED"
    field = "expected"


class NobodyToWriteTo(Refusal):
    """Nobody is in the group that a message is for."""

    code = "NOBODY_TO_WRITE_TO"

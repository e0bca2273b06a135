"""What attendees and organisers do, by what it is done to."""

import graphene

from .answers import ChangeAnswers
from .decisions import ApproveRegistration, MoveRegistration, RejectRegistration, ResendTickets
from .desk import MarkFeeReceived, RegisterOnBehalf
from .groups import AddPeople, LeaveGroup
from .messages import MessageAttendees
from .offers import AcceptOffer, DeclineOffer
from .registrations import CancelRegistration, Register
from .transfers import TransferTicket


class EventsMutation(graphene.ObjectType):
    """Acts of attendees, and those of organisers that a phone needs."""

    register = Register.Field(required=True)
    cancel_registration = CancelRegistration.Field(required=True)
    accept_offer = AcceptOffer.Field(required=True)
    decline_offer = DeclineOffer.Field(required=True)
    change_answers = ChangeAnswers.Field(required=True)
    add_people = AddPeople.Field(required=True)
    leave_group = LeaveGroup.Field(required=True)
    transfer_ticket = TransferTicket.Field(required=True)
    approve_registration = ApproveRegistration.Field(required=True)
    reject_registration = RejectRegistration.Field(required=True)
    move_registration = MoveRegistration.Field(required=True)
    resend_tickets = ResendTickets.Field(required=True)
    mark_fee_received = MarkFeeReceived.Field(required=True)
    register_on_behalf = RegisterOnBehalf.Field(required=True)
    message_attendees = MessageAttendees.Field(required=True)

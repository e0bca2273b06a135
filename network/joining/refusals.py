"""What the rules of joining refuse."""

from network.refusals import Refusal


class ClaimNotProven(Refusal):
    """None of the person's confirmed addresses is at the entry's domain."""

    code = "CLAIM_NOT_PROVEN"


class ClaimAlreadyOpen(Refusal):
    """The person has claimed this entry before, and staff have not decided yet."""

    code = "CLAIM_ALREADY_OPEN"


class AlreadyYours(Refusal):
    """The person keeps this entry already, or has an entry of their own."""

    code = "ALREADY_YOURS"


class ClaimNotOpen(Refusal):
    """The claim was decided or taken back meanwhile."""

    code = "CLAIM_NOT_OPEN"


class InvitationGone(Refusal):
    """The invitation was answered, taken back, or has expired."""

    code = "INVITATION_GONE"


class AlreadyColleague(Refusal):
    """Somebody with this address belongs to the organisation already."""

    code = "ALREADY_COLLEAGUE"


class AlreadyInvited(Refusal):
    """An open invitation to this address stands."""

    code = "ALREADY_INVITED"


class LastOwner(Refusal):
    """An organisation's entry keeps an owner: somebody else must be one first."""

    code = "LAST_OWNER"


class TooManyColleagues(Refusal):
    """The organisation has as many people and open invitations as it may. Facts: `most`."""

    code = "TOO_MANY_COLLEAGUES"


class ApplicationNotInState(Refusal):
    """The application has moved on meanwhile."""

    code = "APPLICATION_NOT_IN_STATE"


class AlreadyApplied(Refusal):
    """An application of the same kind is still open. Facts: none."""

    code = "ALREADY_APPLIED"


class LooksLikeAnother(Refusal):
    """Entries of the directory look like the proposed one: claim one of them, or say that it is another."""

    code = "LOOKS_LIKE_ANOTHER"
    field = "name"


class CannotMerge(Refusal):
    """An entry is merged once, into another one that is no merged entry itself."""

    code = "CANNOT_MERGE"


class LinkNotValid(Refusal):
    """The signed link was cut, changed, or is too old."""

    code = "LINK_NOT_VALID"

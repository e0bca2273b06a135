"""What is asked of a thing of each kind, wherever an operation meets it."""

PAGE_INFO = "pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount"
RELATION = "kind isSource label since until note sourceUrl organisation { name kind } person { name slug url }"
FACTS = (
    "fundFacts { ticketMin ticketMax currency stages offices hasLocalOffice fundSize } startupFacts { stage teamSize "
    "products raisesNow } centreFacts { services equipment capacity areaM2 } clubFacts { university members } "
    "fundingRounds { id stage amount currency announcedOn investors sourceUrl } "
    "intellectualProperty { id kind title number year isGranted }"
)
CONTACT = "ward website links contactEmail contactPhone confirmedAt"
ORGANISATION = (
    "id slug kind name summary description sectors { name } parent { name } children { name } url needs { code name } "
    f"street country latitude longitude logo foundedYear taxCode {CONTACT} {FACTS} relationships {{ {RELATION} }}"
)
MEMBERS = "members { name title profile { slug } }"
MENTOR = (
    "id slug name givenName headline bio helpsWith languages sectors { name } memberships { title } isListed url "
    f"experience yearsOfExperience availability skills {{ name }} photo roles {{ kind since until }} {CONTACT} "
    f"relationships {{ {RELATION} }}"
)
TYPE = "id name description fee left availability isOnOffer needsApproval mostPerPerson opensAt closesAt isHidden"
EVENT = (
    "id code slug kind status title summary startsAt endsAt attendanceMode edition isOpenForRegistration admitted url "
    "calendarUrl hasWaitingList answersUntil venue { id name address } organiser { name } "
    "series { code title editions calendarUrl url } "
    f"seats {{ capacity taken left }} ticketTypes {{ {TYPE} }} tracks {{ name }} "
    "myRegistration { id status tickets { number } } "
    "sessions { title startsAt room track { name } speakers { name headline organisation { name } mentor { slug } } } "
    "story { title body { __typename } image { alt } }"
)
TICKET = (
    "id number code holderName isMine issuedAt transferredAt isValid admittedAt gate url onlineUrl "
    "ticketType { name left } event { title venue { name } organiser { name } } "
    "registration { status onlineUrl event { code } }"
)
QUESTION = (
    "id field version kind label helpText choices { value label } least most isRequired showIf { questionId values }"
)
ANSWER = f"question {{ {QUESTION} }} text number boolean choices file {{ id name size url }} answeredAt"
PAYMENT = "amount due state paidAt transfer { bank account holder message vietqr }"
REGISTRATION = (
    "id number status quantity createdAt cancelledAt offerExpiresAt answersUntil onlineUrl "
    "ticketType { name fee left } companions { name email } place { number of places } "
    f"payment {{ {PAYMENT} }} answers {{ {ANSWER} }} event {{ code venue {{ name }} ticketTypes {{ name left }} }} "
    "tickets { id number code holderName isMine isValid }"
)
DESK = (
    "id number name email phone status channel language quantity createdAt cancelledAt offerExpiresAt "
    "ticketType { name left } companions { name email } place { number of places } "
    f"payment {{ {PAYMENT} }} answers {{ {ANSWER} }} history {{ act sentence at }} event {{ code }} "
    "tickets { id number code holderName isMine admittedAt }"
)
CHOICES = "email sectors kinds roles language isSubscribed"
CONSENT = "purpose version language channel givenAt withdrawnAt isStanding"
CONSENT_TEXT = "purpose version title text isRequired"
DOOR_LIST = "id name scope sessionTitle allowsReentry allowsMultiple isDefault admitted expected gates { name }"
DEVICE = (
    f"id name revoked gate {{ name }} lists {{ {DOOR_LIST} }} "
    f"event {{ id title venue {{ name }} gates {{ name }} checkInLists {{ {DOOR_LIST} }} }}"
)
ARRIVAL = (
    "sequence kind direction list forced name ticketType number gate device at admitted inside "
    "greeting { name organisation }"
)
NUMBERS = (
    "arrived inside expected seatsTaken capacity sequence conflicts byTicketType { name expected arrived inside } "
    "byGate { name arrived lastAt silent } perFiveMinutes { at entries exits } "
    "devices { name gate lastSeenAt waiting silent }"
)
ERRORS = "errors { code field message }"

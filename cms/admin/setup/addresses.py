"""The addresses of the setting up, below those of its event."""

from django.urls import URLPattern, path

from cms.admin.setup import doors, invitations, phones, questions, settings, tickets

TICKETS, POOLS = "<int:pk>/ve/", "<int:pk>/nhom-cho/"
QUESTIONS, INVITATIONS = "<int:pk>/cau-hoi/", "<int:pk>/loi-moi/"
DOORS, GATES, PHONES = "<int:pk>/soat-ve/", "<int:pk>/cua/", "<int:pk>/dien-thoai/"
WAYS = ("up", "down")


def addresses() -> list[URLPattern]:
    """Return the patterns of the setting up."""
    return [
        path(TICKETS, tickets.Tickets.as_view(), name="setup_tickets"),
        path(f"{TICKETS}them/", tickets.AddType.as_view(), name="setup_type_new"),
        path(f"{TICKETS}<int:number>/", tickets.ChangeType.as_view(), name="setup_type"),
        path(f"{TICKETS}<int:number>/xoa/", tickets.RemoveType.as_view(), name="setup_type_remove"),
        path(f"{TICKETS}<int:number>/cho-dang-ky/", tickets.OfferType.as_view(), name="setup_type_offer"),
        *(_way(f"{TICKETS}<int:number>/", way, tickets.MoveType, "setup_type") for way in WAYS),
        path(f"{POOLS}them/", tickets.WritePool.as_view(), name="setup_pool_new"),
        path(f"{POOLS}<int:number>/", tickets.WritePool.as_view(), name="setup_pool"),
        path(f"{POOLS}<int:number>/xoa/", tickets.RemovePool.as_view(), name="setup_pool_remove"),
        path(QUESTIONS, questions.Questions.as_view(), name="setup_questions"),
        path(f"{QUESTIONS}them/", questions.AddQuestion.as_view(), name="setup_question_new"),
        path(f"{QUESTIONS}xem-truoc/", questions.PreviewQuestion.as_view(), name="setup_question_preview"),
        path(f"{QUESTIONS}<int:number>/", questions.ChangeQuestion.as_view(), name="setup_question"),
        path(f"{QUESTIONS}<int:number>/xoa/", questions.RemoveQuestion.as_view(), name="setup_question_remove"),
        *(_way(f"{QUESTIONS}<int:number>/", way, questions.MoveQuestion, "setup_question") for way in WAYS),
        path(INVITATIONS, invitations.Invitations.as_view(), name="setup_invitations"),
        path(f"{INVITATIONS}them/", invitations.MakeInvitations.as_view(), name="setup_invitation_new"),
        path(f"{INVITATIONS}loi-moi.csv", invitations.InvitationsFile.as_view(), name="setup_invitations_file"),
        path(
            f"{INVITATIONS}<int:number>/thu-hoi/",
            invitations.RevokeInvitation.as_view(),
            name="setup_invitation_revoke",
        ),
        path(DOORS, doors.Doors.as_view(), name="setup_doors"),
        path(f"{DOORS}them/", doors.WriteList.as_view(), name="setup_list_new"),
        path(f"{DOORS}<int:number>/", doors.WriteList.as_view(), name="setup_list"),
        path(f"{DOORS}<int:number>/xoa/", doors.RemoveList.as_view(), name="setup_list_remove"),
        *(_way(f"{DOORS}<int:number>/", way, doors.MoveList, "setup_list") for way in WAYS),
        path(f"{GATES}them/", doors.WriteGate.as_view(), name="setup_gate_new"),
        path(f"{GATES}<int:number>/", doors.WriteGate.as_view(), name="setup_gate"),
        path(f"{GATES}<int:number>/xoa/", doors.RemoveGate.as_view(), name="setup_gate_remove"),
        path(f"{PHONES}them/", phones.InvitePhone.as_view(), name="setup_phone_new"),
        path(f"{PHONES}<int:number>/", phones.ChangePhone.as_view(), name="setup_phone"),
        path(f"{PHONES}<int:number>/ma-moi/", phones.InviteAgain.as_view(), name="setup_phone_again"),
        path(f"{PHONES}<int:number>/da-ghep/", phones.PhoneState.as_view(), name="setup_phone_state"),
        path(f"{PHONES}<int:number>/thu-hoi/", phones.RevokePhone.as_view(), name="setup_phone_revoke"),
        path("<int:pk>/cai-dat/", settings.Settings.as_view(), name="setup_settings"),
    ]


def _way(above: str, way: str, view: type, name: str) -> URLPattern:
    slug = {"up": "len", "down": "xuong"}[way]
    return path(f"{above}{slug}/", view.as_view(), {"way": way}, name=f"{name}_{way}")  # type: ignore[attr-defined]

"""The addresses of the desk, below those of its event."""

from django.urls import URLPattern, path

from cms.admin.desk.acts import ACTS
from cms.admin.desk.attendee import AnswerFileDownload, Attendee
from cms.admin.desk.blocking import BlockTicket
from cms.admin.desk.bulk import BulkAct, BulkJob
from cms.admin.desk.listing import AttendeeList
from cms.admin.desk.message import WriteMessage
from cms.admin.desk.newcomer import RegisterSomebody

LIST = "<int:pk>/registrations/"
ONE = f"{LIST}<int:number>/"


def addresses() -> list[URLPattern]:
    """Return the patterns of the desk."""
    return [
        path(LIST, AttendeeList.as_view(), name="registrations"),
        path(f"{LIST}results/", AttendeeList.as_view(results_only=True), name="registrations_results"),
        path(f"{LIST}new/", RegisterSomebody.as_view(), name="attendee_new"),
        path(f"{LIST}message/", WriteMessage.as_view(), name="attendees_message"),
        path(f"{LIST}bulk/<slug:act>/", BulkAct.as_view(), name="attendees_bulk"),
        path(f"{LIST}jobs/<uuid:job>/", BulkJob.as_view(), name="attendees_job"),
        path(ONE, Attendee.as_view(), name="attendee"),
        path(f"{ONE}files/<uuid:file_id>/", AnswerFileDownload.as_view(), name="attendee_file"),
        path(f"{ONE}tickets/<uuid:ticket_id>/block/", BlockTicket.as_view(), name="attendee_block"),
        *(path(f"{ONE}{name}/", view.as_view(), name=f"attendee_{name}") for name, view in ACTS.items()),
    ]

"""Addresses of the site, in each language. The words in them are Vietnamese: they are said aloud and printed."""

from django.urls import URLPattern, path

from frontend.views import (
    attendance,
    board,
    board_conflicts,
    certificates,
    events,
    feeds,
    mailbox,
    mentors,
    organisations,
    overview,
    people,
    profile,
    registration,
    series,
    tickets,
)

urlpatterns: list[URLPattern] = [
    *(
        path(f"{section}/{kind}", view, {"kind": kind}, name=f"feed_{view.__name__}_{kind.partition('.')[0]}")
        for section, view in feeds.FEEDS.items()
        for kind in feeds.KINDS
    ),
    path("su-kien/", events.event_list, name="events"),
    path("su-kien/<slug:slug>/", events.event_detail, name="event"),
    path("su-kien/<slug:slug>/dang-ky/", registration.register, name="register"),
    path("su-kien/<slug:slug>/anh.png", events.picture, name="event_picture"),
    path("bang/<slug:slug>/", board.board, name="board"),
    path("bang/<slug:slug>/xung-dot/", board_conflicts.conflict_list, name="board_conflicts"),
    path("chuoi/<slug:slug>/", series.series_detail, name="series"),
    path("ve/", tickets.ticket_list, name="tickets"),
    path("ve/sw.js", tickets.worker, name="tickets_worker"),
    path("ve/dang-ky/<int:registration_id>/", attendance.detail, name="registration"),
    path("ve/dang-ky/<int:registration_id>/nhan-cho/", attendance.accept, name="offer_accept"),
    path("ve/dang-ky/<int:registration_id>/nhuong-cho/", attendance.decline, name="offer_decline"),
    path("ve/dang-ky/<int:registration_id>/tra-loi/", attendance.change_answers, name="registration_answers"),
    path("ve/dang-ky/<int:registration_id>/them-nguoi/", attendance.add_people, name="registration_people"),
    path("ve/dang-ky/<int:registration_id>/huy/", attendance.cancel, name="registration_cancel"),
    path("ve/<uuid:ticket_id>/", tickets.ticket_detail, name="ticket"),
    path("ve/<uuid:ticket_id>/qr.png", tickets.ticket_code, name="ticket_code"),
    path("ve/<uuid:ticket_id>/chuyen/", tickets.hand_on, name="ticket_hand_on"),
    path("ve/<uuid:ticket_id>/tra-ve/", tickets.give_back, name="ticket_cancel"),
    path("ve/<uuid:ticket_id>/chung-nhan.pdf", certificates.certificate_file, name="certificate_file"),
    path("chung-nhan/<slug:code>/", certificates.verify, name="certificate"),
    path("mang-luoi/", organisations.organisation_list, name="organisations"),
    path("mang-luoi/ban-do/", overview.network_map, name="network_map"),
    path("mang-luoi/so-lieu/", overview.network_numbers, name="network_numbers"),
    path("mang-luoi/so-sanh/", overview.compare_funds, name="compare_funds"),
    path("mang-luoi/<slug:slug>/tom-tat/", overview.organisation_sheet, name="organisation_sheet"),
    path("mang-luoi/<slug:slug>/", organisations.organisation_detail, name="organisation"),
    path("co-van/", mentors.mentor_list, name="mentors"),
    path("co-van/<slug:slug>/", people.person_detail, name="mentor"),
    path("nguoi/<slug:slug>/", people.person_detail, name="person"),
    path("ho-so/", profile.edit, name="profile"),
    path("hop-thu/", mailbox.mailbox, name="mailbox"),
    path("hop-thu/<int:mail_id>/", mailbox.letter, name="letter"),
    path("hop-thu/<int:mail_id>/than/", mailbox.body, name="letter_body"),
    path("hop-thu/<int:mail_id>/phan/<int:index>/", mailbox.part, name="letter_part"),
    path("hop-thu/<int:mail_id>/nguon/", mailbox.source, name="letter_source"),
]

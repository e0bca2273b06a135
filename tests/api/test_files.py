"""The file door: who may hand in what, who gets it back, and that nothing is read of what is too much."""

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile

from events import answer_files
from events.models import AnswerFile, EventStaff
from network.global_ids import global_id
from tests.api.crowd import PDF, comes, form, gathering
from tests.factories import PersonFactory, on_duty

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
OURS = {"Origin": "http://testserver"}


@pytest.fixture(autouse=True)
def _nothing_spent():
    cache.clear()


@pytest.fixture
def owner(client):
    person = PersonFactory.create()
    client.force_login(person)
    return person


def hand_in(client, content=PDF, name="ho-so.pdf", headers=OURS):
    return client.post("/graphql/files", {"file": SimpleUploadedFile(name, content)}, headers=headers)


def told(response):
    (error,) = response.json()["errors"]
    return response.status_code, error.get("code") or error["extensions"]["code"]


def test_a_file_is_kept_and_named(client, owner):
    response = hand_in(client)
    kept = AnswerFile.objects.get()
    assert response.status_code == 201
    assert response.json() == {
        "file": {"id": global_id(kept), "name": "ho-so.pdf", "size": len(PDF)},
        "errors": [],
    }
    assert (kept.person, kept.answer) == (owner, None)
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("content", "name"), [(b"", "rong.pdf"), (b"MZ", "chuong-trinh.exe"), (b"<html>", "ho-so.pdf")]
)
def test_what_is_no_document_is_refused(content, name, client, owner):
    assert told(hand_in(client, content, name)) == (422, "INVALID")
    assert not AnswerFile.objects.exists()


def test_strangers_hand_in_nothing(client):
    assert told(hand_in(client)) == (401, "UNAUTHENTICATED")
    assert not AnswerFile.objects.exists()


def test_another_site_s_page_hands_in_nothing(client, owner):
    assert told(hand_in(client, headers={"Origin": "https://evil.example"})) == (403, "CROSS_SITE_REQUEST")
    assert told(hand_in(client, headers={})) == (403, "CROSS_SITE_REQUEST")


def test_a_body_that_is_too_large_is_not_read(client, owner, monkeypatch):
    monkeypatch.setattr(answer_files, "MOST_BYTES", 100)
    monkeypatch.setattr("api.events.files.ENVELOPE", 400)
    assert told(hand_in(client, PDF + b" " * 200)) == (422, "INVALID")
    monkeypatch.setattr(
        "django.core.handlers.wsgi.WSGIRequest.FILES", property(lambda request: pytest.fail("was read"))
    )
    assert told(hand_in(client, PDF + b" " * 1000)) == (413, "BODY_TOO_LARGE")


def test_only_multipart_with_a_file_is_taken(client, owner):
    plain = client.post("/graphql/files", PDF, content_type="application/pdf", headers=OURS)
    assert told(plain) == (415, "UNSUPPORTED_MEDIA_TYPE")
    assert told(client.post("/graphql/files", {"file": "một câu"}, headers=OURS)) == (400, "BAD_USER_INPUT")
    assert told(client.get("/graphql/files")) == (405, "METHOD_NOT_ALLOWED")


def test_twenty_files_wait_and_no_more(client, owner):
    for _ in range(answer_files.MOST_WAITING):
        assert hand_in(client).status_code == 201
    assert told(hand_in(client)) == (422, "TOO_MANY_FILES")


def test_who_gets_it_back(client, owner):
    response = hand_in(client)
    address = f"/graphql/files/{AnswerFile.objects.get().pk}"
    got = client.get(address)
    assert (b"".join(got), got["Content-Type"]) == (PDF, "application/octet-stream")
    assert got["Content-Disposition"].startswith("attachment")
    assert got["X-Content-Type-Options"] == "nosniff"
    client.force_login(PersonFactory.create())
    assert client.get(address).status_code == 404
    client.logout()
    assert client.get(address).status_code == 404
    assert response.status_code == 201


@pytest.mark.parametrize(("role", "status"), [(EventStaff.Role.ORGANISER, 200), (EventStaff.Role.DOOR, 404)])
def test_organisers_get_what_was_handed_in_at_their_event(role, status, client):
    event, other = gathering(), gathering()
    kind = event.ticket_types.get()
    type(kind).objects.filter(pk=kind.pk).update(most_per_person=2)
    comes(event, PersonFactory.create(), kind, form(event))
    address = f"/graphql/files/{AnswerFile.objects.get().pk}"
    client.force_login(on_duty(event, role))
    response = client.get(address)
    assert response.status_code == status
    assert b"".join(response) == (PDF if status == 200 else b"")
    client.force_login(on_duty(other, role))
    assert client.get(address).status_code == 404

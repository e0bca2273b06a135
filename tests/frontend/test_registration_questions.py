"""Questions on the registration form: every kind is answered, refused at its field, and kept."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from events.models import AnswerFile, Registration
from network.models import Person
from tests.factories import OrganisationFactory, PersonFactory, open_event
from tests.frontend.test_registration import PDF, Kind, ask, errors, more_type, path

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


@pytest.fixture
def reader(signed_in: Callable[..., Client]) -> Client:
    person: Person = PersonFactory.create()
    return signed_in(person)


CHOICES = ({"value": "a", "vi": "Cảng"}, {"value": "b", "vi": "Nhà máy"})
ANSWERS: list[tuple[str, dict[str, Any], Any, Any]] = [
    (Kind.SHORT_TEXT, {}, " Chuyên gia ", "Chuyên gia"),
    (Kind.LONG_TEXT, {}, "Một\nHai", "Một\nHai"),
    (Kind.NUMBER, {}, "12,5", 12.5),
    (Kind.CHOICE, {"choices": CHOICES}, "b", "b"),
    (Kind.CHOICES, {"choices": CHOICES}, ["b", "a"], ["a", "b"]),
    (Kind.YES_NO, {}, "false", False),
    (Kind.DATE, {}, "05/12/2001", "2001-12-05"),
    (Kind.EMAIL, {}, "Ha@Example.org", "ha@example.org"),
    (Kind.PHONE, {}, "0912 345 678", "+84912345678"),
    (Kind.URL, {}, "example.org", "https://example.org"),
    (Kind.ORGANISATION, {}, "Vườn ươm Bến Nghiêng", "Vườn ươm Bến Nghiêng"),
    (Kind.CONSENT, {}, "on", True),
]


@pytest.mark.parametrize(("kind", "facts", "typed", "kept"), ANSWERS, ids=[row[0] for row in ANSWERS])
def test_every_kind_of_question_is_answered(
    reader: Client, kind: str, facts: dict[str, Any], typed: Any, kept: Any
) -> None:
    event = open_event()
    question = ask(event, kind, is_required=True, **facts)
    field = f"answers.{question.pk}"
    refused = reader.post(path(event))
    assert errors(refused) == {field: ["Mời bạn điền vào đây."]}
    assert f'id="{refused.context["form"].summary[0]["url"][1:]}"' in refused.content.decode()
    reader.post(path(event), {field: typed})
    assert Registration.objects.get().answers.get().value == kept


MALFORMED = [
    (Kind.NUMBER, "mười"), (Kind.DATE, "31/02/2026"), (Kind.EMAIL, "ha@"), (Kind.PHONE, "12"), (Kind.URL, "x y"),
    (Kind.CHOICE, "z"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "typed"), MALFORMED)
def test_what_cannot_be_read_is_refused_and_kept(reader: Client, kind: str, typed: str) -> None:
    event = open_event()
    question = ask(event, kind, choices=CHOICES if kind == Kind.CHOICE else ())
    other = ask(event, Kind.SHORT_TEXT)
    answer = reader.post(path(event), {f"answers.{question.pk}": typed, f"answers.{other.pk}": "Giữ lại"})
    assert list(errors(answer)) == [f"answers.{question.pk}"]
    form = answer.context["form"]
    assert [form[f"answers.{each.pk}"].value() for each in (question, other)] == [typed, "Giữ lại"]


def test_a_file_survives_another_field_s_refusal(reader: Client) -> None:
    event = open_event()
    question, other = ask(event, Kind.FILE, is_required=True), ask(event, Kind.SHORT_TEXT, is_required=True)
    field = f"answers.{question.pk}"
    answer = reader.post(path(event), {field: SimpleUploadedFile("Hồ sơ.pdf", PDF)})
    assert list(errors(answer)) == [f"answers.{other.pk}"]
    kept = AnswerFile.objects.get()
    body = answer.content.decode()
    assert f'name="{field}.kept" value="{kept.pk}"' in body
    assert "Hồ sơ.pdf" in body
    reader.post(path(event), {f"{field}.kept": str(kept.pk), f"answers.{other.pk}": "Cảng"})
    kept.refresh_from_db()
    assert (kept.answer.registration, AnswerFile.objects.count()) == (Registration.objects.get(), 1)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [("virus.exe", b"MZ", "Hãy nộp"), ("trống.pdf", b"", "Mời bạn điền"), ("giả.pdf", b"MZ", "Hãy nộp")],
)
def test_a_file_of_another_kind_is_refused(reader: Client, name: str, content: bytes, said: str) -> None:
    event = open_event()
    question = ask(event, Kind.FILE)
    answer = reader.post(path(event), {f"answers.{question.pk}": SimpleUploadedFile(name, content)})
    assert list(errors(answer)) == [f"answers.{question.pk}"]
    assert said in errors(answer)[f"answers.{question.pk}"][0]
    assert not AnswerFile.objects.exists()


def test_nobody_hands_in_another_s_file(reader: Client, signed_in: Callable[..., Client]) -> None:
    event = open_event()
    question = ask(event, Kind.FILE)
    field = f"answers.{question.pk}"
    other = ask(event, Kind.SHORT_TEXT, is_required=True)
    signed_in(PersonFactory.create()).post(path(event), {field: SimpleUploadedFile("a.pdf", PDF)})
    foreign = AnswerFile.objects.get()
    for key in (foreign.pk, uuid4(), "khong"):
        answer = reader.post(path(event), {f"{field}.kept": str(key), f"answers.{other.pk}": "x"})
        assert list(errors(answer)) == [field]
        assert "a.pdf" not in answer.content.decode()


def test_a_question_that_is_not_shown_asks_nothing(reader: Client) -> None:
    event = open_event()
    leading = ask(event, Kind.CHOICE, choices=CHOICES)
    ask(event, Kind.SHORT_TEXT, is_required=True, shown_if_id=leading.pk, shown_if_values=("b",))
    page = reader.get(path(event)).content.decode()
    assert f'data-shown-if="{leading.pk}" data-shown-if-values="[&quot;b&quot;]"' in page
    assert len(errors(reader.post(path(event), {f"answers.{leading.pk}": "b"}))) == 1
    reader.post(path(event), {f"answers.{leading.pk}": "a"})
    assert Registration.objects.get().status == "CONFIRMED"


def test_a_question_of_another_type_is_not_sent(reader: Client) -> None:
    event = open_event()
    plain, booth = event.ticket_types.get(), more_type(event)
    question = ask(event, Kind.SHORT_TEXT, is_required=True, ticket_type_ids=(booth.pk,))
    field = f"answers.{question.pk}"
    assert f'data-types="{booth.pk}"' in reader.get(path(event)).content.decode()
    assert list(errors(reader.post(path(event), {"ticket_type_id": booth.pk}))) == [field]
    reader.post(path(event), {"ticket_type_id": plain.pk, field: "Gõ nhầm"})
    assert not Registration.objects.get().answers.exists()


def test_organisers_questions_are_not_shown(reader: Client) -> None:
    event = open_event()
    ask(event, Kind.SHORT_TEXT, label_vi="Ghi chú nội bộ", is_staff_only=True)
    ask(event, Kind.SHORT_TEXT, label_vi="Hỏi ở cửa", is_asked_at_door=True)
    ask(event, Kind.ORGANISATION)
    OrganisationFactory.create(name_vi="Trung tâm hạt nhân")
    OrganisationFactory.create(name_vi="Ẩn danh", is_listed=False)
    page = reader.get(path(event)).content.decode()
    assert '<option value="Trung tâm hạt nhân">' in page
    assert [words for words in ("Ghi chú nội bộ", "Hỏi ở cửa", "Ẩn danh") if words in page] == []

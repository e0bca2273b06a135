"""Writing and reviewing entries by GraphQL alone, a photo among it."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from api.network.entry_inputs import organisation_inputs, profile_inputs
from network.entry_fields import ORGANISATION_FIELDS, PROFILE_FIELDS
from network.global_ids import global_id
from network.models import Change, Profile
from tests.api.entries import CHANGE, ERRORS, MUTATIONS, QUERIES, live, waiting
from tests.factories import PersonFactory, ProfileFactory
from tests.network.entries import picture, reviewer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
OURS = {"Origin": "http://testserver"}
UPDATE = (
    "mutation ($input: UpdateMyProfileInput!) { updateMyProfile(input: $input) "
    f"{{ mentor {{ headline }} pendingChange {{ {CHANGE} }} liveChange {{ {CHANGE} }} {ERRORS} }} }}"
)
REVIEW = f"mutation ($input: ReviewChangeInput!) {{ reviewChange(input: $input) {{ change {{ {CHANGE} }} {ERRORS} }} }}"


@pytest.fixture
def mentor(client: Client) -> Profile:
    profile = ProfileFactory.create()
    client.force_login(profile.person)
    return profile


def asked(post: Any, text: str, **variables: Any) -> Any:
    answer = post(text, variables).json()
    assert "errors" not in answer, answer
    (found,) = answer["data"].values()
    return found


def test_every_column_of_an_entry_can_be_written() -> None:
    """But for the rows that staff enter."""
    for fields, made in ((PROFILE_FIELDS, profile_inputs("")), (ORGANISATION_FIELDS, organisation_inputs(""))):
        columns = {path.rpartition(".")[2] for field in fields.values() for path in field.columns}
        assert columns - set(vars(made)) <= {"funding_rounds", "intellectual_property"}


def test_what_waits_what_is_live_and_what_was(mentor: Profile, post: Any) -> None:
    written = asked(post, UPDATE, input={
        "headlineVi": "Mới", "availability": "LIMITED", "visibility": [{"field": "bio", "visibility": "MEMBERS"}],
    })  # fmt: skip
    assert written["errors"] == []
    assert written["mentor"]["headline"] == "Mười năm bán phần mềm cho nhà máy"
    (field,) = written["pendingChange"]["fields"]
    assert (field["name"], field["new"]["headlineVi"], field["decision"]) == ("headline", "Mới", None)
    assert written["liveChange"]["visibility"] == [{"name": "bio", "old": "PUBLIC", "new": "MEMBERS"}]
    own = asked(post, QUERIES["myProfile"])
    assert own["pendingChange"]["id"] == written["pendingChange"]["id"]
    assert (own["values"]["availability"], own["values"]["headlineVi"]) == (
        "LIMITED", "Mười năm bán phần mềm cho nhà máy",
    )  # fmt: skip
    assert {"field": "bio", "visibility": "MEMBERS", "mayHide": True} in own["visibility"]
    assert [row["state"] for row in asked(post, QUERIES["entryHistory"])] == ["PENDING", "APPLIED"]


def test_refusals_stand_at_their_inputs_and_nothing_is_kept(mentor: Profile, post: Any) -> None:
    written = asked(post, UPDATE, input={"headlineVi": " ", "website": "javascript:x", "yearsOfExperience": 99})
    assert [(error["code"], error["field"]) for error in written["errors"]] == [
        ("INVALID", "headlineVi"), ("INVALID", "yearsOfExperience"), ("INVALID", "website"),
    ]  # fmt: skip
    assert Change.objects.count() == 0


def test_null_empties_a_text_and_leaves_a_switch(mentor: Profile, post: Any) -> None:
    Profile.objects.update(is_trusted=True, bio_vi="Cũ")
    asked(post, UPDATE, input={"bioVi": None, "isListed": None, "yearsOfExperience": None})
    now = Profile.objects.get()
    assert (now.bio_vi, now.is_listed, now.years_of_experience) == ("", True, None)


def test_a_reviewer_decides_and_another_is_told_so(post: Any, client: Client) -> None:
    change = waiting(ProfileFactory.create().person)
    client.force_login(reviewer())
    (node,) = asked(post, QUERIES["pendingChanges"])["nodes"]
    assert node["id"] == global_id(change)
    done = asked(post, MUTATIONS["reviewChange"], change=node["id"])
    assert (done["errors"], done["change"]["state"]) == ([], "PARTLY")
    again = asked(post, MUTATIONS["reviewChange"], change=node["id"])
    assert [error["code"] for error in again["errors"]] == ["CHANGE_NOT_WAITING"]
    profile = Profile.objects.get(pk=change.profile_id)
    assert (profile.bio_vi, profile.ward) == ("Tôi", "")


def test_asked_back_without_decisions(post: Any, client: Client) -> None:
    change = waiting(ProfileFactory.create().person)
    client.force_login(reviewer())
    about = {"changeId": global_id(change), "version": 1}
    silent = asked(post, REVIEW, input=about)
    assert [(error["code"], error["field"]) for error in silent["errors"]] == [("INVALID", "words")]
    done = asked(post, REVIEW, input={**about, "words": "Phường nào?"})
    assert (done["change"]["state"], done["change"]["words"]) == ("RETURNED", "Phường nào?")


def test_the_history_of_others_is_for_those_who_keep_it(post: Any, client: Client) -> None:
    change = waiting(ProfileFactory.create(slug="ha").person)
    text = f'{{ entryHistory(person: "ha") {{ {CHANGE} }} }}'
    client.force_login(PersonFactory.create())
    assert asked(post, text) == []
    client.force_login(reviewer())
    assert {row["id"] for row in asked(post, text)} == {global_id(change), global_id(live(change))}


def test_a_photo_is_uploaded_and_named(mentor: Profile, post: Any, client: Client) -> None:
    sent = {"file": SimpleUploadedFile("a.jpg", picture()), "x": 0, "y": 0, "size": 300}
    answer = client.post("/graphql/pictures", sent, headers=OURS)
    assert answer.status_code == 201
    name = answer.json()["picture"]["id"]
    (field,) = asked(post, UPDATE, input={"photo": name})["pendingChange"]["fields"]
    assert field["new"] == {"photo": name}
    assert field["newPictureUrl"].endswith("/new/")
    assert field["oldPictureUrl"] is None


@pytest.mark.parametrize(
    ("sent", "code", "field"),
    [
        ({"file": SimpleUploadedFile("a.jpg", b"%PDF-")}, "INVALID", "file"),
        ({"file": SimpleUploadedFile("a.jpg", picture()), "x": 790, "y": 0, "size": 300}, "INVALID", "crop"),
        ({"file": SimpleUploadedFile("a.jpg", picture()), "size": "x"}, "INVALID", "crop"),
    ],
)
def test_what_is_no_picture_is_refused(
    mentor: Profile, client: Client, sent: dict[str, Any], code: str, field: str
) -> None:
    answer = client.post("/graphql/pictures", sent, headers=OURS)
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert (error["code"], error["field"]) == (code, field)


def test_the_picture_door_is_for_those_who_logged_in(client: Client) -> None:
    assert (
        client.post("/graphql/pictures", {"file": SimpleUploadedFile("a.jpg", picture())}, headers=OURS).status_code
        == 401
    )
    client.force_login(PersonFactory.create())
    assert client.get("/graphql/pictures").status_code == 405
    assert (
        client.post("/graphql/pictures", {}, headers=OURS).json()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
    )

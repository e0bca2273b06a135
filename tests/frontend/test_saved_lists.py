"""Kept lists: one's own alone, or read by whoever has the secret address."""

import pytest
from django.test import Client

from network.directory import saved_lists
from network.models import Organisation, Person, Profile, SavedEntry, SavedList
from network.refusals import Invalid, NotFound, Refusal, TooManyLists
from tests.factories import NOW, OrganisationFactory, PersonFactory, ProfileFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


@pytest.fixture
def person() -> Person:
    return PersonFactory.create()


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def kept(person: Person, *entries: Organisation | Profile, name: str = "Để gặp") -> SavedList:
    held = saved_lists.make(person=person, name=name, at=NOW)
    for entry in entries:
        saved_lists.save(person=person, list_id=held.pk, entry=entry, at=NOW)
    return held


def test_an_entry_is_saved_to_a_new_list_and_then_to_that_one(person: Person) -> None:
    OrganisationFactory.create(slug="neo", name_vi="Neo")
    ProfileFactory.create(slug="ha", person__full_name="Trần Thu Hà")
    client = signed_in(person)
    first = client.post("/danh-sach/luu/?to-chuc=neo", {"name": "  Để   gặp "})
    held = SavedList.objects.get()
    assert (held.name, held.person, held.secret) == ("Để gặp", person, None)
    assert first.headers["Location"] == f"/danh-sach/{held.pk}/"
    client.post("/danh-sach/luu/?nguoi=ha", {"saved_list": held.pk, "name": ""})
    client.post("/danh-sach/luu/?nguoi=ha", {"saved_list": held.pk, "name": ""})
    body = client.get(f"/danh-sach/{held.pk}/").content.decode()
    assert body.index("Trần Thu Hà") < body.index("Neo")
    assert held.entries.count() == 2
    assert "Để gặp" in client.get("/danh-sach/").content.decode()


@pytest.mark.parametrize(
    ("address", "sent", "status"),
    [
        ("?to-chuc=neo", {"name": " "}, 200),
        ("?to-chuc=neo", {"saved_list": "999999"}, 200),
        ("?to-chuc=kin", {"name": "A"}, 404),
    ],
)
def test_what_cannot_be_saved_changes_nothing(person: Person, address: str, sent: dict[str, str], status: int) -> None:
    OrganisationFactory.create(slug="neo")
    OrganisationFactory.create(slug="kin", is_listed=False)
    assert signed_in(person).post(f"/danh-sach/luu/{address}", sent).status_code == status
    assert SavedEntry.objects.count() == 0


def test_nobody_reads_or_changes_the_list_of_another(person: Person) -> None:
    held = kept(person, OrganisationFactory.create(slug="neo"))
    entry = held.entries.get()
    other = signed_in(PersonFactory.create())
    for answer in (
        other.get(f"/danh-sach/{held.pk}/"),
        other.post(f"/danh-sach/{held.pk}/doi/", {"act": "share"}),
        other.post(f"/danh-sach/{held.pk}/doi/", {"act": "delete"}),
        other.post(f"/danh-sach/muc/{entry.pk}/bo/"),
    ):
        assert answer.status_code == 404
    with pytest.raises(NotFound):
        saved_lists.save(person=PersonFactory.create(), list_id=held.pk, entry=OrganisationFactory.create(), at=NOW)
    held.refresh_from_db()
    assert (held.secret, held.entries.count()) == (None, 1)
    for address in (f"/danh-sach/{held.pk}/", "/danh-sach/", "/danh-sach/luu/?to-chuc=neo"):
        assert Client().get(address).headers["Location"].startswith("/tai-khoan/login/")


def test_a_shared_list_is_read_by_its_secret_until_it_is_shared_no_longer(person: Person) -> None:
    held = kept(person, OrganisationFactory.create(name_vi="Neo Cảm Biến"))
    client = signed_in(person)
    client.post(f"/danh-sach/{held.pk}/doi/", {"act": "share"})
    held.refresh_from_db()
    first = held.secret
    assert first is not None
    assert len(first) == 43
    answer = Client().get(f"/danh-sach/chia-se/{first}/")
    assert "Neo Cảm Biến" in answer.content.decode()
    assert person.full_name not in answer.content.decode()
    assert "csrfmiddlewaretoken" not in answer.content.decode()
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    client.post(f"/danh-sach/{held.pk}/doi/", {"act": "unshare"})
    assert Client().get(f"/danh-sach/chia-se/{first}/").status_code == 404
    assert saved_lists.share(person=person, list_id=held.pk).secret != first


def test_an_entry_that_is_hidden_is_not_shown_on_a_list(person: Person) -> None:
    row, profile = OrganisationFactory.create(), ProfileFactory.create()
    held = kept(person, row, profile)
    assert len(saved_lists.own_list(person=person, list_id=held.pk).entries.all()) == 2
    Organisation.objects.update(is_listed=False)
    assert [entry.profile for entry in saved_lists.own_list(person=person, list_id=held.pk).entries.all()] == [profile]
    Profile.objects.update(is_listed=False)
    assert list(saved_lists.own_list(person=person, list_id=held.pk).entries.all()) == []


def test_an_entry_is_taken_off_and_a_list_thrown_away(person: Person) -> None:
    held = kept(person, OrganisationFactory.create(), ProfileFactory.create())
    client = signed_in(person)
    client.post(f"/danh-sach/muc/{held.entries.all()[0].pk}/bo/")
    assert held.entries.count() == 1
    assert client.post(f"/danh-sach/{held.pk}/doi/", {"act": "burn"}).status_code == 404
    assert client.post(f"/danh-sach/{held.pk}/doi/", {"act": "delete"}).headers["Location"] == "/danh-sach/"
    assert SavedList.objects.count() == 0


@pytest.mark.parametrize(("bound", "refusal"), [("MOST_LISTS", TooManyLists), ("MOST_ENTRIES", Invalid)])
def test_lists_have_bounds(person: Person, monkeypatch: pytest.MonkeyPatch, bound: str, refusal: type[Refusal]) -> None:
    monkeypatch.setattr(saved_lists, bound, 1)
    kept(person, OrganisationFactory.create())
    with pytest.raises(refusal):
        kept(person, OrganisationFactory.create(), name="Khác" if bound == "MOST_LISTS" else "Để gặp")
    assert (SavedList.objects.count(), SavedEntry.objects.count()) == (1, 1)


@pytest.mark.parametrize(("name", "reason"), [("", "required"), ("\n\t", "required"), ("x" * 81, "too_long")])
def test_a_list_has_a_name(person: Person, name: str, reason: str) -> None:
    with pytest.raises(Invalid) as refused:
        saved_lists.make(person=person, name=name, at=NOW)
    assert (refused.value.field, refused.value.facts["reason"]) == ("name", reason)
    assert SavedList.objects.count() == 0

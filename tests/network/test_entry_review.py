"""A reviewer decides field by field; what moved meanwhile is not written over unseen; what was, can come back."""

from datetime import timedelta

import pytest

from network import outbox
from network.entries import history
from network.entries.review import Verdict, ask_back, decide
from network.models import Change, OutgoingMail, Profile
from network.refusals import (
    ChangeAmended,
    ChangeNotWaiting,
    DirectoryConsentRequired,
    EntryMoved,
    Invalid,
    NotPermitted,
)
from tests.factories import NOW, PersonFactory, ProfileFactory
from tests.network.entries import consenting, edited, reviewer

pytestmark = pytest.mark.django_db
LATER, LAST = NOW + timedelta(hours=1), NOW + timedelta(hours=2)
YES, NO = Verdict(approves=True), Verdict(approves=False, note="Chưa rõ")
OLD = "Mười năm bán phần mềm cho nhà máy"


def waiting(**values: object) -> Change:
    profile = ProfileFactory.create(person__preferred_language="vi", person__full_name="Phạm Thu Hà")
    change = edited(profile, profile.person, **(values or {"headline_vi": "Mới", "bio_vi": "Tôi"})).waiting
    assert change is not None
    return change


def says(change: Change) -> tuple[str, str]:
    profile = Profile.objects.get(pk=change.profile_id)
    return profile.headline_vi, profile.bio_vi or ""


def letter() -> str:
    mail = OutgoingMail.objects.get()
    body = outbox.opened(mail).get_body(("plain",))
    assert body is not None
    return f"{mail.subject}\n{body.get_content()}"


def test_approved_it_goes_live_and_the_author_hears_of_it() -> None:
    change, actor = waiting(), reviewer()
    decide(change_id=change.pk, verdicts={"headline": YES, "bio": YES}, actor=actor, version=1, at=LATER)
    assert says(change) == ("Mới", "Tôi")
    change.refresh_from_db()
    assert (change.state, change.reviewer, change.decided_at) == ("APPROVED", actor, LATER)
    assert Profile.objects.get().confirmed_at == LATER
    assert "Chào bạn Hà" in letter()
    assert "/ho-so/" in letter()


def test_in_part_with_what_was_said() -> None:
    change = waiting()
    decide(change_id=change.pk, verdicts={"headline": NO, "bio": YES}, actor=reviewer(), version=1, at=LATER)
    assert says(change) == (OLD, "Tôi")
    change.refresh_from_db()
    assert (change.state, change.taken()) == ("PARTLY", ["bio"])
    assert change.decisions["headline"] == {"decision": "REJECTED", "note": "Chưa rõ"}
    assert "Chưa rõ" in letter()


def test_turned_away_with_a_word_and_never_without() -> None:
    change, actor = waiting(bio_vi="Tôi"), reviewer()
    silent = Verdict(approves=False)
    with pytest.raises(Invalid) as refused:
        decide(change_id=change.pk, verdicts={"bio": silent}, actor=actor, version=1, at=LATER)
    assert (refused.value.field, OutgoingMail.objects.count()) == ("words", 0)
    decide(change_id=change.pk, verdicts={"bio": silent}, words="Không", actor=actor, version=1, at=LATER)
    change.refresh_from_db()
    assert (change.state, says(change)) == ("REJECTED", (OLD, ""))


def test_asked_back_and_amended() -> None:
    change, actor = waiting(bio_vi="Tôi"), reviewer()
    with pytest.raises(Invalid):
        ask_back(change_id=change.pk, words=" ", actor=actor, version=1, at=LATER)
    ask_back(change_id=change.pk, words="Năm nào?", actor=actor, version=1, at=LATER)
    assert "Năm nào?" in letter()
    with pytest.raises(ChangeNotWaiting):
        decide(change_id=change.pk, verdicts={"bio": YES}, actor=actor, version=1, at=LATER)
    profile = Profile.objects.get()
    edited(profile, profile.person, availability="LIMITED")
    change.refresh_from_db()
    assert change.state == "RETURNED"
    edited(profile, profile.person, bio_vi="Tôi, từ 2019")
    change.refresh_from_db()
    assert (change.state, change.version) == ("PENDING", 2)
    with pytest.raises(ChangeAmended):
        decide(change_id=change.pk, verdicts={"bio": YES}, actor=actor, version=1, at=LATER)
    assert says(change) == (OLD, "")


@pytest.mark.parametrize("verdicts", [{"bio": YES}, {"bio": YES, "headline": YES, "ward": YES}, {}])
def test_every_field_is_decided_and_no_other(verdicts: dict[str, Verdict]) -> None:
    change = waiting()
    with pytest.raises(Invalid) as refused:
        decide(change_id=change.pk, verdicts=verdicts, actor=reviewer(), version=1, at=LATER)
    assert (refused.value.field, says(change)) == ("decisions", (OLD, ""))


def test_only_reviewers_decide() -> None:
    change = waiting(bio_vi="Tôi")
    for actor in (change.author, PersonFactory.create(is_staff=True)):
        with pytest.raises(NotPermitted):
            decide(change_id=change.pk, verdicts={"bio": YES}, actor=actor, version=1, at=LATER)
        with pytest.raises(NotPermitted):
            ask_back(change_id=change.pk, words="?", actor=actor, version=1, at=LATER)
    assert says(change) == (OLD, "")


def test_what_moved_meanwhile_is_not_written_over_unseen() -> None:
    change, actor = waiting(), reviewer()
    edited(Profile.objects.get(), PersonFactory.create(is_superuser=True), bio_vi="Ban quản trị viết")
    both = {"headline": YES, "bio": YES}
    with pytest.raises(EntryMoved) as refused:
        decide(change_id=change.pk, verdicts=both, actor=actor, version=1, at=LATER)
    assert refused.value.facts["fields"] == ["bio"]
    assert says(change) == (OLD, "Ban quản trị viết")
    decide(change_id=change.pk, verdicts=both, actor=actor, version=1, over=["bio"], at=LATER)
    assert says(change) == ("Mới", "Tôi")


def test_a_listing_needs_a_consent_that_stands_when_it_is_approved() -> None:
    profile = consenting(ProfileFactory.create(is_listed=False))
    change = edited(profile, profile.person, is_listed=True).waiting
    assert change is not None
    profile.person.consents.all().delete()
    with pytest.raises(DirectoryConsentRequired):
        decide(change_id=change.pk, verdicts={"is_listed": YES}, actor=reviewer(), version=1, at=LATER)
    consenting(profile)
    decide(change_id=change.pk, verdicts={"is_listed": YES}, actor=reviewer(), version=1, at=LATER)
    assert Profile.objects.get().is_listed is True


def test_undone_at_once_by_keepers_and_as_a_change_by_the_owner() -> None:
    change, actor = waiting(), reviewer()
    decide(change_id=change.pk, verdicts={"headline": YES, "bio": NO}, actor=actor, version=1, at=LATER)
    asked = history.undo(change_id=change.pk, actor=change.author, at=LAST)
    assert asked.waiting is not None
    assert (asked.waiting.undoes, list(asked.waiting.values), says(change)) == (change, ["headline"], ("Mới", ""))
    done = history.undo(change_id=change.pk, actor=actor, at=LAST)
    assert done.live is not None
    assert (done.live.undoes, says(change)) == (change, (OLD, ""))
    with pytest.raises(EntryMoved):
        history.undo(change_id=change.pk, actor=actor, at=LAST)
    with pytest.raises(NotPermitted):
        history.undo(change_id=done.live.pk, actor=PersonFactory.create(), at=LAST)


def test_nothing_is_undone_that_was_changed_later_even_if_changed_back() -> None:
    profile, actor = ProfileFactory.create(is_trusted=True), reviewer()
    first = edited(profile, profile.person, bio_vi="Một").live
    assert first is not None
    edited(profile, profile.person, bio_vi="Hai")
    edited(profile, profile.person, bio_vi="Một")
    with pytest.raises(EntryMoved) as refused:
        history.undo(change_id=first.pk, actor=actor, at=LATER)
    assert refused.value.facts["fields"] == ["bio"]
    assert Profile.objects.get().bio_vi == "Một"


def test_what_never_went_live_cannot_be_undone() -> None:
    change = waiting()
    with pytest.raises(ChangeNotWaiting):
        history.undo(change_id=change.pk, actor=reviewer(), at=LATER)


def test_the_history_is_for_owners_and_keepers() -> None:
    change = waiting()
    assert list(history.of_entry(change.entry)) == [change]
    assert history.readable(change_id=change.pk, viewer=change.author) == change
    assert history.readable(change_id=change.pk, viewer=reviewer()) == change
    assert history.readable(change_id=change.pk, viewer=PersonFactory.create()) is None
    assert list(history.waiting()) == [change]

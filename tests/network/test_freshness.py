"""Is it still correct? The whole ladder by the clock, the link from the letter, and who is never taken off."""

from datetime import datetime, timedelta

import pytest

from network import consents
from network.consents import Purpose
from network.joining import freshness, signed_links
from network.joining.refusals import LinkNotValid
from network.models import Consent, FreshnessReminder, Organisation, OutgoingMail, Profile
from network.refusals import NotPermitted
from tests.factories import NOW, OrganisationFactory, PersonFactory, ProfileFactory
from tests.network.joining_scenes import keeper, letters, link_in, made_by_staff, newest, owner_of

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365)
DAY = timedelta(days=1)
LADDER = [
    "joining.freshness_asked", "joining.freshness_reminded", "joining.freshness_warned", "joining.freshness_unlisted",
]  # fmt: skip


def confirmed_then(at: datetime = NOW - YEAR) -> Organisation:
    """An organisation with an owner, confirmed a year ago."""
    organisation = OrganisationFactory.create(confirmed_at=at)
    owner_of(organisation)
    return organisation


def owner(organisation: Organisation):
    return organisation.memberships.get().person


def walk(start: datetime, days: int) -> list[tuple[int, int]]:
    """Let the chore run once a day; return on which days it did how much."""
    done = [(day, freshness.remind(at=start + timedelta(days=day))) for day in range(days)]
    return [(day, steps) for day, steps in done if steps]


def test_the_whole_ladder_by_the_clock() -> None:
    organisation = confirmed_then()
    assert walk(NOW - 3 * DAY, 70) == [(3, 1), (17, 1), (33, 1), (48, 1)]
    sent = FreshnessReminder.objects.order_by("step").values_list("step", "sent_at")
    assert [(step, (at - NOW).days) for step, at in sent] == [(0, 0), (1, 14), (2, 30), (3, 45)]
    assert letters(owner(organisation).email) == LADDER
    organisation.refresh_from_db()
    assert organisation.is_listed is False


def test_a_worker_that_was_away_sends_one_letter_at_a_time() -> None:
    organisation = confirmed_then(NOW - YEAR - 100 * DAY)
    assert walk(NOW, 46) == [(0, 1), (14, 1), (30, 1), (45, 1)]
    assert letters(owner(organisation).email) == LADDER


def test_who_confirms_is_left_in_peace_for_a_year() -> None:
    organisation = confirmed_then()
    walk(NOW, 20)
    freshness.confirm(entry=organisation, actor=owner(organisation), at=NOW + 20 * DAY)
    assert walk(NOW + 20 * DAY, 366) == [(365, 1)]
    assert letters(owner(organisation).email) == [LADDER[0], LADDER[1], LADDER[0]]


def test_one_click_confirms_without_logging_in() -> None:
    organisation = confirmed_then()
    walk(NOW, 1)
    token = link_in(newest(owner(organisation).email), "/con-dung/").split("/")[-2]
    freshness.confirm_by_link(token=token, at=NOW + DAY)
    organisation.refresh_from_db()
    assert (organisation.confirmed_at, organisation.is_listed) == (NOW + DAY, True)
    assert walk(NOW + DAY, 300) == []


def test_one_click_brings_it_back() -> None:
    organisation = confirmed_then()
    walk(NOW, 46)
    token = link_in(newest(owner(organisation).email), "/con-dung/").split("/")[-2]
    at = NOW + 300 * DAY
    freshness.confirm_by_link(token=token, at=at)
    organisation.refresh_from_db()
    assert (organisation.confirmed_at, organisation.is_listed) == (at, True)


def test_a_link_confirms_once() -> None:
    organisation = confirmed_then()
    walk(NOW, 1)
    token = link_in(newest(owner(organisation).email), "/con-dung/").split("/")[-2]
    for days in (1, 200):
        freshness.confirm_by_link(token=token, at=NOW + days * DAY)
    organisation.refresh_from_db()
    assert organisation.confirmed_at == NOW + DAY


def test_a_link_that_was_changed_or_is_not_theirs_confirms_nothing() -> None:
    organisation = confirmed_then()
    person = owner(organisation)
    good = signed_links.make(organisation, person, at=NOW)
    other = signed_links.make(organisation, PersonFactory.create(), at=NOW)
    for token, at in ((good[:-1], NOW), (f"x{good}", NOW), ("", NOW), (other, NOW), (good, NOW + 401 * DAY)):
        with pytest.raises(LinkNotValid):
            freshness.confirm_by_link(token=token, at=at)
    person.memberships.update(role="MEMBER")
    with pytest.raises(LinkNotValid):
        freshness.confirm_by_link(token=good, at=NOW)
    organisation.refresh_from_db()
    assert organisation.confirmed_at == NOW - YEAR


def test_nobody_else_confirms() -> None:
    organisation = confirmed_then()
    for actor in (PersonFactory.create(), owner_of(organisation, role="MEMBER")):
        with pytest.raises(NotPermitted):
            freshness.confirm(entry=organisation, actor=actor, at=NOW)
    organisation.refresh_from_db()
    assert organisation.confirmed_at == NOW - YEAR
    for actor in (owner_of(organisation, role="EDITOR"), keeper()):
        assert freshness.confirm(entry=organisation, actor=actor, at=NOW).confirmed_at == NOW


def test_what_somebody_hid_themselves_stays_hidden() -> None:
    organisation = confirmed_then()
    walk(NOW, 20)
    Organisation.objects.filter(pk=organisation.pk).update(is_listed=False)
    assert walk(NOW + 20 * DAY, 40) == []
    freshness.confirm(entry=organisation, actor=owner(organisation), at=NOW + 60 * DAY)
    organisation.refresh_from_db()
    assert (organisation.is_listed, organisation.confirmed_at) == (False, NOW + 60 * DAY)


def test_without_an_owner_nothing_is_sent_and_keepers_see_it() -> None:
    alone = OrganisationFactory.create(confirmed_at=NOW - YEAR)
    OrganisationFactory.create(confirmed_at=NOW - YEAR + DAY)
    confirmed_then()
    assert walk(NOW, 60) == [(0, 1), (14, 1), (30, 1), (45, 1)]
    assert list(freshness.unkept(at=NOW)) == [alone]
    alone.refresh_from_db()
    assert alone.is_listed is True


def test_never_confirmed_counts_from_the_last_change() -> None:
    organisation = OrganisationFactory.create()
    owner_of(organisation)
    Organisation.objects.filter(pk=organisation.pk).update(updated_at=NOW)
    assert walk(NOW + 360 * DAY, 10) == [(5, 1)]


class TestAPersonsEntry:
    """Asked of the person; one who was never here is not asked."""

    def test_the_ladder(self) -> None:
        profile = ProfileFactory.create(confirmed_at=NOW - YEAR)
        made_by_staff(confirmed_at=NOW - YEAR)
        assert walk(NOW, 60) == [(0, 1), (14, 1), (30, 1), (45, 1)]
        assert letters(profile.person.email) == LADDER
        assert OutgoingMail.objects.count() == 4
        assert Profile.objects.get(pk=profile.pk).is_listed is False

    def test_who_left_the_directory_meanwhile_does_not_come_back_by_a_click(self) -> None:
        profile = ProfileFactory.create(confirmed_at=NOW - YEAR)
        given = {"person": profile.person, "purposes": [Purpose.DIRECTORY], "language": "vi"}
        consents.give(**given, channel=Consent.Channel.SITE, at=NOW - YEAR)
        walk(NOW, 46)
        token = signed_links.make(profile, profile.person, at=NOW + 45 * DAY)
        consents.withdraw(person=profile.person, purpose=Purpose.DIRECTORY, at=NOW + 50 * DAY)
        freshness.confirm_by_link(token=token, at=NOW + 60 * DAY)
        profile.refresh_from_db()
        assert (profile.is_listed, profile.confirmed_at) == (False, NOW + 60 * DAY)

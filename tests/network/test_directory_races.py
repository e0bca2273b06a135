"""Two write to the index at once: whoever reads in between misses nothing, versions come in the order of commits."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from network.directory import finding, index
from network.models import DirectoryStamp, Organisation
from tests.factories import OrganisationFactory

pytestmark = [pytest.mark.race, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
PATIENCE = 20.0


@pytest.fixture
def two() -> tuple[int, int]:
    """Two organisations, renamed past the index."""
    first, second = OrganisationFactory.create(name_vi="Cũ Một"), OrganisationFactory.create(name_vi="Cũ Hai")
    finding.find_organisations()
    for row, name in ((first, "Mới Một"), (second, "Mới Hai")):
        Organisation.objects.filter(pk=row.pk).update(name_vi=name, name=name)
    return first.pk, second.pk


def _slow_and_quick(first: int, second: int) -> list[int]:
    """One writes and takes its time to commit; another writes and is read meanwhile. Return who is found at the end."""
    written, read = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            index.refresh(organisations=[first])
            written.set()
            read.wait(1.0)  # whoever waits for us at the stamp is not read before we commit

    def quick() -> None:
        written.wait(PATIENCE)
        index.refresh(organisations=[second])
        finding.find_organisations()
        read.set()

    _together(slow, quick)
    return finding.find_organisations(search="moi").ids()


def _together(*acts: Callable[[], None]) -> None:
    def closing(act: Callable[[], None]) -> None:
        try:
            act()
        finally:
            connection.close()

    threads = [threading.Thread(target=closing, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)


def test_nothing_is_missed_between_two_writers(two: tuple[int, int]) -> None:
    assert sorted(_slow_and_quick(*two)) == sorted(two)


def test_without_waiting_at_the_stamp_the_slower_one_is_missed(
    two: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: versions are given without a lock, and the lower one is committed last."""
    numbers = iter(range(DirectoryStamp.objects.get().version + 1, 10_000))

    def unlocked() -> int:
        return next(numbers)

    def told() -> None:
        DirectoryStamp.objects.update(version=9_999)

    monkeypatch.setattr(index, "_next_version", unlocked)
    written, read = threading.Event(), threading.Event()
    first, second = two

    def slow() -> None:
        with transaction.atomic():
            index.refresh(organisations=[first])
            written.set()
            read.wait(PATIENCE)

    def quick() -> None:
        written.wait(PATIENCE)
        index.refresh(organisations=[second])
        told()
        finding.find_organisations()
        read.set()

    _together(slow, quick)
    assert finding.find_organisations(search="moi").ids() == [second]

"""Who is found in the directory."""

import pytest

from network import queries
from tests.factories import ProfileFactory

pytestmark = pytest.mark.django_db


def test_an_unlisted_mentor_is_not_found_in_the_directory() -> None:
    listed = ProfileFactory.create()
    ProfileFactory.create(is_listed=False)
    assert list(queries.listed_mentors()) == [listed]

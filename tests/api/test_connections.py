"""Lists with paging: whole, in order, without doubles, whatever happens between two pages."""

import base64

import orjson
import pytest

from network.models import Organisation
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db
QUERY = """query ($first: Int, $after: String) { organisations(first: $first, after: $after) {
    edges { cursor node { name } } nodes { name } totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"""


def page(post, language="vi", **variables):
    return post(QUERY, variables, Accept_Language=language).json()["data"]["organisations"]


def names(found):
    return [edge["node"]["name"] for edge in found["edges"]]


@pytest.fixture
def five():
    return [OrganisationFactory.create(name_vi=name, name_en=None) for name in "ABCDE"]


def test_pages_follow_one_another(post, five):
    first = page(post, first=2)
    assert names(first) == ["A", "B"]
    assert first["nodes"] == [{"name": "A"}, {"name": "B"}]
    assert first["totalCount"] == 5
    info = first["pageInfo"]
    assert (info["hasNextPage"], info["hasPreviousPage"]) == (True, False)
    assert [info["startCursor"], info["endCursor"]] == [edge["cursor"] for edge in first["edges"]]
    second = page(post, first=2, after=info["endCursor"])
    assert names(second) == ["C", "D"]
    last = page(post, first=2, after=second["pageInfo"]["endCursor"])
    assert names(last) == ["E"]
    assert (last["pageInfo"]["hasNextPage"], last["pageInfo"]["hasPreviousPage"]) == (False, True)


def test_a_row_that_comes_or_goes_moves_no_other(post, five):
    first = page(post, first=2)
    OrganisationFactory.create(name_vi="AA")
    Organisation.objects.get(name_vi="B").delete()
    assert names(page(post, first=2, after=first["pageInfo"]["endCursor"])) == ["C", "D"]


def test_equal_names_are_told_apart(post):
    for number in range(4):
        OrganisationFactory.create(name_vi="Trùng tên", code=f"o{number}")
    seen, after = [], None
    for _ in range(4):
        found = page(post, first=1, after=after)
        seen.append(found["edges"][0]["cursor"])
        after = found["pageInfo"]["endCursor"]
    assert len(set(seen)) == 4
    assert not found["pageInfo"]["hasNextPage"]


def test_missing_translations_do_not_break_the_order(post, five):
    OrganisationFactory.create(name_vi="Z", name_en="Zed")
    seen, after = [], None
    while True:
        found = page(post, "en", first=1, after=after)
        seen += names(found)
        after = found["pageInfo"]["endCursor"]
        if not found["pageInfo"]["hasNextPage"]:
            break
    assert seen == ["A", "B", "C", "D", "E", "Zed"]


def test_an_empty_list(post):
    found = page(post)
    assert found == {
        "edges": [],
        "nodes": [],
        "totalCount": 0,
        "pageInfo": {"hasNextPage": False, "hasPreviousPage": False, "startCursor": None, "endCursor": None},
    }


def made(keys):
    return base64.urlsafe_b64encode(orjson.dumps(keys)).decode()


@pytest.mark.parametrize(
    "variables",
    [
        {"first": -1}, {"first": 101}, {"after": "!"}, {"after": "ữ"}, {"after": made([])}, {"after": made({"a": 1})},
        {"after": made(["A"])}, {"after": made(["A", "x"])}, {"after": made(["A", None])}, {"after": made(["\0", 1])},
        {"after": made([[], 1])}, {"after": made(["A", 1, 2])},
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_told_so(post, five, variables):
    answer = post(QUERY, variables).json()
    assert answer["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
    assert answer["data"] is None


def test_a_number_beyond_every_row_ends_the_list(post, five):
    assert names(page(post, after=made(["E", 2**63]))) == []


def test_search_does_without_accents(post):
    OrganisationFactory.create(name_vi="Cà phê Đổi mới")
    OrganisationFactory.create(name_vi="Khác")
    query = "query ($search: String) { organisations(search: $search) { nodes { name } } }"
    for words in ("doi moi", "ĐỔI MỚI", "mới cà", "ca phe", "doi\0 moi"):
        nodes = post(query, {"search": words}).json()["data"]["organisations"]["nodes"]
        assert nodes == [{"name": "Cà phê Đổi mới"}]
    assert post(query, {"search": "không có"}).json()["data"]["organisations"]["nodes"] == []

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
        {"after": made([[], 1])}, {"after": made(["A", 1, 2])}, {"after": made([1, 1])}, {"after": made([True, True])},
        {"after": made(["A", True])}, {"after": made(["A", "1"])}, {"after": made(["A", 1.0])},
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_told_so(post, five, variables):
    answer = post(QUERY, variables).json()
    assert answer["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
    assert answer["data"] is None


@pytest.mark.parametrize(
    "key",
    [
        1, True, "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "2026-11-23T02:00:00", "2026-11-23",
        "2026-13-01T00:00:00Z", "A", "",
    ],
)  # fmt: skip
def test_a_moment_that_is_none_is_told_so(post, key):
    query = "query ($after: String) { events(when: ALL, after: $after) { totalCount } }"
    answer = post(query, {"after": made([key, 1])}).json()
    assert answer["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
    # Control: a moment is taken.
    assert post(query, {"after": made(["2026-11-23T09:00:00+07:00", 1])}).json() == {
        "data": {"events": {"totalCount": 0}}
    }


@pytest.mark.parametrize(
    ("language", "variables", "message"),
    [
        ("vi", {"first": 101}, "Có giá trị chưa phù hợp: “first” nằm trong khoảng từ 0 đến 100."),
        ("en", {"first": 101}, "A value does not fit: “first” lies between 0 and 100."),
        ("vi", {"after": "!"}, "Có giá trị chưa phù hợp: “after” không phải là con trỏ của danh sách này."),
        ("en", {"after": "!"}, "A value does not fit: “after” is no cursor of this list."),
    ],
)
def test_it_is_told_in_the_language_of_the_answer(post, language, variables, message):
    assert post(QUERY, variables, Accept_Language=language).json()["errors"][0]["message"] == message


def test_a_number_beyond_every_row_ends_the_list(post, five):
    assert names(page(post, after=made([-1, "E", 2**63]))) == []


def test_search_does_without_accents(post):
    OrganisationFactory.create(name_vi="Cà phê Đổi mới")
    OrganisationFactory.create(name_vi="Khác")
    query = "query ($search: String) { organisations(search: $search) { nodes { name } } }"
    for words in ("doi moi", "ĐỔI MỚI", "mới cà", "ca phe", "doi\0 moi"):
        nodes = post(query, {"search": words}).json()["data"]["organisations"]["nodes"]
        assert nodes == [{"name": "Cà phê Đổi mới"}]
    assert post(query, {"search": "không có"}).json()["data"]["organisations"]["nodes"] == []

"""The search of the directory by GraphQL: arguments, facets, cursors, and nothing that is not public."""

import pytest

from network.directory import index
from network.models import FundFacts, StartupFacts
from tests.factories import OrganisationFactory, ProfileFactory, SectorFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def quay():
    """A fund with an office here, and two startups, one of which shows everybody that it looks for money."""
    sea = SectorFactory.create(code="sea", name_vi="Biển", name_en="Sea")
    fund = OrganisationFactory.create(slug="sail", name_vi="Quỹ Buồm Nâu", kind="VENTURE_FUND", ward="phường Gia Viên")
    FundFacts.objects.create(organisation=fund, stages=["SEED"], has_local_office=True)
    shown = OrganisationFactory.create(slug="neo", name_vi="Neo Buồm", visibility={"raises_now": "PUBLIC"})
    hidden = OrganisationFactory.create(slug="brick", name_vi="Gạch Buồm", description_vi="Kín như bưng")
    for row in (shown, hidden):
        StartupFacts.objects.create(organisation=row, stage="SEED", raises_now=True)
    fund.sectors.set([sea])
    hidden.visibility = {"description": "MEMBERS"}
    hidden.save()
    index.refresh(organisations=[fund.pk, shown.pk, hidden.pk])


def slugs(post, arguments):
    answer = post(f"{{ organisations({arguments}) {{ nodes {{ slug }} }} }}").json()
    return [node["slug"] for node in answer["data"]["organisations"]["nodes"]]


@pytest.mark.usefixtures("quay")
@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ('search: "buom"', ["brick", "neo", "sail"]),
        ('search: "bumo"', ["brick", "neo", "sail"]),
        ('search: "quy buom"', ["sail"]),
        ('stage: "SEED", kind: STARTUP', ["brick", "neo"]),
        ('sector: "sea"', ["sail"]),
        ('ward: "PHUONG gia vien"', ["sail"]),
        ("localOffice: true", ["sail"]),
        ("localOffice: false", ["brick", "neo", "sail"]),
        ("raisesNow: true", ["neo"]),
        ('search: "bung"', []),
        ('need: "nothing"', []),
        ('kind: null, sector: null, search: ""', ["brick", "neo", "sail"]),
    ],
)
def test_organisations_are_narrowed(post, arguments, found):
    assert sorted(slugs(post, arguments)) == found


@pytest.mark.usefixtures("quay")
def test_facets_are_counted_without_their_own_argument(post):
    query = """{ organisationFacets(kind: STARTUP, search: "bumo") {
      total meant kind { value label count } sector { value } raisesNow { value count } localOffice { value } } }"""
    assert post(query, Accept_Language="en").json()["data"]["organisationFacets"] == {
        "total": 2,
        "meant": "buom",
        "kind": [
            {"value": "VENTURE_FUND", "label": "Venture fund", "count": 1},
            {"value": "STARTUP", "label": "Startup", "count": 2},
        ],
        "sector": [],
        "raisesNow": [{"value": "1", "count": 1}],
        "localOffice": [],
    }


@pytest.mark.usefixtures("quay")
def test_pages_of_a_search_follow_one_another_by_their_score(post):
    query = """query ($after: String) { organisations(search: "buom", first: 1, after: $after) {
      nodes { slug } totalCount pageInfo { hasNextPage hasPreviousPage endCursor } } }"""
    after, seen = None, []
    for number in range(3):
        page = post(query, {"after": after}).json()["data"]["organisations"]
        assert (page["totalCount"], page["pageInfo"]["hasNextPage"]) == (3, number < 2)
        assert page["pageInfo"]["hasPreviousPage"] is (number > 0)
        seen += [node["slug"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
    assert seen == slugs(post, 'search: "buom"')
    assert len(set(seen)) == 3


def test_people_of_every_part_and_mentors_apart(post):
    ProfileFactory.create(person__full_name="Trần Thu Hà", slug="ha", roles=["FOUNDER"])
    ProfileFactory.create(person__full_name="Nguyễn Văn An", slug="an", languages="vi,en")
    query = """{ people { nodes { slug } } mentors { nodes { slug } }
      founders: people(role: "FOUNDER") { nodes { slug } }
      english: people(language: "en") { nodes { slug } }
      peopleFacets { total role { value label count } language { value count } } }"""
    data = post(query, Accept_Language="en").json()["data"]
    assert {name: [node["slug"] for node in page["nodes"]] for name, page in data.items() if "nodes" in page} == {
        "people": ["an", "ha"], "founders": ["ha"], "mentors": ["an"], "english": ["an"],
    }  # fmt: skip
    assert data["peopleFacets"] == {
        "total": 2,
        "role": [
            {"value": "MENTOR", "label": "Mentor", "count": 1},
            {"value": "FOUNDER", "label": "Founder", "count": 1},
        ],
        "language": [{"value": "en", "count": 1}, {"value": "vi", "count": 2}],
    }


@pytest.mark.usefixtures("quay")
def test_the_best_of_both_lists(post):
    ProfileFactory.create(person__full_name="Trần Văn Buồm", slug="buom")
    query = 'query ($first: Int) { directorySearch(search: "buom", first: $first) { name person { slug } } }'
    hits = post(query, {"first": 4}).json()["data"]["directorySearch"]
    assert len(hits) == 4
    assert {"name": "Trần Văn Buồm", "person": {"slug": "buom"}} in hits
    assert len(post(query, {"first": 2}).json()["data"]["directorySearch"]) == 2
    assert post('{ directorySearch(search: "  ") { name } }').json()["data"]["directorySearch"] == []
    for senseless in (-1, 21):
        assert post(query, {"first": senseless}).json()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"

"""Entries of the directory through GraphQL: what an owner hides stays hidden, by whatever path one comes."""

from typing import Any

import pytest

from events.models import Session, Speaker
from network.models import FundFacts, FundingRound, Membership, Organisation, Relationship, StartupFacts
from tests.factories import NOW, OrganisationFactory, PersonFactory, ProfileFactory, open_event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

ENTRY = "bio contactEmail skills { name }"
FACTS = (
    "description website fundFacts { ticketMin currency fundSize } startupFacts { teamSize stage } "
    "fundingRounds { amount }"
)
PATHS = {
    "itself": '{ person(slug: "neo") { %s } }',
    "member": '{ organisation(slug: "neo") { members { profile { %s } } } }',
    "relationship": '{ organisation(slug: "neo") { relationships { person { %s } } } }',
    "relationship of a relation": '{ person(slug: "neo") { relationships { organisation { '
    "relationships { person { %s } } } } } }",
    "speaker": "query ($event: String!) { event(slug: $event) { sessions { speakers { mentor { %s } } } } }",
}


@pytest.fixture
def quay() -> dict[str, Any]:
    """A startup with a founder who speaks and hides a lot."""
    startup = OrganisationFactory.create(slug="neo")
    founder = ProfileFactory.create(
        slug="neo", bio_vi="BÍ MẬT", contact_email="neo@bi-mat.example", visibility={"bio": "MEMBERS"}
    )
    Membership.objects.create(person=founder.person, organisation=startup, is_public=True)
    Relationship.objects.create(kind="FOUNDED", profile=founder, target=startup)
    event = open_event()
    session = Session.objects.create(event=event, title_vi="Phiên", starts_at=event.starts_at, ends_at=event.ends_at)
    session.speakers.add(Speaker.objects.create(name="Neo", person=founder.person))
    return {"startup": startup, "founder": founder, "event": event}


def told(post: Any, path: str, quay: dict[str, Any]) -> str:
    answer = post(PATHS[path] % ENTRY, {"event": quay["event"].slug})
    assert "errors" not in answer.json()
    return str(answer.content.decode())


@pytest.mark.parametrize("path", PATHS)
def test_a_stranger_sees_no_hidden_field_by_any_path(post: Any, quay: dict[str, Any], path: str) -> None:
    said = told(post, path, quay)
    assert '"bio":""' in said
    assert "BÍ MẬT" not in said
    assert "bi-mat.example" not in said


@pytest.mark.parametrize("path", PATHS)
def test_a_member_sees_what_is_for_members_and_no_more(client: Any, post: Any, quay: dict[str, Any], path: str) -> None:
    client.force_login(ProfileFactory.create().person)
    said = told(post, path, quay)
    assert "BÍ MẬT" in said
    assert "bi-mat.example" not in said


@pytest.mark.parametrize("path", PATHS)
def test_the_owner_sees_all_of_it(client: Any, post: Any, quay: dict[str, Any], path: str) -> None:
    client.force_login(quay["founder"].person)
    assert "neo@bi-mat.example" in told(post, path, quay)


@pytest.mark.parametrize("path", [path for path in PATHS if path != "itself"])
def test_an_unlisted_person_is_nowhere(client: Any, post: Any, quay: dict[str, Any], path: str) -> None:
    client.force_login(ProfileFactory.create().person)
    assert "BÍ MẬT" in told(post, path, quay)
    type(quay["founder"]).objects.filter(pk=quay["founder"].pk).update(is_listed=False)
    assert "BÍ MẬT" not in told(post, path, quay)


def facts(post: Any) -> dict[str, Any]:
    answer: dict[str, Any] = post(f'{{ organisation(slug: "quy") {{ {FACTS} }} }}').json()["data"]["organisation"]
    return answer


def test_facts_of_a_kind_are_seen_field_by_field(client: Any, post: Any) -> None:
    fund = OrganisationFactory.create(
        slug="quy", kind="VENTURE_FUND", visibility={"ticket": "STAFF", "website": "MEMBERS"}
    )
    Organisation.objects.filter(pk=fund.pk).update(website="https://quy.example/")
    FundFacts.objects.create(organisation=fund, ticket_min=2_000_000_000, fund_size=9_000_000_000)
    StartupFacts.objects.create(organisation=fund, team_size=4, stage="SEED")
    FundingRound.objects.create(
        startup=fund, stage="SEED", amount=5, announced_on=NOW.date(), source_url="https://a.example"
    )
    hidden = {"ticketMin": None, "currency": None, "fundSize": None}
    rest = {"startupFacts": {"teamSize": 4, "stage": "SEED"}, "fundingRounds": [{"amount": 5}]}
    assert facts(post) == {"description": "", "website": "", "fundFacts": hidden, **rest}

    client.force_login(ProfileFactory.create().person)
    seen = {**hidden, "fundSize": 9_000_000_000}
    assert facts(post) == {"description": "", "website": "https://quy.example/", "fundFacts": seen, **rest}

    editor = PersonFactory.create()
    Membership.objects.create(person=editor, organisation=fund, role="EDITOR")
    client.force_login(editor)
    seen = {"ticketMin": 2_000_000_000, "currency": "VND", "fundSize": 9_000_000_000}
    assert facts(post) == {"description": "", "website": "https://quy.example/", "fundFacts": seen, **rest}


def test_a_merged_entry_answers_with_where_it_went(post: Any) -> None:
    new = OrganisationFactory.create(slug="moi")
    OrganisationFactory.create(slug="cu", is_listed=False, merged_into=new)
    query = "query ($slug: String!) { organisation(slug: $slug) { slug } }"
    assert post(query, {"slug": "cu"}).json()["data"]["organisation"] == {"slug": "moi"}
    assert post(query, {"slug": "khong-co"}).json()["data"]["organisation"] is None


def test_funds_come_side_by_side_in_the_order_asked_for(post: Any) -> None:
    for number in range(5):
        OrganisationFactory.create(slug=f"quy-{number}", kind="VENTURE_FUND")
    OrganisationFactory.create(slug="startup")
    OrganisationFactory.create(slug="kin", kind="VENTURE_FUND", is_listed=False)
    slugs = ["quy-3", "startup", "kin", "quy-1", "quy-3", "quy-0", "quy-2", "quy-4"]
    answer = post("query ($slugs: [String!]!) { compareFunds(slugs: $slugs) { slug } }", {"slugs": slugs}).json()
    assert [row["slug"] for row in answer["data"]["compareFunds"]] == ["quy-3", "quy-1", "quy-0", "quy-2"]

"""The examples of docs/api.md fit the schema and its bounds."""

import json
import re
from pathlib import Path
from uuid import uuid4

import pytest

from api.documents import Documents
from api.limits import Limits
from api.schema import schema
from network.global_ids import global_id
from tests.api.operations import world
from tests.api.test_callers import used

DOCS = Path(__file__).parents[2] / "docs" / "api.md"
BLOCKS = re.findall(r"```(graphql|json)\n(.*?)```", DOCS.read_text(), re.DOTALL)
PHONES = r"\b(reportDevice|redeem|doorSearch|registerAtDoor|doorSnapshot)\("
EXAMPLES = [text for kind, text in BLOCKS if kind == "graphql"]
OVER_HTTP = [text for text in EXAMPLES if not text.startswith("subscription")]


@pytest.mark.parametrize("text", EXAMPLES, ids=lambda text: text.split("(")[0].split("{")[0].strip())
def test_an_example_may_be_executed(text):
    documents = Documents(schema.graphql_schema)
    document = documents.get(text, Limits())
    assert [refusal.facts for refusal in document.refusals] == []
    documents.admit(document, name=None, variables={}, bounds=Limits(), developer=False)


@pytest.mark.django_db
@pytest.mark.usefixtures("today")
def test_the_examples_work(client, post):
    made = world()
    variables = (
        made.variables
        | {"newcomer": str(uuid4())}
        | {"expected": made.variables["people"], "input": {"eventId": global_id(made.event)}}
    )
    client.force_login(made.callers["organiser"])
    phone = {"X-Device-Token": made.phones["phone"].token}
    answers = {
        text: post(text, used(text, variables), **(phone if re.search(PHONES, text) else {})).json()
        for text in OVER_HTTP
    }
    assert [answer for answer in answers.values() if "errors" in answer] == []
    told = {name: found for answer in answers.values() for name, found in answer["data"].items()}
    assert told["register"]["registration"]["status"] == "CONFIRMED"
    assert told["messageAttendees"] == {"recipients": made.variables["people"], "errors": []}
    assert told["enrolDevice"]["device"]["name"] == "Cửa B"
    statuses = [told["redeem"], told["registerAtDoor"]]
    assert [(answer["status"], answer["errors"]) for answer in statuses] == [("OK", [])] * 2
    assert len(told["doorSnapshot"]["tickets"]) == 2
    assert told["reportDevice"]["device"]["name"] == "Cửa A"


def test_there_are_examples_and_what_they_send_fits_too():
    assert len(EXAMPLES) > len(OVER_HTTP) >= 19
    (sent,) = [json.loads(text) for kind, text in BLOCKS if kind == "json"]
    known = schema.graphql_schema.type_map["RegisterInput"].fields
    assert set(sent["input"]) <= set(known)


def test_every_act_is_named():
    names = set(schema.graphql_schema.mutation_type.fields)
    assert {name for name in names if name not in DOCS.read_text()} == set()

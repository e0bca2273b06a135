"""The schema as a whole: its file, its words, its shape."""

import ast
import re
from collections import Counter

import graphene
import pytest
from django.core.management import CommandError, call_command
from graphql import is_enum_type, is_input_object_type, is_object_type

from api.errors import WORDING
from api.management.commands import schema_snapshot
from api.schema import schema
from tests.house.sources import python_files, tree


def test_the_committed_file_is_the_schema():
    call_command("schema_snapshot", check=True)


def test_a_stale_file_is_found(tmp_path, monkeypatch):
    monkeypatch.setattr(schema_snapshot, "SNAPSHOT", tmp_path / "schema.graphql")
    with pytest.raises(CommandError):
        call_command("schema_snapshot", check=True)
    call_command("schema_snapshot")
    call_command("schema_snapshot", check=True)
    schema_snapshot.SNAPSHOT.write_text(schema_snapshot.SNAPSHOT.read_text().replace("type Query", "type Question"))
    with pytest.raises(CommandError):
        call_command("schema_snapshot", check=True)


def test_every_code_has_words():
    """Codes are given by name alone: `Refused("FORBIDDEN")`."""
    calls = [node for path in python_files("api") for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
    codes = {
        call.args[0].value
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id == "Refused" and isinstance(call.args[0], ast.Constant)
    }
    assert len(codes) > 10
    assert codes - set(WORDING) == set()


def test_every_type_says_what_it_is():
    types = schema.graphql_schema.type_map.values()
    ours = [kind for kind in types if (is_object_type(kind) or is_enum_type(kind)) and not kind.name.startswith("__")]
    assert [kind.name for kind in ours if not kind.description] == []


WITHOUT_INPUT = {"leaveDevice"}
KEYLESS = {"redeem", "admitParty", "annul", "uploadScans", "enrolDevice", "reportDevice", *WITHOUT_INPUT}
"""Scans have their nonces; phones have no account under which a key could be remembered."""


def test_every_act_tells_its_refusals():
    for name, field in schema.graphql_schema.mutation_type.fields.items():
        payload = field.type.of_type
        assert payload.name == f"{name[0].upper()}{name[1:]}Payload"
        assert str(payload.fields["errors"].type) == "[Refusal!]!"
        given = [] if name in WITHOUT_INPUT else [f"{name[0].upper()}{name[1:]}Input!"]
        assert [str(kind.type) for kind in field.args.values()] == given


def test_connections_are_relay_s():
    types = schema.graphql_schema.type_map
    for name in [name for name in types if name.endswith("Connection")]:
        assert {"edges", "pageInfo"} <= set(types[name].fields)
        assert re.fullmatch(r"\[\w+Edge!\]!", str(types[name].fields["edges"].type))
        assert {"node", "cursor"} == set(types[name.replace("Connection", "Edge")].fields)
    assert [str(types["PageInfo"].fields[name].type) for name in ("hasNextPage", "endCursor")] == ["Boolean!", "String"]


def test_no_two_types_have_one_name():
    """Graphene takes the first and says nothing."""
    kinds = [*_all(graphene.ObjectType), *_all(graphene.Scalar), *_all(graphene.Enum)]
    names = Counter(
        kind._meta.name for kind in set(kinds) if kind.__module__.startswith("api.") and "_meta" in vars(kind)
    )
    assert len(names) > 50
    assert [name for name, times in names.items() if times > 1] == []


def _all(kind):
    return [kind, *(inner for child in kind.__subclasses__() for inner in _all(child))]


def test_every_act_but_those_with_a_nonce_takes_a_key():
    inputs = {
        name: field.args["input"].type.of_type.fields
        for name, field in schema.graphql_schema.mutation_type.fields.items()
        if name not in WITHOUT_INPUT
    }
    keyless = {name for name, fields in inputs.items() if "idempotencyKey" not in fields}
    assert keyless | WITHOUT_INPUT == KEYLESS


def test_every_input_is_described():
    inputs = [kind for kind in schema.graphql_schema.type_map.values() if is_input_object_type(kind)]
    bare = [f"{kind.name}.{name}" for kind in inputs for name, field in kind.fields.items() if not field.description]
    assert bare == []

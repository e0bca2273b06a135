"""Each bound: what passes, what does not, and that the bound and nothing else is why."""

import time

import pytest

from api.limits import Limits


def codes(response):
    return [error["extensions"]["code"] for error in response.json().get("errors", [])]


def nested(depth):
    return "{ thing " + "{ things " * (depth - 2) + "{ name }" + " }" * (depth - 1)


SKIP = "@skip(if: true)"


def shelf(first):
    return f"{{ shelf(first: {first}) {{ edges {{ node {{ name }} }} }} }}"


CASES = [
    ("characters", 200, "{ hello }" + " " * 191, "{ hello }" + " " * 192, "DOCUMENT_TOO_LARGE"),
    ("tokens", 20, "{ thing { name } }", "{ thing { " + "name " * 20 + "} }", "TOKENS_EXCEEDED"),
    ("depth", 5, nested(5), nested(6), "DEPTH_EXCEEDED"),
    ("aliases", 3, "{ a: hello b: hello c: hello }", "{ a: hello b: hello c: hello d: hello }", "ALIASES_EXCEEDED"),
    ("root_fields", 2, "{ hello who }", "{ hello who secret }", "ROOT_FIELDS_EXCEEDED"),
    ("repeats", 2, "{ thing { name name } }", "{ thing { name name name } }", "REPEATS_EXCEEDED"),
    ("directives", 1, f"{{ hello {SKIP} }}", f"{{ hello {SKIP} who {SKIP} }}", "DIRECTIVES_EXCEEDED"),
    ("cost", 50, shelf(first=16), shelf(first=17), "COST_EXCEEDED"),
]


@pytest.mark.parametrize(("bound", "value", "within", "over", "code"), CASES, ids=[case[0] for case in CASES])
def test_a_bound_refuses_what_is_over_it_and_only_that(toy, post, settings, bound, value, within, over, code):
    settings.GRAPHQL_LIMITS = {bound: value}
    assert codes(post(within)) in ([], ["FORBIDDEN"])
    assert codes(post(over)) == [code]
    # Control: without the bound the same document is executed, so it was the bound that refused it.
    settings.GRAPHQL_LIMITS = {bound: 10 * value}
    assert code not in codes(post(over))


FRAGMENTS = [
    ("depth", 5, "{ thing { things { ...A } } } fragment A on Thing { things { things { things { name } } } }"),
    ("aliases", 3, "{ thing { ...A things { ...A } } } fragment A on Thing { a: name b: name }"),
    ("root_fields", 2, "{ ...A ... on Query { who } } fragment A on Query { hello secret }"),
    ("directives", 1, f"{{ thing {{ ...A things {{ ...A }} }} }} fragment A on Thing {{ name {SKIP} }}"),
    ("cost", 50, "{ thing { things { ...A } } } fragment A on Thing { shelf(first: 10) { edges { node { name } } } }"),
]


@pytest.mark.parametrize(("bound", "value", "query"), FRAGMENTS, ids=[case[0] for case in FRAGMENTS])
def test_bounds_count_fragments_as_written_out(toy, post, settings, bound, value, query):
    code = f"{bound.upper()}_EXCEEDED"
    settings.GRAPHQL_LIMITS = {bound: value}
    assert codes(post(query)) == [code]
    settings.GRAPHQL_LIMITS = {}
    assert code not in codes(post(query))


def test_a_page_size_in_a_variable_counts_with_its_value(toy, post, settings):
    settings.GRAPHQL_LIMITS = {"cost": 100}
    query = "query ($n: Int = 10) { shelf(first: $n) { edges { node { name } } } }"
    assert codes(post(query)) == []
    assert codes(post(query, {"n": 33})) == []
    assert codes(post(query, {"n": 34})) == ["COST_EXCEEDED"]
    assert codes(post(query, {"n": 34})) == ["COST_EXCEEDED"]
    assert codes(post(query, {"n": 33.0})) == []
    assert codes(post(query, {"n": 34.0})) == ["COST_EXCEEDED"]
    for senseless in ("1", True, 1.5, [1], {"n": 1}):
        assert codes(post(query, {"n": senseless})) == ["COST_EXCEEDED"]
    assert codes(post(query, {"n": None})) == []
    assert codes(post(query.replace("10", "1000"))) == ["COST_EXCEEDED"]


def test_lists_without_paging_count_as_some_items(toy, post, settings):
    settings.GRAPHQL_LIMITS = {"cost": 111, "list_size": 10}
    assert codes(post("{ thing { things { things { name } } } }")) == ["COST_EXCEEDED"]
    settings.GRAPHQL_LIMITS = {"cost": 112, "list_size": 10}
    assert codes(post("{ thing { things { things { name } } } }")) == []


@pytest.mark.parametrize(
    "query",
    [
        "{ thing { ...A } } fragment A on Thing { name ...A }",
        "{ thing { ...A } } fragment A on Thing { things { ...B } } fragment B on Thing { things { ...A } }",
        "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }",
        "{ ...Nowhere }",
    ],
)
def test_circular_and_unknown_fragments_are_a_validation_error(toy, post, query):
    assert set(codes(post(query))) == {"GRAPHQL_VALIDATION_FAILED"}


def exponential(levels):
    """Each fragment spreads the next one twice: 2 ** levels fields when written out."""
    parts = [
        f"fragment F{i} on Thing {{ a: shelf {{ edges {{ node {{ ...F{i + 1} }} }} }} ...F{i + 1} }}"
        for i in range(levels)
    ]
    return "{ thing { ...F0 } } " + " ".join(parts) + f" fragment F{levels} on Thing {{ x: name }}"


def flat_bomb(levels):
    """As above, without any depth: only the count grows."""
    parts = [f"fragment F{i} on Thing {{ ...F{i + 1} ... on Thing {{ ...F{i + 1} }} }}" for i in range(levels)]
    return "{ thing { ...F0 } } " + " ".join(parts) + f" fragment F{levels} on Thing {{ x: name }}"


@pytest.mark.parametrize("query", [exponential(60), flat_bomb(60), flat_bomb(20), exponential(9)])
def test_exponential_fragments_are_refused_at_once(toy, post, query):
    started = time.thread_time()
    assert set(codes(post(query))) & {"DEPTH_EXCEEDED", "ALIASES_EXCEEDED", "COST_EXCEEDED"}
    assert time.thread_time() - started < 1


def many_fragments(number):
    return " ".join(f"fragment F{i} on Thing {{ {'name ' * 5} }}" for i in range(number))


HOSTILE = [
    "{ thing { " + "name " * 1400 + "} }",
    "{ " + "thing { name } " * 300 + "}",
    "{ thing { " + " ".join(f"...F{i}" for i in range(90)) + " } }" + many_fragments(90),
    "{" * 1400,
    "{ twice(n: " + "[" * 1400,
    "{ thing" + " { things" * 190 + " { name }" + " }" * 191,
    "{ hello " + "@skip(if: true) " * 200 + "}",
    "#" * 19_000,
]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_document_is_answered_within_a_second_and_never_with_a_500(toy, post, query):
    started = time.thread_time()
    response = post(query)
    assert response.status_code == 200
    assert "INTERNAL" not in codes(response)
    assert time.thread_time() - started < 1


def test_a_document_is_prepared_once(toy, monkeypatch):
    prepared = []
    monkeypatch.setattr("api.documents.validate", lambda *args, **kwargs: prepared.append(args) or [])
    toy.get("{ hello }", Limits())
    toy.get("{ hello }", Limits())
    assert len(prepared) == 1
    toy.get("{ hello }", Limits(depth=3))
    assert len(prepared) == 2


def test_kept_documents_are_bounded(toy, monkeypatch):
    monkeypatch.setattr("api.documents.KEPT_CHARACTERS", 100)
    first = toy.get("{ hello }", Limits())
    assert toy.get("{ hello }", Limits()) is first
    for number in range(20):
        toy.get(f"{{ a{number}: hello }}", Limits())
    assert toy._characters <= 100
    assert toy.get("{ hello }", Limits()) is not first

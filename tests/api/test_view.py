"""The HTTP door: GraphQL over HTTP, errors that tell nothing, cross-site requests."""

import json
import logging

import pytest

GRAPHQL_JSON = "application/graphql-response+json"


def code(response):
    return response.json()["errors"][0]["extensions"]["code"]


def test_a_query_is_answered_as_json_without_cookies(toy, post):
    response = post("{ hello }")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json; charset=utf-8"
    assert response.json() == {"data": {"hello": "Hello you"}}
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_variables_and_operation_name_are_used(toy, post):
    text = "query A($n: Int!) { twice(n: $n) } query B { hello }"
    response = post(body={"query": text, "variables": {"n": 21}, "operationName": "A"})
    assert response.json() == {"data": {"twice": 42}}


@pytest.mark.parametrize(
    ("name", "expected"), [(None, None), ("", "OPERATION_NOT_FOUND"), ("B", "OPERATION_NOT_FOUND")]
)
def test_an_operation_without_a_name_is_found_by_no_name(toy, post, name, expected):
    answer = post(body={"query": "{ hello }", "operationName": name}).json()
    assert [error["extensions"]["code"] for error in answer.get("errors", [])] == ([expected] if expected else [])


NUL_QUERIES = [
    ("query ($name: String) { hello(name: $name) }", "a\0b"),
    ('{ hello(name: "a\\u0000b") }', None),
    ('{ hello(name: "a\\u{0}b") }', None),
    ('{ hello(name: "a\0b") }', None),
    ('{ hello(name: """a\0b""") }', None),
    ('query ($name: String = "a\\u0000b") { hello(name: $name) }', None),
]


@pytest.mark.parametrize(("query", "name"), NUL_QUERIES)
def test_no_text_holds_a_nul(toy, post, query, name):
    assert post(query, {"name": name} if name else {}).json() == {"data": {"hello": "Hello ab"}}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b'{"query": "query ($n: String) { hello(name: $n) }", "variables": {"n": "\\ud800"}}', "BAD_REQUEST"),
        (b'{"query": "{ hello(name: \\"\\\\ud800\\") }"}', "GRAPHQL_PARSE_FAILED"),
    ],
)
def test_a_lone_surrogate_is_refused(toy, post, body, expected):
    assert code(post(body=body)) == expected


def test_variables_nested_too_deeply_are_refused(toy, post):
    def deep(levels):
        variables = b'{"x": ' + b"[" * levels + b"]" * levels + b"}"
        return post(body=b'{"query": "{ hello }", "variables": ' + variables + b"}")

    assert deep(31).json() == {"data": {"hello": "Hello you"}}
    assert (code(deep(32)), code(deep(300))) == ("BAD_REQUEST", "BAD_REQUEST")


@pytest.mark.parametrize("method", ["get", "put", "delete", "head", "patch"])
def test_other_methods_are_405_and_name_post(toy, client, method):
    response = getattr(client, method)("/graphql")
    assert (response.status_code, response["Allow"]) == (405, "POST")


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/graphql", ""],
)
def test_other_content_types_are_415(toy, post, content_type):
    response = post(body=b'{"query":"{hello}"}', Content_Type=content_type)
    assert (response.status_code, code(response)) == (415, "UNSUPPORTED_MEDIA_TYPE")


def test_json_with_a_charset_is_taken(toy, post):
    response = post(body=b'{"query":"{hello}"}', Content_Type="application/json; charset=utf-8")
    assert response.json() == {"data": {"hello": "Hello you"}}


@pytest.mark.parametrize(
    "body",
    [
        b" ", b"{", b"\xff\xfe", b"[]", b'[{"query":"{hello}"}]', b'"{hello}"', b"null", b"{}", b'{"query":1}',
        b'{"query":""}', b'{"query":"{hello}","variables":[]}', b'{"query":"{hello}","variables":"{}"}',
        b'{"query":"{hello}","operationName":1}', b'{"query":"{hello}","extensions":1}', b"[" * 5000,
    ],
)  # fmt: skip
@pytest.mark.parametrize("media", ["application/json", GRAPHQL_JSON])
def test_a_malformed_request_is_400_and_coded(toy, post, body, media):
    response = post(body=body, Accept=media)
    assert (response.status_code, code(response)) == (400, "BAD_REQUEST")
    assert "data" not in response.json()


@pytest.mark.parametrize(
    ("accept", "answered"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("application/*", "application/json"),
        ("application/json", "application/json"),
        (GRAPHQL_JSON, GRAPHQL_JSON),
        (f"{GRAPHQL_JSON}, application/json;q=0.9", GRAPHQL_JSON),
        (f"{GRAPHQL_JSON};q=0.5, application/json", "application/json"),
        ("text/html, */*;q=0.1", "application/json"),
    ],
)
def test_the_answer_has_the_media_type_that_was_asked_for(toy, post, accept, answered):
    assert post("{ hello }", Accept=accept)["Content-Type"] == f"{answered}; charset=utf-8"


def test_an_answer_nobody_can_take_is_406(toy, post):
    response = post("{ hello }", Accept="text/html")
    assert (response.status_code, code(response)) == (406, "NOT_ACCEPTABLE")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("{ hello", "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("query ($n: Int!) { twice(n: $n) }", "BAD_USER_INPUT"),
        ("query A { hello } query B { hello }", "OPERATION_NOT_FOUND"),
        ("subscription { count(upto: 2) }", "SUBSCRIPTION_OVER_HTTP"),
    ],
)
@pytest.mark.parametrize(("media", "status"), [("application/json", 200), (GRAPHQL_JSON, 400)])
def test_what_is_not_executed_is_400_only_in_the_new_media_type(toy, post, query, expected, media, status):
    response = post(query, Accept=media)
    assert (response.status_code, code(response)) == (status, expected)
    assert "data" not in response.json()


def test_persisted_queries_are_refused_by_the_code_that_clients_know(toy, post):
    response = post(body={"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "00"}}})
    assert (response.status_code, code(response)) == (400, "PERSISTED_QUERY_NOT_SUPPORTED")


def test_places_and_paths_are_told(toy, post):
    wrong = post("{\n  nothing\n}").json()["errors"][0]
    assert wrong["locations"] == [{"line": 2, "column": 3}]
    refused = post("{ a: secret }").json()
    assert refused["data"] == {"a": None}
    assert refused["errors"][0]["path"] == ["a"]
    assert refused["errors"][0]["extensions"] == {"code": "FORBIDDEN"}


def test_an_unforeseen_exception_leaks_nothing_and_is_logged_under_its_number(toy, post, caplog):
    with caplog.at_level(logging.ERROR, logger="api.errors"):
        response = post("{ hello broken }", Accept=GRAPHQL_JSON)
    assert response.status_code == 200
    assert response.json()["data"] == {"hello": "Hello you", "broken": None}
    error = response.json()["errors"][0]
    assert error["extensions"]["code"] == "INTERNAL"
    text = json.dumps(response.json())
    assert all(word not in text for word in ("hunter2", "RuntimeError", "Traceback", "toy.py"))
    record = caplog.records[-1]
    assert record.args[0] in error["message"]
    assert "hunter2" in str(record.exc_info[1])


def test_suggestions_do_not_tell_the_schema(toy, post):
    assert "Did you mean" not in post("{ helo }").json()["errors"][0]["message"]
    assert "hello" not in post("{ helo }").json()["errors"][0]["message"]


@pytest.mark.parametrize(
    ("headers", "address", "start"),
    [
        ({}, "/graphql", "Không"),
        ({"Accept_Language": "en-GB,en;q=0.9"}, "/graphql", "The GraphQL"),
        ({"Accept_Language": "fr"}, "/graphql", "Không"),
        ({}, "/graphql?lang=en", "The GraphQL"),
        ({"Accept_Language": "en"}, "/graphql?lang=vi", "Không"),
    ],
)
def test_wording_is_in_the_language_asked_for(toy, client, headers, address, start):
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    response = client.post(address, {"query": "{"}, content_type="application/json", headers=given)
    assert response.json()["errors"][0]["message"].startswith(start)


def test_a_body_over_the_bound_is_413(toy, post, settings):
    settings.GRAPHQL_LIMITS = {"body_bytes": 200}
    body = {"query": "{ hello }", "variables": {"pad": "x" * 200}}
    response = post(body=body)
    assert (response.status_code, code(response)) == (413, "BODY_TOO_LARGE")
    settings.GRAPHQL_LIMITS = {"body_bytes": 400}
    assert post(body=body).status_code == 200


class TestCrossSite:
    """A session cookie counts only from our own pages."""

    @pytest.fixture(autouse=True)
    def cookie(self, client, settings):
        client.cookies[settings.SESSION_COOKIE_NAME] = "some-session"

    @pytest.mark.parametrize(
        "headers",
        [
            {"Origin": ""},
            {"Origin": "null"},
            {"Origin": "https://evil.example"},
            {"Origin": "http://testserver.evil.example"},
            {"Origin": "http://testserver", "Sec_Fetch_Site": "cross-site"},
            {"Origin": "", "Sec_Fetch_Site": "same-site"},
        ],
    )
    def test_from_elsewhere_it_is_refused(self, toy, post, headers):
        response = post("{ hello }", **headers)
        assert (response.status_code, code(response)) == (403, "CROSS_SITE_REQUEST")

    @pytest.mark.parametrize("headers", [{}, {"Origin": "", "Sec_Fetch_Site": "same-origin"}])
    def test_from_our_own_pages_it_is_taken(self, toy, post, headers):
        assert post("{ hello }", **headers).json() == {"data": {"hello": "Hello you"}}

    def test_a_session_token_stands_above_the_cookie(self, toy, post):
        response = post("{ hello }", Origin="https://evil.example", X_Session_Token="anything")
        assert response.json() == {"data": {"hello": "Hello you"}}


def test_without_a_cookie_no_origin_is_needed(toy, post):
    assert post("{ hello }", Origin="").json() == {"data": {"hello": "Hello you"}}


@pytest.mark.django_db
class TestViewer:
    """Who is asking."""

    @pytest.fixture
    def person(self, django_user_model):
        return django_user_model.objects.create_user("an@example.vn", full_name="Nguyễn Văn An")

    def test_by_session_cookie(self, toy, post, client, person):
        client.force_login(person)
        response = post("{ who }")
        assert response.json() == {"data": {"who": "an@example.vn"}}
        assert response["Cache-Control"] == "private, no-store"

    def test_by_session_token(self, toy, post, client, person):
        client.force_login(person)
        token = client.session.session_key
        client.cookies.clear()
        assert post("{ who }", X_Session_Token=token).json() == {"data": {"who": "an@example.vn"}}

    def test_an_unknown_token_is_told_so(self, toy, post):
        assert code(post("{ who }", X_Session_Token="0" * 32)) == "UNAUTHENTICATED"

    def test_a_session_ended_elsewhere_is_nobody(self, toy, post, client, person):
        client.force_login(person)
        client.session.flush()
        assert post("{ who }").json() == {"data": {"who": None}}

    def test_somebody_barred_is_nobody(self, toy, post, client, person):
        client.force_login(person)
        person.is_active = False
        person.save()
        assert post("{ who }").json() == {"data": {"who": None}}

    def test_a_public_answer_costs_no_sql(self, toy, post, client, person, django_assert_num_queries):
        client.force_login(person)
        with django_assert_num_queries(0):
            post("{ hello }")
        with django_assert_num_queries(2):
            post("{ who }")


def test_introspection_is_for_developers(toy, post, settings):
    settings.GRAPHQL_INTROSPECTION = False
    for query in ("{ __schema { types { name } } }", '{ ...A } fragment A on Query { __type(name: "Thing") { name } }'):
        response = post(query)
        assert response.json()["errors"][0]["extensions"]["code"] == "INTROSPECTION_DISABLED"
    assert post("{ __typename }").json() == {"data": {"__typename": "Query"}}
    settings.GRAPHQL_INTROSPECTION = True
    assert post('{ __type(name: "Thing") { name } }').json() == {"data": {"__type": {"name": "Thing"}}}


def test_graphiql_is_for_developers_browsers(toy, client, settings):
    browser = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    settings.GRAPHQL_INTROSPECTION = True
    page = client.get("/graphql", headers=browser)
    assert (page.status_code, page["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert "graphiql/graphiql.js" in page.content.decode()
    assert "://" not in page.content.decode()
    assert client.get("/graphql").status_code == 405
    settings.GRAPHQL_INTROSPECTION = False
    assert client.get("/graphql", headers=browser).status_code == 405


def test_graphiql_s_own_introspection_passes_the_bounds(toy, post, settings):
    from graphql import get_introspection_query

    settings.GRAPHQL_INTROSPECTION = True
    assert "errors" not in post(get_introspection_query()).json()

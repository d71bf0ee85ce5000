"""The interface keeps its own schema, whatever is asked of it; and nothing is shown without a token."""

import json

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from kit.server import Server
from kit.workspaces import copied
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

CHECKS = (
    not_a_server_error,
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)


@pytest.fixture(scope="module")
def site(county, tmp_path_factory):
    """A server of this module's own: among what is asked by chance are deeds."""
    scratch = tmp_path_factory.mktemp("schema")
    server = Server(copied(county, scratch), scratch, ("--cold",))
    yield server
    server.stop()


@pytest.fixture(scope="module", params=["office_clerk", "administrator"])
def token(request, site, token_for, tmp_path_factory):
    """Between them these two may make every call; what both may was asked by the first."""
    at = tmp_path_factory.mktemp("token")
    times = 5 if request.param == "office_clerk" else 2
    return token_for(site.workspace, request.param, at), times


@pytest.fixture(scope="module")
def schema(site):
    # Written once before it is waited for: a server that has just begun is slow the first time.
    site.visitor().get("/api/v1/openapi.json")
    return schemathesis.openapi.from_url(f"{site.url.rstrip('/')}/api/v1/openapi.json")


def test_nothing_is_shown_without_a_token(site):
    told = json.loads(site.visitor().get("/api/v1/openapi.json").text)
    for path, methods in told["paths"].items():
        for method in methods:
            at = path.replace("{", "").replace("}", "")
            answer = site.visitor().ask(
                method.upper(), at, b"{}", {"Content-Type": "application/json"}
            )
            assert answer.status == 401, (method, path)
            assert json.loads(answer.text)["issues"][0]["code"] == "A-TOKEN"


@pytest.mark.ci
def test_every_operation_keeps_its_schema(schema, token):
    """Each is asked with whatever its schema allows, and with what it does not."""
    token, times = token
    operations = [one.ok() for one in schema.get_all_operations()]
    assert len(operations) >= 60

    for operation in operations:

        @settings(max_examples=times, deadline=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def kept(case):
            # What a server is asked for the first time it has to work out, on a busy machine.
            case.call_and_validate(
                checks=CHECKS, headers={"Authorization": f"Bearer {token}"}, timeout=60
            )

        kept()
